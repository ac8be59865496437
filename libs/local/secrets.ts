import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const Secrets = z.strictObject({ session: z.string().min(32) });
export type Secrets = z.infer<typeof Secrets>;

/** The local cloud's own secrets: made at the first start, kept in `<folder>/secrets.json`, for its owner's eyes only. */
export async function loadSecrets(folder: string): Promise<Secrets> {
  const file = join(folder, "secrets.json");
  try {
    return Secrets.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    const secrets = { session: randomBytes(32).toString("base64url") };
    await writeFile(file, JSON.stringify(secrets), { mode: 0o600, flag: "wx" });
    return secrets;
  }
}
