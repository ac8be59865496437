import { z } from "zod";

/** The input of a workflow that a document starts. It names the document and never holds it. */
export const DocumentInput = z.strictObject({
  document: z.strictObject({
    /** The key under which it was uploaded. */
    key: z.string().min(1),
    /** The key of the copy that is judged: it never changes, whatever is uploaded later. Null where it was too large. */
    snapshot: z.string().nullable(),
    /** Of the content, in hex; of what names the content, where it was too large to read. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    /** Bytes. */
    size: z.int().nonnegative(),
  }),
  /** The execution of the upload before this one under the same key, if there was one. */
  follows: z.string().optional(),
});
export type DocumentInput = z.infer<typeof DocumentInput>;
