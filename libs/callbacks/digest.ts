import { createHash } from "node:crypto";
import type { Review } from "./review.ts";

/** JSON whose text depends on the value alone: keys sorted, nothing undefined. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}

/** SHA-256 in hex, of text or of a value's canonical JSON. */
export const digestOf = (value: unknown): string =>
  createHash("sha256")
    .update(typeof value === "string" ? value : canonical(value))
    .digest("hex");

/** Names what a reviewer is shown: it changes when the applicant has answered, or anything else that bears on the decision. */
export const versionOf = ({ request, questions, round }: Review): string =>
  digestOf({ request, questions: questions ?? [], round: round ?? 1 });
