import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { attempt } from "./attempt.ts";
import type { Ask } from "./officer.ts";
import { askAboutUndo } from "./person.ts";
import type { Policies } from "./policies.ts";
import { type Entry, entriesOf, isEntry, type Started, suffix } from "./registry.ts";

/**
 * Takes back what was started, in the exact reverse order of the start; the branches of a group at once, or
 * in turn where it says so. An undo that fails
 * stops nothing: what is left goes to a person when all others have been tried, and the saga waits for the answers.
 */
export async function undoAll(
  ctx: DurableContext,
  started: readonly Started[],
  options: { policies: Policies; ask: Ask },
): Promise<void> {
  await undoSequence(ctx, started, options.policies);
  const left = entriesOf(started).filter(({ report }) => report.undo === "failed");
  await atOnce(ctx, left, (child, entry) => settleByPerson(child, entry, options));
}

async function undoSequence(ctx: DurableContext, started: readonly Started[], policies: Policies): Promise<void> {
  for (const one of started.toReversed()) {
    if (isEntry(one)) await undo(ctx, one, { policies, round: 1 });
    else if (one.inTurn) for (const branch of one.branches.toReversed()) await undoSequence(ctx, branch, policies);
    else await atOnce(ctx, one.branches, (child, branch) => undoSequence(child, branch, policies));
  }
}

async function undo(ctx: DurableContext, entry: Entry, { policies, round }: { policies: Policies; round: number }) {
  const { spec, report, result } = entry;
  if (report.forward !== "done" && report.forward !== "unknown") return;
  if (spec.noUndo !== undefined) report.undo = "not-needed";
  if (spec.irreversible !== undefined) report.undo = "irreversible";
  const take = spec.undo;
  if (!take) return;
  const tried = await attempt(ctx, `undo ${report.name}${suffix(round)}`, {
    work: (call) => take(undoKey(entry), result, { ...call, actionKey: report.key }),
    retries: policies.undo,
    deadlineMs: spec.deadlineMs ?? policies.deadlineMs,
  });
  if (tried.outcome === "done") {
    report.undo = tried.value;
    report.undoAttempts += tried.attempts;
    report.undoAt = tried.at;
  } else if (tried.outcome !== "cancelled") {
    report.undo = "failed";
    if (tried.outcome === "failed") entry.refusals = (entry.refusals ?? 0) + 1;
    report.undoAttempts += tried.error.attempts;
    report.undoErrors.push(tried.error);
  }
}

/** An execution has 3,000 operations; a person who has tried so often needs another way than this. */
const MOST_ROUNDS = 20;

/** Asks again and again, each time in a review of its own, until it is undone, done by hand, written off, or nobody answers. */
async function settleByPerson(ctx: DurableContext, entry: Entry, options: { policies: Policies; ask: Ask }) {
  for (let round = 1; entry.report.undo === "failed" && round <= MOST_ROUNDS; round++) {
    const answer = await askAboutUndo(ctx, entry, { ask: options.ask, round });
    if (answer === "none") return;
    if (answer === "by-hand") entry.report.undo = "by-hand";
    if (answer === "write-off") entry.report.undo = "written-off";
    if (answer === "try-again") await undo(ctx, entry, { policies: options.policies, round: round + 1 });
  }
}

/**
 * The same key as long as an earlier undo may have happened. One that was refused is over, and its key would be answered with
 * the same refusal for ever: another round is a new request.
 */
const undoKey = ({ report, refusals = 0 }: Entry) => `${report.key}.undo${refusals > 0 ? `-${refusals + 1}` : ""}`;

/** Virtual contexts cost no operation and are run again at each replay, so that what they note in the reports is noted again. */
async function atOnce<T>(
  ctx: DurableContext,
  all: readonly T[],
  work: (child: DurableContext, one: T) => Promise<void>,
) {
  const running = all.map((one) =>
    ctx.runInChildContext(undefined, (child) => work(child, one), { virtualContext: true }),
  );
  await Promise.all(running);
}
