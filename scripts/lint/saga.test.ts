import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "longhaul-lint-"));
  const { jsPlugins } = JSON.parse(await readFile(join(root, ".oxlintrc.json"), "utf8"));
  const config = {
    jsPlugins: jsPlugins.map((file: string) => join(root, file)),
    rules: { "longhaul/saga-actions": "error" },
  };
  await writeFile(join(folder, "oxlint.json"), JSON.stringify(config));
});
afterAll(() => rm(folder, { recursive: true }));

/** How many errors the rule finds in a saga with this body. */
async function errorsIn(body: string): Promise<number> {
  const file = join(folder, "case.ts");
  await writeFile(
    file,
    `export const run = (ctx: any, activities: any) => saga(ctx, "pay", async (s: any) => {\n${body}\n}, {});\n`,
  );
  const args = ["-c", join(folder, "oxlint.json"), "-A", "all", "-D", "longhaul/saga-actions", "--format=json", file];
  const { stdout } = await promisify(execFile)("oxlint", args, { cwd: root }).catch(
    (error: { stdout: string }) => error,
  );
  return JSON.parse(stdout).diagnostics.length;
}

test.each([
  ["a durable step beside the saga", 'await step(ctx, "pay", async () => 1);'],
  ["the context's own operations", 'await ctx.step("pay", async () => 1);'],
  ["an activity that is awaited by itself", "await activities.pay();"],
  ["a request", 'await fetch("https://example.com");'],
  ["a question that a cancel would not end", 'await requestDecision(ctx, "ask", {});'],
  ["an error that is caught and forgotten", 'try { await s.step("one", spec); } catch { return; }'],
  ["an error that is caught by its promise", 'await s.step("one", spec).catch(() => undefined);'],
])("inside a saga, %s is an error", async (_, body) => {
  expect(await errorsIn(body)).toBe(1);
});

test("what goes by the saga is fine, and so is what a step itself does", async () => {
  const body = `
    const one = await s.step("one", activities.one());
    await s.step("two", { run: async () => { await fetch("https://example.com"); return 1; }, undo: async () => await activities.undo() });
    await s.wait("a day", { days: 1 });
    try { await s.step("three", spec); } catch (error) { log(one); throw error; }`;
  expect(await errorsIn(body)).toBe(0);
});
