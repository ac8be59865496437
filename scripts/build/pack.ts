import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { zipSync } from "fflate";

export interface PackedFunction {
  name: string;
  /** The zip. Whoever deploys needs no file, which another build may be replacing. */
  archive: Uint8Array;
  /** Of the zip, in base64: what Lambda calls CodeSha256. */
  sha256: string;
  /** Bytes of the code, of what of it is read at the start, and of the zip. */
  bytes: number;
  startBytes: number;
  zipBytes: number;
}

/** Zips keep local time without a zone: the same numbers, wherever it is built. */
const FIXED_TIME = new Date(2020, 0, 1);

/** Writes `function.zip` beside the files: sorted entries and fixed times, so that the same code has the same hash. */
export async function pack(
  name: string,
  folder: string,
  files: { path: string; contents: Uint8Array; isReadAtStart: boolean }[],
): Promise<PackedFunction> {
  const sorted = files.toSorted((one, other) => (one.path < other.path ? -1 : 1));
  const entries = Object.fromEntries(sorted.map(({ path, contents }) => [path, contents]));
  const archive = zipSync(entries, { level: 9, mtime: FIXED_TIME });
  await writeFile(join(folder, "function.zip"), archive);
  const size = (of: typeof files) => of.reduce((sum, { contents }) => sum + contents.byteLength, 0);
  return {
    name,
    archive,
    sha256: createHash("sha256").update(archive).digest("base64"),
    bytes: size(files),
    startBytes: size(files.filter(({ isReadAtStart }) => isReadAtStart)),
    zipBytes: archive.byteLength,
  };
}
