import { Duration } from "luxon";
import { getExecution, getHistory } from "#platform";
import { type Operation, type Timeline, timelineOf } from "../../libs/console/operations/timeline.ts";
import { type Found, findExecution, type Row, rowOf } from "./executions.ts";
import { since } from "./print.ts";
import { RefusedError, type Site } from "./site.ts";

export interface Shown extends Row {
  operations: Operation[];
  waiting: Operation[];
  invocations: number;
  /** With `data`: what it was given, and what came of it; they can hold personal data. */
  input?: unknown;
  result?: unknown;
  error?: unknown;
}

/** One execution as a timeline. */
export async function show(site: Site, wanted: string, { data }: { data: boolean }): Promise<Shown> {
  const { arn, contract } = await findExecution(site, wanted);
  const [details, history] = await Promise.all([getExecution(arn, data), getHistory(arn)]);
  if (!details) throw new RefusedError(`There is no execution ${wanted}.`);
  const { operations, waiting, invocations }: Timeline = timelineOf(history);
  return {
    ...rowOf(contract.name, details),
    operations,
    waiting,
    invocations,
    ...(data && {
      input: parsed(details.InputPayload),
      result: parsed(details.Result),
      error: details.Error,
    }),
  };
}

/** What one execution was given. @throws RefusedError where it is not there any more */
export async function inputOf({ arn, name }: Found): Promise<unknown> {
  const details = await getExecution(arn, true);
  if (!details) throw new RefusedError(`There is no execution ${name}.`);
  return parsed(details.InputPayload);
}

function parsed(text: string | undefined): unknown {
  return text === undefined ? null : (JSON.parse(text) as unknown);
}

const MARKS: Record<Operation["state"], string> = {
  running: "▸",
  waiting: "…",
  retrying: "↻",
  succeeded: "✓",
  failed: "✗",
  "timed out": "⌛",
  cancelled: "–",
};

export function timelineLines({ operations, ...shown }: Shown): string[] {
  const state = shown.endedAt ? `${shown.status}, ${since(shown.endedAt)}` : shown.status;
  const lines = operations.map((operation) => {
    const { depth, state: now, name, kind, started, ended, failures, due } = operation;
    const took = ended === undefined ? `since ${since(started)}` : lasted(ended - started);
    // The failure that ended it is no earlier one.
    const before = now === "failed" ? failures - 1 : failures;
    const retried = before > 0 ? `, failed ${before} time${before === 1 ? "" : "s"} before` : "";
    const until = due !== undefined && ended === undefined ? `, until ${since(due)}` : "";
    return `${"  ".repeat(depth)}${MARKS[now]} ${name}  ${kind}, ${took}${retried}${until}`;
  });
  const more = (["input", "result", "error"] as const).flatMap((part) =>
    shown[part] === undefined || shown[part] === null ? [] : [`${part}: ${JSON.stringify(shown[part], null, 2)}`],
  );
  return [
    `${shown.name}  version ${shown.version}`,
    `${state}; began ${since(shown.startedAt)}; ${shown.invocations} invocation${shown.invocations === 1 ? "" : "s"}`,
    "",
    ...lines,
    ...more,
  ];
}

function lasted(milliseconds: number): string {
  if (milliseconds < 1_000) return `${milliseconds} ms`;
  const whole = Duration.fromMillis(Math.floor(milliseconds / 1_000) * 1_000).rescale();
  const [first, second] = Object.entries(whole.toObject()).filter(([, value]) => value !== 0);
  return Duration.fromObject(Object.fromEntries([first, second].filter((one) => one !== undefined))).toHuman();
}
