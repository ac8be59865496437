import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyRepository } from "../../../test/new/all-choices.ts";
import { checkWorkflows } from "./check.ts";

let repository: Awaited<ReturnType<typeof emptyRepository>>;
beforeAll(async () => {
  repository = await emptyRepository();
});
afterAll(() => repository.remove());

const contractWith = (operations: number) => `
import { z } from "zod";
import { defineContract } from "#workflow";
export const contract = defineContract({
  name: "case", title: "Case", input: z.unknown(), result: z.unknown(),
  triggers: [{ kind: "bucket", prefix: "case/requests/", maxBytes: 1 }],
  executionTimeoutSeconds: 1_000, retentionDays: 1, function: { memoryMb: 128, timeoutSeconds: 10 },
  reviews: { known: { role: "reviewer", deadlineSeconds: 60, onExpiry: "No." } },
  permissions: { read: [], write: [], mail: false }, budget: { operations: ${operations}, bytes: 1_000 },
});`;

const HEAD = `
import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { readFile } from "node:fs/promises";
import { createHash, randomUUID } from "node:crypto";
import { requestDecision } from "#callbacks";
import { type Saga, saga } from "#compensation";
import { createBucket } from "#platform";
import { defineWorkflow, step } from "#workflow";
import { createActivities } from "./activities.ts";
import { contract } from "./contract.ts";
import { helper } from "./helper.ts";
`;

