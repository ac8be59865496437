import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../build/functions.ts";
import { calibrationDigest } from "./inputs.ts";

test("the offline model's vectors and weights are those that were made of what is written now: else run scripts/calibrate/offline-model.ts", async () => {
  const made = await readFile(join(root, "libs/local/bedrock/vocabulary/calibrated.sha256"), "utf8");
  expect(await calibrationDigest()).toBe(made.trim());
});
