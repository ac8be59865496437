import type { Contract } from "#workflow";
import { realNow } from "../../libs/local/core/moved-date.ts";
import { cleanUp, quiet, type TestEngine, testEngine } from "../../libs/local/engine/testing.ts";
import { History, type HistoryEvent } from "./history.ts";
import type { Path, World } from "./world.ts";

/** When every path begins: what is recorded shows the same dates each time. */
export const BEGIN = "2027-01-11T09:00:00.000Z";

/** Looks so often whether an execution has ended, moving the clock in between. */
const MOST_TURNS = 2_000;

/** Runs one path of a workflow to its end, on an engine of its own with a clock that is moved, and keeps what happened. */
export async function record(
  contract: Contract,
  { name, path, world }: { name: string; path: Path; world: World },
): Promise<History> {
  const { handler } = await world.workflow(contract.name);
  const durable = { executionTimeoutSeconds: contract.executionTimeoutSeconds, retentionDays: contract.retentionDays };
  const offset = Date.parse(BEGIN) - realNow();
  const version = { durable, timeoutSeconds: 900 };
  const engine = await testEngine({ [contract.name]: { handler } }, { version, offset });
  world.attach(engine);
  try {
    const input = await path.input(world);
    const execution = `${contract.name}-${name}`;
    const arn = await engine.start(contract.name, { input, name: execution });
    await finish(engine, arn, async () => (await path.meanwhile?.({ ...world, engine, arn, execution })) ?? false);
    const { Status } = await engine.describe(arn);
    const events = (await engine.history(arn)).map(eventOf);
    const executionArn = arn.replace(/[^/]+$/, "recorded");
    const said = JSON.stringify({ input, events }).replaceAll(arn, executionArn);
    const kept = JSON.parse(said) as { input: unknown; events: HistoryEvent[] };
    const status = String(Status);
    return History.parse({
      workflow: contract.name,
      path: name,
      executionArn,
      status,
      ...usageOf(kept.events),
      ...kept,
    });
  } finally {
    await cleanUp();
  }
}

async function finish(engine: TestEngine, arn: string, meanwhile: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    await quiet(engine);
    if ((await engine.describe(arn)).Status !== "RUNNING") return;
    if (await meanwhile()) continue;
    const next = engine.clock.next();
    if (next === undefined) throw new Error(`${arn} sleeps, and nothing will wake it.`);
    await engine.clock.moveTo(next);
  }
  throw new Error(`${arn} did not end.`);
}

/** Nothing of when, and no id that the service made. */
function eventOf(event: Record<string, unknown>): HistoryEvent {
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

/** Operations as the service counts them: the start, each operation, each retry. */
function usageOf(events: readonly HistoryEvent[]) {
  const ids = new Set(events.flatMap(({ id }) => id ?? []));
  const retries = events.filter(({ again }) => again).length;
  const payloads = events.flatMap(({ result, error }) => [result, error && JSON.stringify(error)]);
  const bytes = payloads.reduce((sum, payload) => sum + Buffer.byteLength(payload ?? ""), 0);
  return { operations: 1 + ids.size + retries, bytes };
}
