import { z } from "zod";
import { readEnvironment, sendMail } from "#platform";

const Addresses = z.record(z.string(), z.array(z.email()));

/**
 * Tells the holders of a role by mail that a review waits. The mail's link opens a page and decides nothing; neither
 * the case's data nor its callback id is in the mail. `told` is false where the role has no address.
 */
export async function tellReviewers(review: {
  id: string;
  title: string;
  role: string;
  deadlineAt: string;
  /** Whoever has the review, in place of the role's addresses. */
  to?: string;
  /** Which reminder it is, if it is one. */
  reminder?: number;
  /** Something else is asked than in the mail before, or until an earlier time. */
  isChange?: true;
}): Promise<{ told: boolean }> {
  const environment = readEnvironment({
    LONGHAUL_CONSOLE_URL: z.url(),
    LONGHAUL_MAIL_FROM: z.email(),
    /** JSON: role to addresses. */
    LONGHAUL_ROLE_ADDRESSES: z.string().default("{}"),
  });
  const addresses = Addresses.parse(JSON.parse(environment.LONGHAUL_ROLE_ADDRESSES));
  const to = review.to ? [review.to] : (addresses[review.role] ?? []);
  if (to.length === 0) return { told: false };
  const text = [
    `${review.isChange ? "What you were asked to decide has changed. " : ""}${review.title} waits for your decision until ${review.deadlineAt}.`,
    `Read and decide: ${environment.LONGHAUL_CONSOLE_URL}/reviews/${review.id}`,
    "The link opens the page; nothing is decided until you sign in and do so.",
  ].join("\n\n");
  const about = review.isChange
    ? "Changed, to decide"
    : review.reminder === undefined
      ? "To decide"
      : "Still to decide";
  const subject = `${about}: ${review.title}`;
  await sendMail({ from: environment.LONGHAUL_MAIL_FROM, to, subject, text });
  return { told: true };
}
