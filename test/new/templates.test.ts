import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../../scripts/build/functions.ts";
import { checkWorkflows } from "../../scripts/lint/replay/check.ts";
import { format, writeFiles } from "../../scripts/new/write.ts";
import { changeByGuides, makeByGuides } from "../guides/write.ts";
import { allChoices, emptyRepository } from "./all-choices.ts";

// All 24 that can be made, and what the guides make of theirs, checked at once by the tools of `npm run check`. What takes longer (their tests, a build, Terraform) is
// test/new/prove.ts, one of the proofs of .ci/run.
let repository: Awaited<ReturnType<typeof emptyRepository>>;
beforeAll(async () => {
  repository = await emptyRepository();
  const { folder, workflows } = repository;
  await Promise.all(allChoices.map((choices) => writeFiles(join(workflows, choices.name), choices)));
  const guides = await makeByGuides(folder);
  expect(guides).toHaveLength(9);
  await format(folder, ["workflows"]);
  await changeByGuides(folder, guides);
});
afterAll(() => repository.remove());

/** What a tool says of the generated workflows; empty where it is content. */
async function complaints(program: string, ...args: string[]): Promise<string> {
  const tool = join(root, "node_modules/.bin", program);
  return promisify(execFile)(tool, args, { cwd: repository.folder }).then(
    () => "",
    (error: { stdout: string; stderr: string }) => error.stdout + error.stderr || String(error),
  );
}

test("every workflow that can be made passes the type checker, the linters and the boundaries between folders", async () => {
  expect(allChoices).toHaveLength(24);
  const config = JSON.parse(await readFile(join(root, "tsconfig.json"), "utf8"));
  await writeFile(
    join(repository.folder, "tsconfig.json"),
    JSON.stringify({ ...config, include: ["workflows", "libs/**/*.d.ts"] }),
  );
  expect(await complaints("tsc", "--noEmit")).toBe("");
  expect(await complaints("biome", "check", "--error-on-warnings", "workflows")).toBe("");
  expect(await complaints("oxlint", "-c", ".oxlintrc.json", "--deny-warnings", "workflows")).toBe("");
});

test("every workflow that can be made has a body that a replay forgives", async () => {
  expect(await checkWorkflows(repository.folder)).toEqual([]);
});

test("a mistake in one of them would be seen", async () => {
  const file = join(repository.workflows, "by-both-review-saga-score/workflow.ts");
  const text = await readFile(file, "utf8");
  const forgotten = `  step(ctx, "forgotten", async () => null);\n  const execution`;
  await writeFile(file, text.replace("  const execution", forgotten));
  expect(await complaints("oxlint", "-c", ".oxlintrc.json", "--deny-warnings", file)).toContain("no-floating-promises");
});
