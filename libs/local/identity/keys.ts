import { generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const Keys = z.strictObject({
  /** The private key, as a JWK, that signs what the provider issues. */
  signing: z.looseObject({ kty: z.literal("RSA"), kid: z.string(), n: z.string(), e: z.string(), d: z.string() }),
  cookies: z.string().min(32),
  clientSecret: z.string().min(32),
});
export type Keys = z.infer<typeof Keys>;

/** The provider's keys: made at the first start, kept in `<folder>/identity.json`, for its owner's eyes only. */
export async function loadKeys(folder: string): Promise<Keys> {
  const file = join(folder, "identity.json");
  try {
    return Keys.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    const secret = () => randomBytes(32).toString("base64url");
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
    const signing = { ...privateKey.export({ format: "jwk" }), kid: randomUUID(), alg: "RS256", use: "sig" };
    const keys = Keys.parse({ signing, cookies: secret(), clientSecret: secret() });
    await writeFile(file, JSON.stringify(keys), { mode: 0o600, flag: "wx" });
    return keys;
  }
}
