import { parseExecutionArn } from "#executions";
import type { Person } from "../person.ts";
import type { ReviewStore } from "../store.ts";
import { type CaseOutcome, outcomeKey, type Reopening } from "./outcome.ts";

export interface CasePorts {
  store: ReviewStore;
  /** Starts an execution of the workflow by name; the same name and input again is the same execution. */
  start: (target: { functionName: string; name: string; input: unknown }) => Promise<unknown>;
}

/** What links a contested case with the one in which it is decided again. */
export function createReopening({ store, start }: CasePorts) {
  const { table, chain } = store;

  /** Starts the execution that a contest asks for, and links the two chains. Repeated, it does no harm. */
  const reopen = async (outcome: CaseOutcome): Promise<void> => {
    const { execution, executionArn, contest, owed, round, input } = outcome;
    if (!contest || !owed) return;
    const entry = await chain.append(execution, {
      source: "contested",
      act: "contested",
      at: contest.at,
      details: { as: contest.as, reopenedAs: contest.execution, round: round + 1 },
      personal: { by: contest.by.name, ...identityOf(contest.by), words: contest.reason },
    });
    await chain.append(contest.execution, {
      source: "reopened",
      act: "reopened",
      at: contest.at,
      details: { of: execution, seq: entry.seq, hash: entry.hash, round: round + 1 },
      personal: { by: "Longhaul" },
    });
    const { functionName } = parseExecutionArn(executionArn) ?? { functionName: "" };
    const reopens: Reopening = { of: execution, round: round + 1 };
    await start({ functionName, name: contest.execution, input: { ...input, reopens } });
    await table.update(outcomeKey(execution), {
      update: "REMOVE owed, outbox, outboxAt",
      condition: "attribute_exists(#case)",
      names: { "#case": "case" },
    });
  };

  const supersede = async (before: string, by: CaseOutcome): Promise<void> => {
    await table.update(outcomeKey(before), {
      update: "SET supersededBy = :by",
      condition: "attribute_exists(#case)",
      names: { "#case": "case" },
      values: { ":by": by.execution },
    });
    await chain.append(before, {
      source: "superseded",
      act: "superseded",
      at: by.at,
      details: { by: by.execution, outcome: by.outcome },
      personal: { by: "Longhaul" },
    });
    for (const review of await store.ofExecution(before)) {
      if (review.supersededBy) continue;
      const entry = { act: "superseded" as const, at: by.at, by: "Longhaul", details: { by: by.execution } };
      await store.act(review.id, { entry, set: { supersededBy: by.execution } });
    }
  };

  return { reopen, supersede };
}

export const identityOf = ({ subject, email, via }: Person) => ({
  subject,
  ...(email && { email }),
  ...(via && { via }),
});
