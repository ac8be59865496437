import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { defineContract } from "#workflow";
import {
  createFunction,
  eventually,
  startLambda,
  type TestLambda,
  temporaryFolder,
  zipOf,
} from "../../test/support/cloud.ts";
import { rerun } from "./act.ts";
import { findExecution } from "./executions.ts";
import { planFromStep } from "./from-step.ts";
import { openSite, type Site } from "./site.ts";

const CONTRACT = {
  name: "four",
  title: "Four steps",
  triggers: [{ kind: "queue" as const, eventType: "longhaul.four.requested", businessKey: "id" }],
  executionTimeoutSeconds: 3_600,
  retentionDays: 1,
  function: { memoryMb: 512, timeoutSeconds: 60 },
  reviews: {},
  permissions: { read: ["four/inputs/"], write: [], mail: false },
  budget: { operations: 100, bytes: 1_000_000 },
};

/** A workflow whose every step leaves a line in a file when its work is really done. */
const sourceOf = (body: string) => `import { appendFileSync, existsSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { concludeSaga, NothingHappenedError, saga } from "#compensation";
import { defineContract, defineWorkflow, step } from "#workflow";
const contract = defineContract({ ...${JSON.stringify(CONTRACT)},
  input: z.strictObject({ id: z.string() }), result: z.strictObject({ all: z.array(z.string()) }) });
export const handler = defineWorkflow(contract, () => undefined, async (ctx, { id }) => {
  const folder = process.env.RERUN_FOLDER + "/" + id;
  const did = (name) => appendFileSync(folder + "/did", name + "\\n");
  const once = (what) => { if (!existsSync(folder + "/" + what)) { writeFileSync(folder + "/" + what, ""); return true; } return false; };
  const work = (name, extra = () => {}) => step(ctx, name, async () => { did(name); extra(); return name + " " + Math.random(); }, { attempts: 1 });
  const fail = () => { throw new Error("The code is wrong."); };
  ${body}
});`;

const FAILS = `return { all: [await work("one"), (await ctx.wait("pause", { seconds: 1 }), await work("two")), await work("three", fail), await work("four")] };`;
const MENDED = FAILS.replace(", fail", `, () => { if (once("killed")) process.kill(process.pid, "SIGKILL"); }`);
const RENAMED = FAILS.replace('"two"', '"second"').replace(", fail", "");
const SHORTER = `return { all: [await work("one")] };`;
const WITH_SAGA = `const one = await work("one");
  const outcome = await saga(ctx, "s", async (s) => {
    await s.step("hold", { run: async () => { did("hold"); return null; }, undo: async () => { did("release"); return null; } });
    await s.step("break", { run: async () => { throw new NothingHappenedError("NO", "No."); }, undo: async () => null });
  }, { officer: { ask: async () => ({ choice: "write-off" }) } });
  concludeSaga(outcome); return { all: [one] };`;
const SAGA_AT_TWO = `const one = await work("one"); await ctx.wait("pause", { seconds: 1 });
  await saga(ctx, "s", (s) => s.step("two", { run: async () => { did("moved twice"); return "x"; }, undo: async () => null }), { officer: { ask: async () => ({ choice: "write-off" }) } });
  return { all: [one] };`;

/** What asks somebody outside, by a callback whose id the next step hands out. */
const ASKS = `const one = await work("one");
  const [answer, callbackId] = await ctx.createCallback("approval", { timeout: { hours: 1 } });
  await step(ctx, "ask", async () => { did("ask"); writeFileSync(folder + "/callback", callbackId); ASKING }, { attempts: 1 });
  const given = await answer;
  return { all: [one, given, await work("three"FAIL)] };`;
const FAILS_AFTER_ANSWER = ASKS.replace("ASKING", "").replace("FAIL", ", fail");
const MENDED_AFTER_ANSWER = FAILS_AFTER_ANSWER.replace(", fail", "");
const FAILS_WHILE_ASKING = ASKS.replace(
  "ASKING",
  `while (!existsSync(folder + "/answered")) await new Promise((go) => setTimeout(go, 20)); fail();`,
).replace("FAIL", "");

let cloud: TestLambda;
let site: Site;
let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  cloud = await startLambda(folder);
  const environment = { RERUN_FOLDER: folder };
  const source = sourceOf(FAILS);
  await createFunction(cloud.lambda, "longhaul-four", {
    source,
    durable: true,
    timeout: 60,
    external: [],
    environment,
  });
  const input = z.strictObject({ id: z.string() });
  const contract = defineContract({ ...CONTRACT, input, result: z.strictObject({ all: z.array(z.string()) }) });
  site = { ...(await openSite({ endpoint: cloud.endpoint })), contracts: [contract] };
});
afterAll(async () => {
  site.close();
  await cloud.close();
  await remove();
});

async function deploy(body: string) {
  const FunctionName = "longhaul-four";
  await cloud.lambda.updateFunctionCode({ FunctionName, ZipFile: await zipOf(sourceOf(body), []) });
  const { Version } = await cloud.lambda.publishVersion({ FunctionName });
  await cloud.lambda.updateAlias({ FunctionName, Name: "live", FunctionVersion: Version });
}

