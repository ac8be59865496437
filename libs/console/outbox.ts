import { z } from "zod";

const Mail = z.object({
  id: z.string(),
  at: z.number(),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
});
export type Mail = z.infer<typeof Mail>;

/** The mails that the local cloud keeps in place of sending them: the newest first. */
export type Outbox = () => Promise<Mail[]>;

export const createOutbox =
  (url: string): Outbox =>
  async () => {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    return z.array(Mail).parse(await answer.json());
  };
