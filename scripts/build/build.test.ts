import { spawn } from "node:child_process";
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

test("builds at once into one folder leave one whole build", async () => {
  const dist = join(folder, "dist");
  const program = `import { buildAll } from "${import.meta.dirname}/all.ts"; await buildAll(${JSON.stringify(dist)}, ${JSON.stringify([good])});`;
  const codes = await Promise.all(Array.from({ length: 4 }, () => run(program)));
  expect(codes).toEqual([0, 0, 0, 0]);
  expect(await readdir(folder)).toEqual(["dist"]);
  expect((await readdir(join(dist, "good"))).sort()).toEqual(["function.zip", "index.mjs"]);
});

/** Runs a program in a process of its own; answers its exit code. */
const run = (program: string) =>
  new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", program], { stdio: "inherit" });
    child.once("error", reject).once("close", resolve);
  });
