import { createHash } from "node:crypto";
import { z } from "zod";
import { createBucket, readEnvironment } from "#platform";

/** Stands for an input that is too large to travel: where it lies in the documents bucket, and the hash of its bytes. */
export const InputReference = z.strictObject({
  inputReference: z.strictObject({
    key: z.string(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
});
export type InputReference = z.infer<typeof InputReference>;

/**
 * The input that an event gives, itself or by reference. It is read again at each replay and always the same: another
 * content under the key is refused. Undefined where the object is not what the reference says.
 */
export async function resolveInput(event: unknown): Promise<unknown> {
  const reference = InputReference.safeParse(event);
  if (!reference.success) return event;
  const { key, sha256 } = reference.data.inputReference;
  const { LONGHAUL_BUCKET } = readEnvironment({ LONGHAUL_BUCKET: z.string().min(3) });
  const { body } = await createBucket(LONGHAUL_BUCKET).get(key);
  return createHash("sha256").update(body).digest("hex") === sha256
    ? JSON.parse(new TextDecoder().decode(body))
    : undefined;
}
