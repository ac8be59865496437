import { afterEach, expect, test } from "vitest";
import { answer, byHand, cleanUp, ended, eventually, PENDING, quiet, testEngine } from "./testing.ts";

afterEach(cleanUp);

const success = (id: string) => `durable-execution-callbacks/${encodeURIComponent(id)}/succeed`;

test("a callback answered within the invocation that began it is in the history after that invocation, and wakes again", async () => {
  let isAnswered = false;
  const workflow = byHand(async ({ CheckpointToken }, checkpoint) => {
    if (isAnswered) return answer({ Status: "SUCCEEDED" });
    const Updates = [{ Id: "c", Type: "CALLBACK", Action: "START" }];
    const { NewExecutionState } = await checkpoint({ CheckpointToken, Updates });
    const [{ CallbackDetails } = {}] = NewExecutionState.Operations;
    const { CallbackId } = CallbackDetails as { CallbackId: string };
    expect((await engine.call("POST", success(CallbackId), "yes")).status).toBe(200);
    isAnswered = true;
    return PENDING;
  });
  const engine = await testEngine({ workflow });
  const arn = await engine.start("workflow");
  await ended(engine, arn);
  expect(await engine.types(arn)).toEqual([
    "ExecutionStarted",
    "CallbackStarted",
    "InvocationCompleted",
    "CallbackSucceeded",
    "InvocationCompleted",
    "ExecutionSucceeded",
  ]);
});

test("each event has its details, and only those that were set", async () => {
  const workflow = byHand(async ({ CheckpointToken }, checkpoint) => {
    await checkpoint({
      CheckpointToken,
      Updates: [
        { Id: "plain", Type: "CALLBACK", Action: "START", Name: "patient" },
        {
          Id: "timed",
          Type: "CALLBACK",
          Action: "START",
          CallbackOptions: { TimeoutSeconds: 9, HeartbeatTimeoutSeconds: 3 },
        },
        { Id: "c", Type: "CONTEXT", Action: "START", SubType: "Map" },
        {
          Id: "p",
          ParentId: "c",
          Type: "STEP",
          Action: "RETRY",
          Payload: "1",
          StepOptions: { NextAttemptDelaySeconds: 5 },
        },
        {
          Id: "e",
          ParentId: "c",
          Type: "STEP",
          Action: "RETRY",
          Error: { ErrorType: "E" },
          StepOptions: { NextAttemptDelaySeconds: 5 },
        },
        { Id: "w", Type: "WAIT", Action: "START", WaitOptions: { WaitSeconds: 60 } },
        { Id: "d", Type: "CONTEXT", Action: "FAIL", Error: { ErrorType: "D" } },
      ],
    });
    return PENDING;
  });
  const engine = await testEngine({ workflow });
  const arn = await engine.start("workflow");
  await quiet(engine);
  const all = await engine.history(arn);
  expect(all).toMatchObject([
    { EventId: 1, EventType: "ExecutionStarted", ExecutionStartedDetails: { Input: { Payload: "{}" } } },
    {
      Id: "plain",
      Name: "patient",
      CallbackStartedDetails: { CallbackId: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/) },
    },
    { Id: "timed", CallbackStartedDetails: { Timeout: 9, HeartbeatTimeout: 3 } },
    { Id: "c", SubType: "Map", EventType: "ContextStarted" },
    { Id: "p", ParentId: "c", EventType: "StepStarted" },
    {
      Id: "p",
      EventType: "StepSucceeded",
      StepSucceededDetails: { Result: { Payload: "1" }, RetryDetails: { CurrentAttempt: 1 } },
    },
    { Id: "e", EventType: "StepStarted" },
    {
      Id: "e",
      EventType: "StepFailed",
      StepFailedDetails: { RetryDetails: { CurrentAttempt: 1, NextAttemptDelaySeconds: 5 } },
    },
    { Id: "w", EventType: "WaitStarted", WaitStartedDetails: { Duration: 60 } },
    { Id: "d", EventType: "ContextStarted" },
    { Id: "d", EventType: "ContextFailed", ContextFailedDetails: { Error: { Payload: { ErrorType: "D" } } } },
    { EventType: "InvocationCompleted", InvocationCompletedDetails: { RequestId: expect.any(String) } },
  ]);
  expect(Object.keys(all[1]?.CallbackStartedDetails as object)).toEqual(["CallbackId"]);
  const { WaitStartedDetails, EventTimestamp } = all[8] as {
    WaitStartedDetails: { ScheduledEndTimestamp: number };
    EventTimestamp: number;
  };
  expect(WaitStartedDetails.ScheduledEndTimestamp - EventTimestamp).toBeCloseTo(60, 5);
});

