import { z } from "zod";
import { sendMail } from "#platform";
import type { Review } from "./review.ts";

/**
 * Tells whoever asked for a decision, by mail, that there is a question for them. The question itself is behind the
 * sign-in. `told` is false where the requester is no address, or this function sends no mail.
 */
export async function tellApplicant(review: Review, environment = process.env): Promise<{ told: boolean }> {
  const to = z.email().safeParse(review.request.requester);
  const from = z.email().safeParse(environment.LONGHAUL_MAIL_FROM);
  const base = z.url().safeParse(environment.LONGHAUL_CONSOLE_URL);
  if (!to.success || !from.success || !base.success) return { told: false };
  const text = [
    `There is a question about your request (${review.request.title}). It can be decided until ${review.deadlineAt}.`,
    `Read and answer it: ${base.data}/reviews/${review.id}`,
    "The link opens the page; sign in to see the question.",
  ].join("\n\n");
  await sendMail({ from: from.data, to: [to.data], subject: `A question about: ${review.request.title}`, text });
  return { told: true };
}
