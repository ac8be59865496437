import type { Review } from "#callbacks";

/** What tells one review from another in a list: the first short facts, without addresses and what is not stated. */
export function subjectOf({ request }: Review): string {
  const short = request.facts
    .map(({ value }) => value)
    .filter((value) => value.length <= 60 && value !== "not stated" && !value.includes("@"));
  return short.slice(0, 4).join(" · ");
}