test("what lies below a closed context is left out of the state, unless it asked for its children", async () => {
  const seen: string[][] = [];
  const workflow = byHand(async ({ CheckpointToken, InitialExecutionState }, checkpoint) => {
    seen.push(InitialExecutionState.Operations.slice(1).map(({ Id }) => Id));
    if (seen.length > 1) return answer({ Status: "SUCCEEDED" });
    const context = (Id: string, ParentId?: string) => ({ Id, Type: "CONTEXT", ...(ParentId && { ParentId }) });
    await checkpoint({
      CheckpointToken,
      Updates: [
        { ...context("shut"), Action: "START" },
        { ...context("inner", "shut"), Action: "START" },
        { Id: "deep", ParentId: "inner", Type: "STEP", Action: "SUCCEED" },
        { ...context("kept"), Action: "START" },
        { Id: "shown", ParentId: "kept", Type: "STEP", Action: "SUCCEED" },
        { Id: "w", Type: "WAIT", Action: "START", WaitOptions: { WaitSeconds: 1 } },
        { ...context("shut"), Action: "SUCCEED" },
        { ...context("kept"), Action: "SUCCEED", ContextOptions: { ReplayChildren: true } },
      ],
    });
    return PENDING;
  });
  const engine = await testEngine({ workflow });
  const arn = await engine.start("workflow");
  await quiet(engine);
  await engine.clock.advance(1_000);
  await ended(engine, arn);
  expect(seen[1]).toEqual(["shut", "kept", "shown", "w"]);
});

test("a state over a page is read on through the marker, and nothing is missing", async () => {
  const Payload = "p".repeat(1_000_000);
  const seen: (string | undefined)[] = [];
  const workflow = byHand(async ({ CheckpointToken, InitialExecutionState }, checkpoint) => {
    seen.push(InitialExecutionState.NextMarker, String(InitialExecutionState.Operations.length));
    if (InitialExecutionState.Operations.length > 1) return answer({ Status: "SUCCEEDED" });
    const Updates = Array.from({ length: 8 }, (_, index) => ({
      Id: `s${index}`,
      Type: "STEP",
      Action: "SUCCEED",
      Payload,
    }));
    await checkpoint({ CheckpointToken, Updates });
    return { kind: "exit", error: {} };
  });
  const engine = await testEngine({ workflow });
  await ended(engine, await engine.start("workflow"));
  expect(seen).toEqual(["", "1", expect.stringMatching(/.+/), "7"]);
});

