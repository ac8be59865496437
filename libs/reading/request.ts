import { z } from "zod";

/** What the reader is asked: the text of a PDF in the documents bucket, or the language of sentences. */
export const ReaderRequest = z.discriminatedUnion("read", [
  z.strictObject({ read: z.literal("pdf"), key: z.string().min(1) }),
  z.strictObject({ read: z.literal("languages"), sentences: z.array(z.string()).max(100_000) }),
]);
export type ReaderRequest = z.infer<typeof ReaderRequest>;

export const PdfAnswer = z.discriminatedUnion("readable", [
  z.strictObject({ readable: z.literal(true), text: z.string() }),
  /** Why it has no text that could be read: `received` says what it is, and nothing of what is in it. */
  z.strictObject({ readable: z.literal(false), received: z.string() }),
]);
export type PdfAnswer = z.infer<typeof PdfAnswer>;

export const LanguagesAnswer = z.strictObject({ languages: z.array(z.string().nullable()) });
