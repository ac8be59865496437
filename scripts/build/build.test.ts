import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterEach, beforeEach, expect, test } from "vitest";
import { temporaryFolder } from "../../test/support/cloud.ts";
import { buildAll } from "./all.ts";

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

const good = { name: "good", entry: `import { z } from "zod";\nexport const handler = async () => z;` };
const broken = { name: "broken", entry: `export { handler } from "./workflows/none/workflow.ts";` };

test("a build that fails leaves nothing behind, and the build before it as it was", async () => {
  const dist = join(folder, "dist");
  await buildAll(dist, [good]);
  await expect(buildAll(dist, [good, broken])).rejects.toThrow("broken.entry.ts");
  // By the end of one more build, whatever the failed one was still writing would lie there.
  await buildAll(join(folder, "later"), [good]);
  expect((await readdir(folder)).sort()).toEqual(["dist", "later"]);
  expect((await readdir(dist)).sort()).toEqual(["good", "manifest.json"]);
});

test("the same source gives the same zip, whenever it is built", async () => {
  const [one] = await buildAll(join(folder, "one"), [good]);
  const [other] = await buildAll(join(folder, "other"), [good]);
  expect(one?.sha256).toBe(other?.sha256);
  const entries = unzipSync(await readFile(join(folder, "one", "good", "function.zip")));
  expect(Object.keys(entries)).toContain("index.mjs");
});
