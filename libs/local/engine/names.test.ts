import { afterEach, expect, test } from "vitest";
import { answer, byHand, cleanUp, ended, PENDING, quiet, testEngine } from "./testing.ts";

afterEach(cleanUp);

const DAY = 86_400_000;
const failing = byHand(async () => answer({ Status: "FAILED", Error: { ErrorType: "Broken" } }));
const sleeper = byHand(async ({ CheckpointToken, InitialExecutionState }, checkpoint) => {
  if (InitialExecutionState.Operations.length > 1) return answer({ Status: "SUCCEEDED", Result: '"awake"' });
  const Updates = [{ Id: "w", Type: "WAIT", Action: "START", WaitOptions: { WaitSeconds: 3_600 } }];
  await checkpoint({ CheckpointToken, Updates });
  return PENDING;
});

test("a name is the same execution while it runs and when it has ended, however it ended, until its retention is over", async () => {
  const engine = await testEngine({ sleeper, failing });
  const begin = (input: unknown) => engine.start("sleeper", { name: "order-7", input });
  const first = await begin({ order: 7 });
  await quiet(engine);
  expect(await begin({ order: 7 })).toBe(first);
  await expect(begin({ order: 8 })).rejects.toMatchObject({
    type: "DurableExecutionAlreadyStartedException",
    status: 409,
  });
  await engine.clock.advance(DAY);
  await ended(engine, first);
  expect(await begin({ order: 7 })).toBe(first);
  await expect(begin({ order: 8 })).rejects.toMatchObject({ status: 409 });

  const failed = await engine.start("failing", { name: "order-7" });
  await ended(engine, failed);
  expect(await engine.start("failing", { name: "order-7" })).toBe(failed);

  await engine.clock.advance(8 * DAY);
  const again = await begin({ order: 8 });
  expect(again).not.toBe(first);
  expect(await engine.describe(first)).not.toHaveProperty("Status");
});

test("of a hundred starts at once with one name there is one execution, also after a kill", async () => {
  const engine = await testEngine({ sleeper });
  const arns = await Promise.all(Array.from({ length: 100 }, () => engine.start("sleeper", { name: "once" })));
  expect(new Set(arns).size).toBe(1);
  const next = await testEngine({ sleeper }, { folder: await engine.kill() });
  await next.engine.resume();
  expect(await next.start("sleeper", { name: "once" })).toBe(arns[0]);
});

test("a synchronous start of a name that exists waits for its end, or is given it", async () => {
  const engine = await testEngine({ sleeper });
  const target = { name: "sleeper", version: "1", folder: "", handler: "", environment: {}, timeoutSeconds: 9 };
  const durable = { executionTimeoutSeconds: 86_400, retentionDays: 1 };
  const begin = () =>
    engine.engine.start({ ...target, memoryMb: 128, durable }, { name: "n", input: "{}", asynchronous: false });
  const [one, other] = [await begin(), await begin()];
  await quiet(engine);
  await engine.clock.advance(DAY / 2);
  const end = { status: "SUCCEEDED", result: '"awake"' };
  expect(await Promise.all([one.end, other.end, (await begin()).end])).toEqual([end, end, end]);
});

test("a name has 1 to 64 letters, digits, - and _", async () => {
  const engine = await testEngine({ sleeper });
  for (const name of ["a", "n".repeat(64), "a-b_C9"]) await engine.start("sleeper", { name });
  for (const name of ["n".repeat(65), "a b", "a.b", "../x"])
    await expect(engine.start("sleeper", { name })).rejects.toMatchObject({ type: "InvalidParameterValueException" });
});

test("an input is at most 1 MB for an asynchronous start and 6 MB for a synchronous one, to the byte", async () => {
  const engine = await testEngine({ failing });
  const text = (bytes: number) => "x".repeat(bytes - 2);
  for (const [synchronous, limit] of [
    [false, 1024 * 1024],
    [true, 6 * 1024 * 1024],
  ] as const) {
    await engine.start("failing", { input: text(limit), synchronous });
    await expect(engine.start("failing", { input: text(limit + 1), synchronous })).rejects.toMatchObject({
      type: "RequestTooLargeException",
      status: 413,
    });
  }
  await quiet(engine);
});
