import type { Review } from "#callbacks";

/** What tells one review from another in a list: its subject, or the first short facts, without addresses. */
export function subjectOf({ request }: Review): string {
  if (request.subject) return request.subject;
  const short = request.facts
    .map(({ value }) => value)
    .filter((value) => value.length <= 60 && value !== "not stated" && !value.includes("@"));
  return short.slice(0, 4).join(" · ") || request.title;
}
