import { digestOf } from "./digest.ts";
import type { AuditEntry, Review } from "./review.ts";

/** What a mail tells, for its audit entry: what is asked and of whom, as a digest, and until when. */
export const toldOf = ({ request, escalatedTo, deadlineAt }: Review): NonNullable<AuditEntry["details"]> => ({
  of: digestOf({ request, to: escalatedTo ?? request.role }),
  until: deadlineAt,
});

/**
 * Whether those who decide have to be told (again), and whether they know the review in another form. A stage that was
 * interrupted asks again, often for the very same: that is no news to whoever has the mail. Another question is, another
 * role, and an earlier deadline; a later one is none.
 */
export function newsFor(review: Review): "new" | "changed" | undefined {
  const { of, until } = toldOf(review);
  const mails = review.audit.filter(({ act }) => act === "told");
  const same = mails.filter(({ details }) => details?.of === of);
  if (same.some(({ details }) => String(details?.until) <= String(until))) return undefined;
  const lastMail = review.audit.findLastIndex(({ act }) => act === "told");
  const lastMove = review.audit.findLastIndex(({ act }) => MOVES.includes(act));
  return lastMail > lastMove ? "changed" : "new";
}

const MOVES: readonly AuditEntry["act"][] = ["opened", "escalated"];
