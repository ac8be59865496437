import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * A callback's token: `<execution>.<name>.<secret>`. The first two find the entry, the secret, 256 random bits, opens it;
 * only its SHA-256 is kept.
 */
export interface Token {
  execution: string;
  name: string;
  secret: string;
}

export function mintToken(execution: string, name: string): { token: string; hash: string } {
  const secret = randomBytes(32).toString("base64url");
  return { token: `${execution}.${name}.${secret}`, hash: hashOf(secret) };
}

export function parseToken(token: string): Token | undefined {
  const [, execution, name, secret] =
    /^([A-Za-z0-9_-]{1,64})\.([a-z][a-z0-9-]{0,40})\.([A-Za-z0-9_-]{43})$/.exec(token) ?? [];
  return execution && name && secret ? { execution, name, secret } : undefined;
}

/** Compares with every hash, each in constant time: how long it takes tells nothing of how near a guess was. */
export function matches(secret: string, hashes: readonly string[]): boolean {
  const given = Buffer.from(hashOf(secret), "hex");
  return hashes.map((hash) => timingSafeEqual(given, Buffer.from(hash, "hex"))).includes(true);
}

const hashOf = (secret: string) => createHash("sha256").update(secret).digest("hex");
