import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { unzipSync } from "fflate";
import { errors } from "./errors.ts";

export interface Code {
  /** Base64, as Lambda's CodeSha256. */
  sha256: string;
  codeSize: number;
}

/** Where a zip of this digest lies unpacked. */
export const codeFolder = (folder: string, sha256: string) =>
  join(folder, "code", Buffer.from(sha256, "base64").toString("hex"));

/** Unpacks a zip once, aside and then moved into place, so that a kill leaves no half of it. */
export async function storeCode(folder: string, zip: Buffer): Promise<Code> {
  const sha256 = createHash("sha256").update(zip).digest("base64");
  const target = codeFolder(folder, sha256);
  if (!existsSync(target)) {
    const aside = `${target}.${process.pid}.tmp`;
    await rm(aside, { recursive: true, force: true });
    for (const [name, contents] of Object.entries(unzip(zip))) {
      const path = normalize(name);
      if (path.startsWith("..") || path.startsWith("/"))
        throw errors.invalid(`The zip holds a path outside itself: ${name}`);
      if (name.endsWith("/")) continue;
      await mkdir(dirname(join(aside, path)), { recursive: true });
      await writeFile(join(aside, path), contents);
    }
    await rename(aside, target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    });
  }
  return { sha256, codeSize: zip.length };
}

function unzip(zip: Buffer) {
  try {
    return unzipSync(zip);
  } catch {
    throw errors.invalid("Could not unzip uploaded file. Please check your file, then try to upload again.");
  }
}
