import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join, normalize } from "node:path";
import { unzipSync } from "fflate";
import { WireError } from "../core/wire-error.ts";
import { errors } from "./errors.ts";

/** Lambda's limit of a function's code, unpacked. */
const MOST_UNZIPPED_BYTES = 250 * 1024 * 1024;

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
    const files = Object.entries(unzip(zip)).filter(([name]) => !name.endsWith("/"));
    const outside = files.find(([name]) => isAbsolute(name) || normalize(name).startsWith(".."));
    if (outside) throw errors.invalid(`The zip holds a path outside itself: ${outside[0]}`);
    // Two functions may be given the same zip at once: each unpacks aside for itself, and the first to be ready stays.
    const aside = `${target}.${randomUUID()}.tmp`;
    for (const [name, contents] of files) {
      const path = join(aside, normalize(name));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, contents);
    }
    await rename(aside, target).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
      await rm(aside, { recursive: true, force: true });
    });
  }
  return { sha256, codeSize: zip.length };
}

function unzip(zip: Buffer) {
  let size = 0;
  const filter = ({ originalSize }: { originalSize: number }) => {
    size += originalSize;
    if (size > MOST_UNZIPPED_BYTES)
      throw errors.invalid(`Unzipped size must be smaller than ${MOST_UNZIPPED_BYTES} bytes`);
    return true;
  };
  try {
    return unzipSync(zip, { filter });
  } catch (error) {
    if (error instanceof WireError) throw error;
    throw errors.invalid("Could not unzip uploaded file. Please check your file, then try to upload again.");
  }
}
