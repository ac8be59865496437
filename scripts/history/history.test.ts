import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadContracts, root, workflowNames } from "../build/functions.ts";
import { loadHandler, loadHistories } from "./load.ts";
import { usageOf } from "./record.ts";
import { verify } from "./verify.ts";

let folder: string;
beforeAll(async () => {
  // Beside the packages, which the mutants import as the workflow does.
  const cache = join(root, "node_modules", ".cache");
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(join(cache, "history-"));
});
afterAll(() => rm(folder, { recursive: true }));

const contractOf = async (workflow: string) => {
  const found = (await loadContracts()).find(({ name }) => name === workflow);
  if (!found) throw new Error(`There is no workflow ${workflow}.`);
  return found;
};

/** A workflow whose source was changed, as its author would. */
async function mutate(workflow: string, changes: readonly (readonly [string, string])[]) {
  const resolveDir = join(root, "workflows", workflow);
  let contents = await readFile(join(resolveDir, "workflow.ts"), "utf8");
  for (const [from, to] of changes) {
    if (!contents.includes(from)) throw new Error(`The workflow no longer says ${from}`);
    contents = contents.replace(from, to);
  }
  const outfile = join(folder, `${crypto.randomUUID()}.mjs`);
  const stdin = { contents, resolveDir, loader: "ts" as const };
  await build({
    stdin,
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    packages: "external",
  });
  return loadHandler(outfile, await contractOf(workflow));
}

/** What today's code, changed, makes of a recorded path. */
async function judge(workflow: string, path: string, changes: readonly (readonly [string, string])[]) {
  const handler = await mutate(workflow, changes);
  const history = (await loadHistories(workflow)).find((one) => one.path === path);
  if (!history) throw new Error(`Nothing is recorded for ${workflow}/${path}.`);
  return verify(handler, history, await contractOf(workflow));
}

const record = `  const recorded = await step(ctx, "record decision"`;
const MUTANTS: [string, string, [string, string][], string, RegExp][] = [
  ["a renamed step", "approved", [[`"score request"`, `"rate request"`]], "score request", /rate request/],
  [
    "a renamed review",
    "approved-by-a-person",
    [[`"review-request", {`, `"review", {`]],
    "review-request",
    /not asked for any more/,
  ],
  [
    "two steps in another order",
    "takes-the-place-of-another",
    [
      [`  if (follows) await step(ctx, "withdraw the earlier request", () => activities.withdraw(follows));`, ""],
      [
        record,
        `  if (follows) await step(ctx, "withdraw the earlier request", () => activities.withdraw(follows));\n${record}`,
      ],
    ],
    "withdraw the earlier request",
    /load request/,
  ],
  [
    "a step that is gone from the middle",
    "takes-the-place-of-another",
    [[`if (follows) await step(ctx, "withdraw the earlier request", () => activities.withdraw(follows));`, ""]],
    "withdraw the earlier request",
    /load request/,
  ],
  [
    "the last step that is gone",
    "approved",
    [[`await step(ctx, "tell applicant", () => activities.tellApplicant(judgement, recorded, execution));`, ""]],
    "tell applicant",
    /not asked for any more/,
  ],
  [
    "an added step",
    "approved",
    [[record, `  await step(ctx, "think", async () => null);\n${record}`]],
    "record decision",
    /think/,
  ],
  [
    "a step that is added at the end",
    "rejected",
    [["return { decision: ended", `await step(ctx, "archive", async () => null);\n  return { decision: ended`]],
    "archive",
    /was not recorded/,
  ],
  [
    "a step that is added behind a sleep",
    "approved-by-a-person",
    [[record, `  await step(ctx, "think", async () => null);\n${record}`]],
    "record decision",
    /think/,
  ],
  [
    "a step that became a wait",
    "approved",
    [[record, `  await ctx.wait("pause", { seconds: 1 });\n${record}`]],
    "record decision",
    /WAIT/,
  ],
  [
    "a date in a name",
    "approved",
    [[`"score request"`, `\`score request \${new Date().getFullYear()}\``]],
    "score request",
    /2001/,
  ],
  [
    "a step that depends on the hour",
    "rejected",
    [[record, `  if (new Date().getUTCHours() > 12) await step(ctx, "greet", async () => null);\n${record}`]],
    "record decision",
    /greet/,
  ],
  [
    "a step that depends on chance",
    "rejected",
    [[record, `  if (Math.random() > 0.5) await step(ctx, "draw", async () => null);\n${record}`]],
    "record decision",
    /draw/,
  ],
  ["a date in the result", "expired", [["result };", "result: new Date().toISOString() };"]], "the result", /differs/],
];

test.each(MUTANTS)("%s is caught, by the name of the operation", async (_, path, changes, operation, problem) => {
  const difference = await judge("training", path, changes);
  expect(difference).toMatchObject({ path, operation });
  expect(difference?.problem).toMatch(problem);
});

test("a saga whose steps changed places is caught, inside of it too", async () => {
  const post = `      await s.step("post", activities.post(payment));\n`;
  const moved = `      await s.step("capture", activities.capture(payment, hold));\n`;
  const difference = await judge("payments", "charge-lost-and-found", [
    [post, ""],
    [moved, `${post}${moved}`],
  ]);
  expect(difference).toMatchObject({ operation: "capture" });
});

test("a change that asks for the same operations is none", async () => {
  expect(await judge("training", "expired", [[`deadlineMs: 90_000`, `deadlineMs: 80_000`]])).toBeUndefined();
});

test("a path that outgrows its budget is told", async () => {
  const handler = await mutate("training", []);
  const [history] = await loadHistories("training");
  if (!history) throw new Error("Nothing is recorded.");
  const budget = { operations: history.operations - 1, bytes: 1_000_000 };
  expect(await verify(handler, history, { budget })).toMatchObject({ operation: "the budget" });
});

test("an empty set of histories fails the command, and names the workflow", async () => {
  const command = ["scripts/history.ts", "verify", "training", "--from", folder, "--json"];
  const { status, stdout } = spawnSync(process.execPath, command, { cwd: root, encoding: "utf8" });
  expect(status).toBe(1);
  const problem = { workflow: "training", path: "", problem: "Nothing is recorded." };
  expect(JSON.parse(stdout)).toMatchObject({ histories: 0, differences: [problem] });
});

test("every path of every workflow stays within its contract's budget, in operations and in bytes", async () => {
  for (const contract of await loadContracts()) {
    const histories = await loadHistories(contract.name);
    expect(histories.length, contract.name).toBeGreaterThan(0);
    for (const history of histories) {
      const { operations, bytes } = usageOf(history);
      expect(history, history.path).toMatchObject({ operations, bytes });
      expect(operations, history.path).toBeLessThanOrEqual(contract.budget.operations);
      expect(bytes, history.path).toBeLessThanOrEqual(contract.budget.bytes);
    }
  }
});

test("no body of a step runs in a replay", async () => {
  for (const name of await workflowNames()) {
    const [history] = await loadHistories(name);
    // It reaches nothing: a body that ran would fail.
    const contract = await contractOf(name);
    const handler = await loadHandler(join(root, "workflows", name, "workflow.ts"), contract);
    if (history) expect(await verify(handler, history, contract)).toBeUndefined();
  }
});
