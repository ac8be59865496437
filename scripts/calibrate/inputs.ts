import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../build/functions.ts";
import { readingsFile } from "./readings.ts";

const MODEL = join(root, "libs/local/bedrock");
const WRITTEN = [
  "vocabulary/occupations.txt",
  "vocabulary/transversal.txt",
  "vocabulary/leisure.txt",
  "pairs.json",
  "sentences.json",
];

/** Sets that the offline model is not calibrated on: they measure it. */
const MEASURING = [
  "held-out.jsonl",
  "rare-jobs.jsonl",
  "unseen.jsonl",
  "unseen-2.jsonl",
  "unseen-3.jsonl",
  "unseen-4.jsonl",
  "unseen-5.jsonl",
  "hostile-1.jsonl",
  "hostile-2.jsonl",
  "hostile-3.jsonl",
  "hostile-4.jsonl",
];

/** The sets of labelled requests that the offline model may be calibrated on. */
export async function openSets(): Promise<string[]> {
  const folder = join(root, "workflows/training/eval");
  const files = (await readdir(folder)).filter((file) => file.endsWith(".jsonl") && !MEASURING.includes(file));
  return files.sort().map((file) => join(folder, file));
}

/** What is made of them. */
const MADE = [
  "vocabulary/space.bin",
  "vocabulary/vocabulary.bin",
  "fit.json",
  "attempts.json",
  "reading/name-chances.json",
  "reading/choose.json",
  "worth.json",
];

/** A digest of all that the offline model's vectors and weights are made of, and of these themselves, in hex. */
export async function calibrationDigest(): Promise<string> {
  const digest = createHash("sha256");
  for (const file of [...[...WRITTEN, ...MADE].map((name) => join(MODEL, name)), readingsFile, ...(await openSets())])
    digest.update(contentOf(file, await readFile(file))).update("\0");
  return digest.digest("hex");
}

/** JSON counts by what it says, not by how it is laid out. */
const contentOf = (file: string, bytes: Buffer): Buffer | string =>
  file.endsWith(".json") ? JSON.stringify(JSON.parse(bytes.toString())) : bytes;
