import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./functions.ts";
import type { PackedFunction } from "./pack.ts";

const MOST_BYTES = 400 * 1024;
/** The reader is large so that no other function is. */
const LARGE = ["reader"];

test("no zip is over 400 KB: what is large belongs into the reader, or into no function", async () => {
  const manifest = JSON.parse(await readFile(join(root, "dist/manifest.json"), "utf8")) as PackedFunction[];
  expect(manifest.map(({ name }) => name)).toEqual(expect.arrayContaining(["training", "dispatcher", "reader"]));
  const over = manifest.filter(({ name, zipBytes }) => !LARGE.includes(name) && zipBytes > MOST_BYTES);
  expect(over.map(({ name, zipBytes }) => `${name}: ${Math.round(zipBytes / 1024)} KB`)).toEqual([]);
});