let count = 0;
/** What is said of a workflow with this body; `more` is what its file holds besides, \`helper\` another file of the folder. */
async function said(body: string, { more = "", helper = "", operations = 100 } = {}): Promise<string[]> {
  // A folder each: modules are loaded once.
  count += 1;
  const root = join(repository.folder, `case-${count}`);
  const folder = join(root, "workflows/case");
  await mkdir(folder, { recursive: true });
  const files = {
    "contract.ts": contractWith(operations),
    "helper.ts": helper,
    "activities.ts": "export const createActivities = () => ({});",
    "workflow.ts": `${HEAD}${more}
export const handler = defineWorkflow(contract, createActivities, async (ctx, input, activities) => {
${body}
});`,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  await writeFile(
    join(root, "package.json"),
    JSON.stringify({ type: "module", imports: { "#workflow": "../libs/workflow/index.ts" } }),
  );
  return (await checkWorkflows(root)).map(({ rule, message }) => `${rule}: ${message}`);
}

const FAILS: [string, string, RegExp, { more?: string; helper?: string; operations?: number }?][] = [
  [
    "a step inside a step",
    'await step(ctx, "a", async () => step(ctx, "b", async () => 1));',
    /^nested: .*inside a step.*Do it after/,
  ],
  [
    "a wait inside a step",
    'await step(ctx, "a", async () => { await ctx.wait("b", { seconds: 1 }); });',
    /^nested: ctx\.wait/,
  ],
  [
    "a review inside a step of the context's own",
    'await ctx.step("a", async () => requestDecision(ctx, "known", {}));',
    /^nested: requestDecision/,
  ],
  [
    "a step inside a step by a helper's helper",
    'await step(ctx, "a", () => one(ctx));',
    /^nested: .*by way of one, two/,
    {
      more: 'const one = (c: DurableContext) => two(c);\nconst two = (c: DurableContext) => step(c, "b", async () => 1);',
    },
  ],
  [
    "a step inside a saga's action",
    'await saga(ctx, "x", async (s) => { await s.step("a", { run: async () => ctx.wait("b", { days: 1 }), noUndo: "It only waits." }); }, {});',
    /^nested/,
  ],
  ["the date", "return Date.now();", /^chance: Date\.now in a workflow's body is another instant.*inside a step/],
  ["a new date", "return new Date();", /^chance: new Date\(\)/],
  ["a random number", "return Math.random();", /^chance: Math\.random/],
  ["a random id", "return randomUUID();", /^chance: randomUUID\(\) of node:crypto/],
  ["the environment", "return process.env.HOME;", /^chance: process\.env .*activities\.ts/],
  ["a request", 'await fetch("https://example.com");', /^chance: fetch\(\) .*made again/],
  ["a timer", "await new Promise((done) => setTimeout(done, 10));", /^chance: setTimeout.*ctx\.wait/],
  ["a file", 'await readFile("x");', /^chance: readFile\(\) of node:fs/],
  ["an AWS client", 'await createBucket("x").get("y");', /^chance: createBucket\(\) of #platform/],
  ["an activity outside a step", "await activities.pay();", /^chance: activities\.pay\(\)/],
  ["the date in an operation's options", 'await ctx.wait("a", { seconds: Date.now() });', /^chance: Date\.now/],
  [
    "the date by a helper two calls away, in another file",
    "return near();",
    /^chance: Date\.now .*by way of near, helper, far/,
    {
      more: "const near = () => helper();",
      helper: "export function helper() { return far(); }\nfunction far() { return Date.now(); }",
    },
  ],
  [
    "the date by a helper that is handed on",
    "return [1].map(helper);",
    /^chance/,
    { helper: "export const helper = () => Math.random();" },
  ],
  ["an operation that is put aside", 'void step(ctx, "a", async () => 1);', /^awaited: step is not awaited/],
  ["a name made of the input", `await step(ctx, \`pay \${input.id}\`, async () => 1);`, /^name: .*made of data: `.*`/],
  [
    "a name made of a result",
    'const one = await step(ctx, "a", async () => "b"); await step(ctx, one, async () => 1);',
    /^name: .*made of data/,
  ],
  ["no name", "await ctx.wait({ seconds: 1 });", /^name: ctx\.wait has no name/],
  [
    "a name in a loop",
    'for (const one of [1, 2]) await step(ctx, "a", async () => one);',
    /^name: .*stands in a loop.*counter/,
  ],
  [
    "a name that is used twice",
    'await step(ctx, "a", async () => 1);\nawait step(ctx, "a", async () => 2);',
    /^name: The name "a" is used twice: line \d+/,
  ],
  [
    "a name that a helper uses each time it is called",
    "await one(ctx); await one(ctx);",
    /^name: The name "b" is used twice/,
    { more: 'const one = (c: DurableContext) => step(c, "b", async () => 1);' },
  ],
  [
    "a review that the contract does not know",
    'await requestDecision(ctx, "unknown", { review: {} });',
    /^deadline: The review "unknown" has no deadline.*"known".*deadlineSeconds/,
  ],
  [
    "a saga's step that says nothing of its undo",
    'await saga(ctx, "x", async (s) => { await s.step("a", { run: async () => 1 }); }, {});',
    /^undo: s\.step a says neither/,
  ],
  [
    "a budget that is too small",
    'await step(ctx, "a", async () => 1); await requestDecision(ctx, "known", {});',
    /^budget: .*budget of 4 operations.*needs 5/,
    { operations: 4 },
  ],
];

test.each(FAILS)("%s is a mistake, told with what to do", async (_, body, message, more) => {
  const told = await said(body, more);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(message);
});

const PASSES: [string, string, { more?: string; helper?: string; operations?: number }?][] = [
  [
    "everything inside a step",
    'await step(ctx, "a", async () => { await fetch("x"); return { at: Date.now(), id: randomUUID(), home: process.env.HOME, paid: await activities.pay() }; });',
  ],
  [
    "a step's body by a helper",
    'await step(ctx, "a", helper);',
    { helper: "export const helper = async () => Date.now();" },
  ],
  [
    "dates and digests that are made of what is given",
    'return [new Date(0), createHash("sha256").update("x").digest("hex")];',
  ],
  [
    "a saga whose steps do what they do",
    'await saga(ctx, "x", async (s) => { await s.step("a", { run: async () => fetch("x"), undo: async () => "undone" }); await s.step("b", activities.b(input)); }, {});',
  ],
  [
    "names with a loop's counter, and a helper's parameter",
    `for (let i = 0; i < 3; i++) await step(ctx, \`look \${i}\`, async () => 1);
    for (const whom of ["a", "b"]) await tell(ctx, whom);`,
    { more: `const tell = (c: DurableContext, whom: string) => step(c, \`tell \${whom}\`, async () => 1);` },
  ],
  [
    "a name on two ways that no run takes both of",
    'if (input) { return step(ctx, "end", async () => 1); }\nawait (input ? step(ctx, "other", async () => 1) : step(ctx, "other", async () => 2));\nreturn step(ctx, "end", async () => 2);',
  ],
  [
    "a review with the contract's deadline, or its own",
    'await requestDecision(ctx, "known", { review: {} });\nawait requestDecision(ctx, "own", { review: {}, deadlineSeconds: 60 });',
  ],
  [
    "a budget that is just enough",
    'await step(ctx, "a", async () => 1); if (input) await step(ctx, "b", async () => 1);',
    { operations: 2 },
  ],
  [
    "what says why it is harmless",
    "// replay-safe: the timeout of a wait that was made is not looked at again.\nconst seconds = Date.now();\nreturn seconds;",
  ],
  ["an own function with the name of a global one", "return fetch(1);", { more: "const fetch = (x: number) => x;" }],
];

test.each(PASSES)("%s is no mistake", async (_, body, more) => {
  expect(await said(body, more)).toEqual([]);
});

test("the repository's own workflows have none", async () => {
  expect(await checkWorkflows(join(import.meta.dirname, "../../.."))).toEqual([]);
});
