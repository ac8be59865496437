import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createFunction, startLambda, type TestLambda, temporaryFolder } from "../../../test/support/cloud.ts";

const SOURCE = `
import { existsSync, readdirSync, readlinkSync } from "node:fs";
const grow = {
  small: () => { const all = []; for (;;) all.push({ n: all.length }); },
  huge: () => { const all = []; for (;;) all.push(new Array(3e7).fill(1)); },
  doubling: () => { let all = [1]; for (;;) all = all.concat(all); },
  map: () => { const all = new Map(); for (let n = 0; ; n += 1) all.set(n, { n }); },
};
let calls = 0;
export const handler = async ({ act, shape }) => {
  calls += 1;
  if (act === "exit") process.exit(7);
  if (act === "uncaught") { setImmediate(() => { throw new TypeError("nobody catches this"); }); await new Promise(() => {}); }
  if (act === "rejected") { void Promise.reject(new Error("nobody awaits this")); await new Promise(() => {}); }
  if (act === "memory") grow[shape]();
  if (act === "loop") for (;;);
  if (act === "block") { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000); }
  if (act === "kill") process.kill(process.pid, "SIGSEGV");
  if (act === "throw") throw new RangeError("an ordinary error");
  if (act === "large") return "x".repeat(6 * 1024 * 1024 + 200);
  if (act === "look") return { environment: process.env, argv: process.argv, descriptors: (existsSync("/proc/self/fd") ? readdirSync("/proc/self/fd") : []).map((fd) => { try { return readlinkSync("/proc/self/fd/" + fd); } catch { return ""; } }) };
  return calls;
};
`;

let cloud: TestLambda;
let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  temporary = await temporaryFolder();
  cloud = await startLambda(temporary.folder);
  const environment = { GIVEN: "yes" };
  for (const [name, timeout] of [
    ["victim", 60],
    ["impatient", 2],
    ["neighbour", 60],
  ] as const)
    await createFunction(cloud.lambda, name, { source: SOURCE, timeout, environment });
});
afterAll(async () => {
  await cloud.close();
  await temporary.remove();
});

async function invoke(name: string, event: object) {
  const { Payload, FunctionError } = await cloud.lambda.invoke({
    FunctionName: `${name}:live`,
    Payload: JSON.stringify(event),
  });
  return { FunctionError, answer: JSON.parse(Buffer.from(Payload ?? []).toString()) };
}

test.each([
  ["process.exit", { act: "exit" }, "Runtime.ExitError", /exit status 7/],
  ["an error that nobody catches", { act: "uncaught" }, "Runtime.ExitError", /nobody catches this/],
  ["a promise that nobody awaits", { act: "rejected" }, "Runtime.ExitError", /nobody awaits this/],
  ["a crash of the process", { act: "kill" }, "Runtime.ExitError", /signal: SIGSEGV/],
  ["running out of memory by small objects", { act: "memory", shape: "small" }, "Runtime.ExitError", /signal: SIGABRT/],
  ["running out of memory by huge arrays", { act: "memory", shape: "huge" }, "Runtime.ExitError", /signal: SIGABRT/],
  ["running out of memory by doubling", { act: "memory", shape: "doubling" }, "Runtime.ExitError", /signal: SIG/],
  ["running out of memory by a map", { act: "memory", shape: "map" }, "Runtime.ExitError", /signal: SIGABRT/],
  ["an endless loop", { act: "loop" }, "Sandbox.Timedout", /Task timed out after 2.00 seconds/],
  ["a blocked event loop", { act: "block" }, "Sandbox.Timedout", /Task timed out after 2.00 seconds/],
  ["an answer over 6 MB", { act: "large" }, "Function.ResponseSizeTooLarge", /exceeded maximum allowed payload size/],
  ["an ordinary error", { act: "throw" }, "RangeError", /an ordinary error/],
])(
  "%s ends that invocation alone: others go on, and the next one is served",
  async (_, event, errorType, errorMessage) => {
    const name = errorType === "Sandbox.Timedout" ? "impatient" : "victim";
    const [{ FunctionError, answer }, other] = await Promise.all([invoke(name, event), invoke("neighbour", {})]);
    expect(FunctionError).toBe("Unhandled");
    expect(answer).toMatchObject({ errorType, errorMessage: expect.stringMatching(errorMessage) });
    expect(other.answer).toEqual(expect.any(Number));
    expect((await invoke(name, {})).answer).toEqual(expect.any(Number));
  },
  60_000,
);

test("a handler has its own environment and no handle to the store", async () => {
  const { answer } = await invoke("victim", { act: "look" });
  const { environment, descriptors } = answer as { environment: Record<string, string>; descriptors: string[] };
  expect(environment).toMatchObject({ GIVEN: "yes", AWS_LAMBDA_FUNCTION_NAME: "victim", AWS_REGION: "eu-west-1" });
  const own = Object.keys(process.env).filter((name) => name in environment && !/^(LANG|TZ|AWS_\w+)$/.test(name));
  expect(own).toEqual([]);
  expect(JSON.stringify(answer)).not.toContain(process.env.HOME);
  const open = descriptors.filter((path) => path.startsWith(temporary.folder) || path.endsWith(".db"));
  expect(open).toEqual([]);
  expect(environment.LAMBDA_TASK_ROOT).toContain(join(temporary.folder, "code"));
});

test("a warm worker is used again, and a new one is made for the next after a crash", async () => {
  const first = Number((await invoke("neighbour", {})).answer);
  expect((await invoke("neighbour", {})).answer).toBe(first + 1);
  await invoke("neighbour", { act: "exit" });
  expect((await invoke("neighbour", {})).answer).toBe(1);
});
