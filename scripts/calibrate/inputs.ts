import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../build/functions.ts";

const MODEL = join(root, "libs/local/bedrock");
const WRITTEN = [
  "vocabulary/occupations.txt",
  "vocabulary/transversal.txt",
  "vocabulary/leisure.txt",
  "pairs.json",
  "sentences.json",
  "motives.json",
];

/** Sets that the offline model is not calibrated on: they measure it. */
const MEASURING = ["held-out.jsonl", "rare-jobs.jsonl", "unseen.jsonl"];

/** The sets of labelled requests that the offline model may be calibrated on. */
export async function openSets(): Promise<string[]> {
  const folder = join(root, "workflows/training/eval");
  const files = (await readdir(folder)).filter((file) => file.endsWith(".jsonl") && !MEASURING.includes(file));
  return files.sort().map((file) => join(folder, file));
}

/** A digest of all that the offline model's vectors and weights are made of, in hex. */
export async function inputsDigest(): Promise<string> {
  const digest = createHash("sha256");
  for (const file of [...WRITTEN.map((name) => join(MODEL, name)), ...(await openSets())])
    digest.update(await readFile(file, "utf8")).update("\0");
  return digest.digest("hex");
}
