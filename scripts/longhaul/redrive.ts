import { userInfo } from "node:os";
import { names } from "#deployment";
import { createTable } from "#platform";
import { createDeadLetters, type DeadLetter } from "../../libs/console/operations/dead-letters.ts";
import { since, table } from "./print.ts";
import type { Site } from "./site.ts";

export interface Redrive {
  /** Of one message; else all that were refused. */
  message?: string;
  dryRun: boolean;
}

export interface Redriven {
  letters: DeadLetter[];
  /** Ids of those that are back on the workflow's queue. */
  retried: string[];
  /** How many more lie there than one look shows. */
  others: number;
}

/**
 * Puts refused messages back on a workflow's queue, one after the other, each on record. The inputs of executions that failed
 * lie beside them and are no messages: `rerun` repeats such an execution.
 */
export async function redrive(site: Site, workflow: string, { message, dryRun }: Redrive): Promise<Redriven> {
  const contract = site.contractOf(workflow);
  const deadLetters = createDeadLetters({ executions: createTable(names.executions), now: Date.now });
  const { letters, others } = await deadLetters.list(contract, false);
  const chosen = letters.filter(({ id, kind }) => kind === "refused" && (message === undefined || id === message));
  const user = userInfo().username;
  const retried: string[] = [];
  if (!dryRun)
    for (const { id } of chosen) {
      await deadLetters.retry(contract, id, { subject: `cli:${user}`, name: user });
      retried.push(id);
    }
  return { letters: message === undefined ? letters : chosen, retried, others };
}

export function linesOfLetters({ letters, retried, others }: Redriven): string[] {
  if (letters.length === 0) return ["No dead letter."];
  const cells = letters.map(({ id, kind, code = "", sentAt, reason = "" }) => [
    retried.includes(id) ? "back on the queue" : kind,
    since(sentAt),
    id,
    code,
    reason,
  ]);
  const more = others > 0 ? [`About ${others} more are not shown; run it again for them.`] : [];
  return [table(["", "since", "message", "code", "reason"], cells), ...more];
}
