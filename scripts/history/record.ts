import { join } from "node:path";
import type { Contract } from "#workflow";
import { cleanUp, quiet, type TestEngine, testEngine } from "../../libs/local/engine/testing.ts";
import { root } from "../build/functions.ts";
import { History, type HistoryEvent } from "./history.ts";
import type { Path, World } from "./world.ts";

/** When every path begins: what is recorded shows the same dates each time. */
export const BEGIN = "2027-01-11T09:00:00.000Z";

const workflowFile = (name: string) => join(root, "workflows", name, "workflow.ts");

/** Looks so often whether an execution has ended, moving the clock in between. */
const MOST_TURNS = 2_000;

/** A path on its way to the end, or behind it. */
export interface Living {
  engine: TestEngine;
  arn: string;
  input: unknown;
  /** Its events, with their times. */
  events: Record<string, unknown>[];
}

/**
 * Lives one path of a workflow to its end, on an engine of its own with a clock that is moved. `asleep` may give another
 * engine for the one that sleeps, as a restart does. The caller cleans up.
 */
export async function live(
  contract: Contract,
  {
    name,
    path,
    world,
    file,
    asleep,
  }: { name: string; path: Path; world: World; file?: string; asleep?: (engine: TestEngine) => Promise<TestEngine> },
): Promise<Living> {
  let engine = await engineFor(contract, world, { ...(file && { file }) });
  world.attach(engine);
  const input = await path.input(world);
  const execution = `${contract.name}-${name}`;
  const arn = await engine.start(contract.name, { input, name: execution });
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    await quiet(engine);
    if ((await engine.describe(arn)).Status !== "RUNNING")
      return { engine, arn, input, events: await engine.history(arn) };
    if (await path.meanwhile?.({ ...world, engine, arn, execution })) continue;
    if (asleep) {
      engine = await asleep(engine);
      world.attach(engine);
    }
    const next = engine.clock.next();
    if (next === undefined) throw new Error(`${arn} sleeps, and nothing will wake it.`);
    await engine.clock.moveTo(next);
  }
  throw new Error(`${arn} did not end.`);
}

/** An engine with the workflow on it: a new one at the beginning of time, or one on a folder that a kill left at an instant. */
export async function engineFor(
  contract: Contract,
  world: World,
  {
    folder,
    now = Date.parse(BEGIN),
    file = workflowFile(contract.name),
  }: { folder?: string; now?: number; file?: string },
): Promise<TestEngine> {
  const { handler } = await world.workflow(file);
  const durable = { executionTimeoutSeconds: contract.executionTimeoutSeconds, retentionDays: contract.retentionDays };
  const version = { durable, timeoutSeconds: 900 };
  const place = { version, standsAt: now, ...(folder && { folder }) };
  return testEngine({ [contract.name]: { handler } }, place);
}

/** Lives one path to its end and keeps what happened. `file` is the workflow's source; default: the one in `workflows/`. */
export async function record(
  contract: Contract,
  one: { name: string; path: Path; world: World; file?: string },
): Promise<History> {
  try {
    const { engine, arn, input, events: happened } = await live(contract, one);
    const { Status } = await engine.describe(arn);
    const events = happened.map(eventOf);
    const executionArn = arn.replace(/[^/]+$/, "recorded");
    const said = JSON.stringify({ input, events }).replaceAll(arn, executionArn);
    const kept = JSON.parse(said) as { input: unknown; events: HistoryEvent[] };
    const status = String(Status);
    return History.parse({
      workflow: contract.name,
      path: one.name,
      executionArn,
      status,
      ...usageOf(kept),
      ...kept,
    });
  } finally {
    await cleanUp();
  }
}

/** Nothing of when, and no id that the service made. */
export function eventOf(event: Record<string, unknown>): HistoryEvent {
  const { EventType, Id, Name, SubType, ParentId } = event;
  const details = Object.entries(event).find(([key]) => key.endsWith("Details"))?.[1] as Details | undefined;
  const result = details?.Result?.Payload;
  const error = details?.Error?.Payload;
  const isOperation = !String(EventType).startsWith("Execution") && EventType !== "InvocationCompleted";
  return {
    type: String(EventType),
    ...(isOperation && Id !== undefined && { id: String(Id) }),
    ...(isOperation && Name !== undefined && { name: String(Name) }),
    ...(SubType !== undefined && isOperation && { subType: String(SubType) }),
    ...(ParentId !== undefined && isOperation && { parent: String(ParentId) }),
    ...(result !== undefined && isOperation && { result }),
    ...(error && isOperation && { error: { ...error, StackTrace: undefined } }),
    ...(EventType === "StepFailed" && details?.RetryDetails?.NextAttemptDelaySeconds !== undefined && { again: true }),
  };
}

interface Details {
  Result?: { Payload?: string };
  Error?: { Payload?: Record<string, unknown> };
  RetryDetails?: { NextAttemptDelaySeconds?: number };
}

/** Operations as the service counts them: the start, each operation, each retry. Bytes: of the input and of all payloads. */
export function usageOf({ input, events }: Pick<History, "input" | "events">) {
  const ids = new Set(events.flatMap(({ id }) => id ?? []));
  const retries = events.filter(({ again }) => again).length;
  const results = events.flatMap(({ result, error }) => [result, error && JSON.stringify(error)]);
  const payloads = [JSON.stringify(input), ...results];
  const bytes = payloads.reduce((sum, payload) => sum + Buffer.byteLength(payload ?? ""), 0);
  return { operations: 1 + ids.size + retries, bytes };
}
