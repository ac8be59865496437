import { afterEach, expect, test } from "vitest";
import type { InvocationEnd } from "../core/ports.ts";
import { answer, byHand, cleanUp, ended, quiet, testEngine } from "./testing.ts";

afterEach(cleanUp);

/** Fails the first invocations in this way; answers when each was made, in ms since the first. */
async function failing(kinds: readonly InvocationEnd["kind"][], advance: number) {
  const at: number[] = [];
  const workflow = byHand(async () => {
    at.push(engine.clock.now());
    const kind = kinds[at.length - 1] ?? "answer";
    if (kind === "answer") return answer({ Status: "SUCCEEDED", Result: "1" });
    return { kind, error: { ErrorType: `Test.${kind}`, ErrorMessage: "On purpose." } };
  });
  const engine = await testEngine({ workflow });
  const arn = await engine.start("workflow");
  await quiet(engine);
  await engine.clock.advance(advance);
  await quiet(engine);
  const delays = at.slice(1).map((time, index) => Math.floor((time - (at[index] ?? 0)) / 1_000));
  return { engine, arn, delays };
}

test("a crash is repeated at once, a few times in a row, then later and later", async () => {
  const { engine, arn, delays } = await failing(Array(6).fill("exit"), 60_000);
  expect(delays).toEqual([0, 0, 0, 8, 16, 32]);
  expect(await ended(engine, arn)).toMatchObject({ Status: "SUCCEEDED" });
  expect((await engine.types(arn)).filter((type) => type === "InvocationCompleted").length).toBe(7);
});

test("a timeout or an error is tried again after 1 s, doubled each time up to a minute", async () => {
  const { engine, arn, delays } = await failing(["timeout", "error", ...Array(7).fill("error")], 400_000);
  expect(delays).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  const completed = (await engine.history(arn)).find(({ EventType }) => EventType === "InvocationCompleted");
  expect(completed).toMatchObject({
    InvocationCompletedDetails: { Error: { Payload: { ErrorType: "Test.timeout", ErrorMessage: "On purpose." } } },
  });
});

test("a success in between starts the count anew, and an answer that is none counts as an error", async () => {
  let made = 0;
  const workflow = byHand(async ({ CheckpointToken }, checkpoint) => {
    made += 1;
    if (made === 1 || made === 3) return answer("no such answer");
    if (made === 4) return answer({ Status: "SUCCEEDED" });
    const Updates = [{ Id: "w", Type: "WAIT", Action: "START", WaitOptions: { WaitSeconds: 60 } }];
    await checkpoint({ CheckpointToken, Updates });
    return answer({ Status: "PENDING" });
  });
  const engine = await testEngine({ workflow });
  const arn = await engine.start("workflow");
  await quiet(engine);
  await engine.clock.advance(1_000);
  await engine.clock.advance(60_000);
  await engine.clock.advance(1_000);
  expect(await ended(engine, arn)).toMatchObject({ Status: "SUCCEEDED" });
  expect(made).toBe(4);
});

test("it goes on until the execution's own timeout, and then no more", async () => {
  let made = 0;
  const workflow = byHand(async () => {
    made += 1;
    return { kind: "error", error: { ErrorType: "Always" } };
  });
  const durable = { executionTimeoutSeconds: 600, retentionDays: 1 };
  const engine = await testEngine({ workflow }, { version: { durable } });
  const arn = await engine.start("workflow");
  await quiet(engine);
  await engine.clock.advance(600_000);
  expect(await ended(engine, arn)).toMatchObject({ Status: "TIMED_OUT" });
  const before = made;
  expect(before).toBeGreaterThan(10);
  await engine.clock.advance(3_600_000);
  expect(made).toBe(before);
  expect((await engine.types(arn)).slice(-2)).toEqual(["InvocationCompleted", "ExecutionTimedOut"]);
});

test("PENDING with nothing pending fails the execution, in the service's words", async () => {
  const engine = await testEngine({ workflow: byHand(async () => answer({ Status: "PENDING" })) });
  const arn = await engine.start("workflow");
  expect(await ended(engine, arn)).toMatchObject({
    Status: "FAILED",
    Error: {
      ErrorType: "InvalidParameterValueException",
      ErrorMessage: "Cannot return PENDING status with no pending operations.",
    },
  });
});