/** How an execution came to its end. */
async function ended(name: string) {
  return eventually(async () => {
    const { arn } = await findExecution(site, name).catch(() => ({ arn: undefined }));
    if (!arn) return undefined;
    const details = await cloud.lambda.getDurableExecution({ DurableExecutionArn: arn, IncludeExecutionData: true });
    return details.Status !== "RUNNING" && details;
  });
}

const did = async (id: string) => (await readFile(join(folder, id, "did"), "utf8")).trim().split("\n");

async function failed(id: string, meanwhile = async () => undefined as unknown) {
  await mkdir(join(folder, id));
  await cloud.lambda.invoke({
    FunctionName: "longhaul-four",
    Qualifier: "live",
    InvocationType: "Event",
    DurableExecutionName: `four-${id}`,
    Payload: JSON.stringify({ id }),
  });
  await meanwhile();
  expect((await ended(`four-${id}`)).Status).toBe("FAILED");
  return `four-${id}`;
}

const noted: unknown[] = [];
const note = async (...told: unknown[]) => void noted.push(told);
const fromFailedStep = { fromFailedStep: true, note };

test("once the code is mended, only the failed step and what comes after it run, also where the process is killed between", async () => {
  const name = await failed("mended");
  const before = (await planFromStep(await findExecution(site, name))).event as {
    rerun: { taken: { result?: string }[] };
  };
  await deploy(MENDED);
  const done = await rerun(site, name, async () => true, fromFailedStep);
  expect(done).toEqual({ execution: `${name}-a1`, of: name, taken: ["one", "pause", "two"], again: ["three"] });
  const { Status, Result = "" } = await ended(`${name}-a1`);
  expect(Status).toBe("SUCCEEDED");
  const [one, , two] = before.rerun.taken.map(({ result }) => result);
  expect(JSON.parse(Result).all.slice(0, 2)).toEqual([one, two]);
  // "three" is there once for the failure, once for the kill and once for its end.
  expect(await did("mended")).toEqual(["one", "two", "three", "three", "three", "four"]);
});

test("a rerun that fails itself goes on from its own failed step, or from the beginning with the first input", async () => {
  await deploy(FAILS);
  const name = await failed("again");
  await rerun(site, name, async () => true, fromFailedStep);
  expect((await ended(`${name}-a1`)).Status).toBe("FAILED");
  await rerun(site, `${name}-a1`, async () => true, fromFailedStep);
  expect((await ended(`${name}-a2`)).Status).toBe("FAILED");
  expect(await did("again")).toEqual(["one", "two", "three", "three", "three"]);
  await rerun(site, `${name}-a2`, async () => true, { note });
  expect(JSON.parse((await ended(`${name}-a3`)).InputPayload ?? "")).toEqual({ id: "again" });
});

test("code that no longer fits ends the rerun before a step of its own has run, and says which operation differs", async () => {
  await deploy(FAILS);
  const name = await failed("other");
  for (const [body, says] of [
    [RENAMED, 'expected step "two" as its operation 3, as it was recorded, got step "second"'],
    [SHORTER, 'expected wait "pause" as its operation 2, as it was recorded, got the end'],
    [SAGA_AT_TWO, 'got step "two", an action that can be undone'],
  ] as const) {
    await deploy(body);
    const done = await rerun(site, name, async () => true, fromFailedStep);
    const { Status, Error: error } = await ended(done?.execution ?? "");
    expect(Status).toBe("FAILED");
    expect(error?.ErrorMessage).toContain(says);
  }
  expect(await did("other")).toEqual(["one", "two", "three"]);
});

/** Answers the callback whose id lies in the execution's folder. */
async function answer(id: string) {
  const CallbackId = await eventually(() => readFile(join(folder, id, "callback"), "utf8").catch(() => undefined));
  await cloud.lambda.sendDurableExecutionCallbackSuccess({ CallbackId, Result: Buffer.from(`"yes, ${id}"`) });
  await writeFile(join(folder, id, "answered"), "");
}

test("an answer that had come is taken over, and nobody is asked again", async () => {
  await deploy(FAILS_AFTER_ANSWER);
  const name = await failed("answered", () => answer("answered"));
  await deploy(MENDED_AFTER_ANSWER);
  const done = await rerun(site, name, async () => true, fromFailedStep);
  expect(done).toMatchObject({ taken: ["one", "approval", "ask"], again: ["three"] });
  expect(noted).toContainEqual([name, { as: `${name}-a1`, taken: ["one", "approval", "ask"] }]);
  const { Status, Result = "" } = await ended(`${name}-a1`);
  expect(Status).toBe("SUCCEEDED");
  expect(JSON.parse(Result).all[1]).toBe('"yes, answered"');
  expect(await did("answered")).toEqual(["one", "ask", "three", "three"]);
});

test("an answer to a question that was not known to be asked is none: it is asked anew", async () => {
  await deploy(FAILS_WHILE_ASKING);
  const name = await failed("unasked", () => answer("unasked"));
  const { taken, again } = await planFromStep(await findExecution(site, name));
  expect([taken, again]).toEqual([["one"], ["approval", "ask"]]);
});

test("what a saga has taken back is never taken over, and nothing is started", async () => {
  await deploy(WITH_SAGA);
  const name = await failed("saga");
  await expect(rerun(site, name, async () => true, fromFailedStep)).rejects.toThrow(/took back what it did/);
  await expect(findExecution(site, `${name}-a1`)).rejects.toThrow(/There is no execution/);
});
