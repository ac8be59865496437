import type { BusEvent } from "#platform";
import type { Review } from "./review.ts";

/** The acts that others are told of. */
const TYPES: Readonly<Record<string, string>> = {
  opened: "Review Opened",
  escalated: "Review Escalated",
  decided: "Review Decided",
  expired: "Review Expired",
  withdrawn: "Review Withdrawn",
};

/** Tells others; what it could not tell is left to the sweeper, and may be told twice. */
export type Announce = (events: readonly BusEvent[]) => Promise<void>;

/**
 * What is told of a review's acts from the audit list's entry `from` on: source `longhaul`, the act as type. The detail names
 * workflow, execution and review, and no person and no word of anybody; its `id` is the same however often it is told.
 */
export function eventsOf(review: Review, from: number): BusEvent[] {
  const { id, workflow, execution, name, request, escalatedTo, deadlineAt, decision } = review;
  return review.audit.slice(from).flatMap(({ act, at }, index) => {
    const type = TYPES[act];
    if (!type) return [];
    const role = escalatedTo ?? request.role;
    const outcome = act === "decided" ? decision?.outcome : undefined;
    const about = { workflow, execution, review: name, role, deadlineAt, ...(outcome && { outcome }) };
    return [{ source: "longhaul", type, detail: { version: "1", id: `${id}#${from + index}`, at, ...about } }];
  });
}