test("the 3,000th operation is taken and the next one refused, whole; so is what passes 100 MB", async () => {
  const refused: string[] = [];
  const refusal = (error: Error) => refused.push(error.message);
  const workflow = byHand(async ({ CheckpointToken }, checkpoint) => {
    const steps = (count: number, from: number) =>
      Array.from({ length: count }, (_, index) => ({ Id: `s${from + index}`, Type: "STEP", Action: "SUCCEED" }));
    const { CheckpointToken: second } = await checkpoint({ CheckpointToken, Updates: steps(2_998, 0) });
    await checkpoint({ CheckpointToken: second, Updates: steps(2, 2_998) }).catch(refusal);
    await checkpoint({ CheckpointToken: second, Updates: steps(1, 2_998) });
    return answer({ Status: "SUCCEEDED" });
  });
  const heavy = byHand(async ({ CheckpointToken }, checkpoint) => {
    let token = CheckpointToken;
    for (let index = 0; index < 17; index += 1) {
      const Updates = [{ Id: `h${index}`, Type: "STEP", Action: "SUCCEED", Payload: "p".repeat(6_000_000) }];
      const next = await checkpoint({ CheckpointToken: token, Updates }).catch(refusal);
      if (typeof next === "object") token = next.CheckpointToken;
    }
    return answer({ Status: "SUCCEEDED" });
  });
  const engine = await testEngine({ workflow, heavy });
  expect((await ended(engine, await engine.start("workflow"))).Status).toBe("SUCCEEDED");
  expect((await ended(engine, await engine.start("heavy"))).Status).toBe("SUCCEEDED");
  expect(refused).toEqual([expect.stringContaining("3000 operations"), expect.stringContaining("100000000 bytes")]);
});

test("a callback takes 1 MiB and not a byte more, and a broken path is refused", async () => {
  let id = "";
  const workflow = byHand(async ({ CheckpointToken }, checkpoint) => {
    if (id) return answer({ Status: "SUCCEEDED" });
    const Updates = [{ Id: "c", Type: "CALLBACK", Action: "START" }];
    const { NewExecutionState } = await checkpoint({ CheckpointToken, Updates });
    const [{ CallbackDetails } = {}] = NewExecutionState.Operations;
    id = (CallbackDetails as { CallbackId: string }).CallbackId;
    return PENDING;
  });
  const engine = await testEngine({ workflow });
  const arn = await engine.start("workflow");
  await eventually(async () => id !== "");
  await quiet(engine);
  const limit = 1024 * 1024;
  expect(await engine.call("POST", success(id), "x".repeat(limit - 1))).toMatchObject({ status: 413 });
  expect(await engine.call("POST", "durable-execution-callbacks/%E0%A4%A/succeed")).toMatchObject({ status: 400 });
  expect(await engine.call("POST", success(id), "x".repeat(limit - 2))).toMatchObject({ status: 200 });
  await ended(engine, arn);
});

test("a history is paged forwards and backwards at any page size, each event once, also within what one checkpoint wrote", async () => {
  const workflow = byHand(async ({ CheckpointToken }, checkpoint) => {
    const steps = Array.from({ length: 5 }, (_, index) => ({ Id: `s${index}`, Type: "STEP", Action: "SUCCEED" }));
    const { CheckpointToken: next } = await checkpoint({ CheckpointToken, Updates: steps.slice(0, 3) });
    await checkpoint({ CheckpointToken: next, Updates: steps.slice(3) });
    return answer({ Status: "SUCCEEDED" });
  });
  const engine = await testEngine({ workflow });
  const arn = await engine.start("workflow");
  await ended(engine, arn);
  const ids = (await engine.history(arn)).map(({ EventId }) => EventId);
  expect(ids).toEqual(Array.from({ length: 13 }, (_, index) => index + 1));
  const paged = async (size: number, reverse: boolean) => {
    const all: unknown[] = [];
    let marker = "";
    do {
      const query = `MaxItems=${size}&ReverseOrder=${reverse}${marker && `&Marker=${marker}`}`;
      const { body } = await engine.call("GET", `durable-executions/${encodeURIComponent(arn)}/history?${query}`);
      const events = body.Events as { EventId: number }[];
      expect(events.length).toBeLessThanOrEqual(size);
      all.push(...events.map(({ EventId }) => EventId));
      marker = String(body.NextMarker ?? "");
    } while (marker);
    return all;
  };
  for (const size of [1, 2, 3, 4, 5, 12, 13, 100]) {
    expect(await paged(size, false)).toEqual(ids);
    expect(await paged(size, true)).toEqual(ids.toReversed());
  }
});
