import { afterEach, expect, test } from "vitest";
import { WireError } from "../core/wire-error.ts";
import { answer, byHand, cleanUp, ended, PENDING, quiet, testEngine } from "./testing.ts";

afterEach(cleanUp);

const step = (Id: string, Action = "SUCCEED") => ({ Id, Type: "STEP", Action });
const outcome = (promise: Promise<unknown>) =>
  promise.then(
    () => "taken",
    (error: unknown) => (error instanceof WireError ? `${error.status} ${error.type}: ${error.message}` : error),
  );
const REFUSED = "400 InvalidParameterValueException: Invalid Checkpoint Token";

/** Runs one invocation by hand, then ends the execution. */
async function play(moves: Parameters<typeof byHand>[0]) {
  let failure: unknown;
  const workflow = byHand(async (event, checkpoint) => {
    await moves(event, checkpoint).catch((error: unknown) => {
      failure = error;
    });
    return answer({ Status: "SUCCEEDED", Result: "1" });
  });
  const engine = await testEngine({ workflow });
  const arn = await engine.start("workflow");
  await ended(engine, arn);
  expect(failure).toBeUndefined();
  return { engine, arn };
}

test("each accepted checkpoint moves the token on, also one without updates; an older one is refused in the exact words", async () => {
  await play(async ({ CheckpointToken: first }, checkpoint) => {
    const { CheckpointToken: second } = await checkpoint({ CheckpointToken: first, Updates: [step("a")] });
    expect(await outcome(checkpoint({ CheckpointToken: first, Updates: [step("b")] }))).toBe(REFUSED);
    const { CheckpointToken: third } = await checkpoint({ CheckpointToken: second });
    expect(new Set([first, second, third]).size).toBe(3);
    expect(await outcome(checkpoint({ CheckpointToken: second }))).toBe(REFUSED);
    expect(await outcome(checkpoint({ CheckpointToken: third }))).toBe("taken");
    return PENDING;
  });
});

test("a checkpoint that is refused moves nothing on", async () => {
  const { engine, arn } = await play(async ({ CheckpointToken }, checkpoint) => {
    const broken = [step("a"), { Id: "w", Type: "WAIT", Action: "START" }];
    expect(await outcome(checkpoint({ CheckpointToken, Updates: broken }))).toContain("WaitSeconds");
    const { NewExecutionState } = await checkpoint({ CheckpointToken, Updates: [step("c")] });
    expect(NewExecutionState.Operations.map(({ Id }) => Id)).toEqual(["c"]);
    return PENDING;
  });
  expect((await engine.history(arn)).map(({ Id }) => Id).filter((id) => id === "a")).toEqual([]);
});

test("the same client token with the same inbound token is answered with the same, and applied once", async () => {
  const { engine, arn } = await play(async ({ CheckpointToken }, checkpoint) => {
    const request = { CheckpointToken, ClientToken: "once", Updates: [step("a")] };
    const one = await checkpoint(request);
    expect(await checkpoint(request)).toEqual(one);
    expect(await outcome(checkpoint({ ...request, ClientToken: "other" }))).toBe(REFUSED);
    const { CheckpointToken: next } = await checkpoint({ CheckpointToken: one.CheckpointToken });
    expect(await checkpoint(request)).toEqual(one);
    expect(await outcome(checkpoint({ CheckpointToken: next, ClientToken: "once" }))).toBe("taken");
    return PENDING;
  });
  expect(await engine.types(arn)).toEqual([
    "ExecutionStarted",
    "StepStarted",
    "StepSucceeded",
    "InvocationCompleted",
    "ExecutionSucceeded",
  ]);
});

test("a client token is forgotten after 15 minutes", async () => {
  let advance: (milliseconds: number) => Promise<void> = async () => undefined;
  const seen: unknown[] = [];
  const workflow = byHand(async ({ CheckpointToken }, checkpoint) => {
    const request = { CheckpointToken, ClientToken: "once", Updates: [step("a")] };
    await checkpoint(request);
    await advance(14 * 60_000);
    seen.push(await outcome(checkpoint(request)));
    await advance(60_000);
    seen.push(await outcome(checkpoint(request)));
    return answer({ Status: "SUCCEEDED" });
  });
  const engine = await testEngine({ workflow });
  advance = engine.clock.advance;
  await ended(engine, await engine.start("workflow"));
  expect(seen).toEqual(["taken", REFUSED]);
});

test("an execution that has ended, or is not being invoked, takes no checkpoint", async () => {
  let token = "";
  let last: ((request: object) => Promise<unknown>) | undefined;
  const workflow = byHand(async ({ CheckpointToken }, checkpoint) => {
    const Updates = [{ Id: "w", Type: "WAIT", Action: "START", WaitOptions: { WaitSeconds: 60 } }];
    token = (await checkpoint({ CheckpointToken, Updates })).CheckpointToken;
    last = checkpoint;
    return PENDING;
  });
  const engine = await testEngine({ workflow });
  const arn = await engine.start("workflow");
  const path = `durable-executions/${encodeURIComponent(arn)}`;
  await quiet(engine);
  expect(await outcome(last?.({ CheckpointToken: token }) ?? Promise.resolve())).toBe(REFUSED);
  expect(await engine.call("POST", `${path}/checkpoint`, { CheckpointToken: token })).toMatchObject({
    status: 400,
    body: { message: "Invalid Checkpoint Token" },
  });
  expect((await engine.call("GET", `${path}/state?CheckpointToken=${encodeURIComponent(token)}`)).status).toBe(400);
  await engine.call("POST", `${path}/stop`);
  expect(await outcome(last?.({ CheckpointToken: token }) ?? Promise.resolve())).toBe(REFUSED);
});

test("reads do not move the token, and page through the whole state", async () => {
  const workflow = byHand(async ({ CheckpointToken, DurableExecutionArn }, checkpoint) => {
    const Updates = Array.from({ length: 250 }, (_, index) => step(`s${index}`));
    const { CheckpointToken: token } = await checkpoint({ CheckpointToken, Updates });
    const path = `durable-executions/${encodeURIComponent(DurableExecutionArn)}/state`;
    const ids: unknown[] = [];
    let marker: unknown = "";
    do {
      const query = new URLSearchParams({ CheckpointToken: token, ...(marker ? { Marker: String(marker) } : {}) });
      const { body } = await engine.call("GET", `${path}?${query}`);
      ids.push(...(body.Operations as { Id: string }[]).map(({ Id }) => Id));
      marker = body.NextMarker;
    } while (marker);
    const taken = await outcome(checkpoint({ CheckpointToken: token }));
    return answer({ Status: "SUCCEEDED", Result: JSON.stringify([ids.length, ids[1], ids.at(-1), taken]) });
  });
  const engine = await testEngine({ workflow });
  expect((await ended(engine, await engine.start("workflow"))).Result).toBe('[251,"s0","s249","taken"]');
});
