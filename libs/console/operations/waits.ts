import type { Contract } from "#workflow";
import type { Operation, Timeline } from "./timeline.ts";

/** Something that an execution waits for, in words. Times are epoch milliseconds. */
export interface Wait {
  operation: Operation;
  /** For whom or what, as `the carrier`. */
  who: string;
  /** What happens if nothing comes until then, as `reminds`. */
  next?: { does: string; at: number };
}

type Words = Pick<Contract, "waits" | "reviews">;

/** `until remind 1 of confirm-plan`: a timer beside a review, by `requestDecision`. */
const TIMER = /^until (remind|escalate|deadline) \d+ of (.+)$/;

/**
 * What an execution waits for: people and systems by the words of its contract, each with what happens next. A review's timers
 * stand with the review. A wait for signals is told where there is no other: it stands beside every stage.
 */
export function waitsOf({ operations, waiting }: Timeline, contract: Words | undefined): Wait[] {
  const steps = new Set(operations.filter(({ kind }) => kind === "step").map(({ name }) => name));
  const isBell = ({ kind, name }: Operation) => kind === "callback" && steps.has(`listen ${name}`);
  const timers = new Map<string, Operation & { does: string }>();
  for (const one of waiting) {
    const [, does = "", review = ""] = (one.kind === "wait" && TIMER.exec(one.name)) || [];
    if (review) timers.set(review, { ...one, does });
  }
  const isTimer = (one: Operation) => one.kind === "wait" && TIMER.test(one.name);
  const told = waiting.filter((one) => !isBell(one) && !isTimer(one));
  if (told.length === 0) return waiting.filter(isBell).map((operation) => ({ operation, who: "a signal" }));
  return told.map((operation) => waitOf(operation, timers.get(operation.name), contract));
}

function waitOf(
  operation: Operation,
  timer: (Operation & { does: string }) | undefined,
  contract: Words | undefined,
): Wait {
  const { name, kind, due } = operation;
  const rules = kind === "callback" ? contract?.reviews[name] : undefined;
  const who = contract?.waits?.[name] ?? (rules ? `the role ${rules.role}` : called(operation));
  if (timer?.due !== undefined) {
    const asks = rules?.escalation ? `asks the role ${rules.escalation.role}` : "asks somebody else";
    const does = timer.does === "remind" ? "reminds" : timer.does === "escalate" ? asks : "looks at the deadline again";
    return { operation, who, next: { does, at: timer.due } };
  }
  if (due === undefined) return { operation, who };
  const does = kind === "callback" ? "gives up" : kind === "wait" ? "wakes" : "tries again";
  return { operation, who, next: { does, at: due } };
}

function called({ kind, name, state, failures }: Operation): string {
  if (kind === "callback") return `an answer to ${name}`;
  if (kind === "wait") return `the timer ${name}`;
  if (kind === "invoke") return `the function that ${name} called`;
  return state === "retrying" ? `the next attempt of ${name}, which failed ${failures} times` : `the step ${name}`;
}
