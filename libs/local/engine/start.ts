import { randomUUID } from "node:crypto";
import type { ExecutionEnd, FunctionVersion } from "../core/ports.ts";
import type { EngineContext } from "./context.ts";
import { endOf, statusEvent } from "./ending.ts";
import { errors } from "./errors.ts";
import { addEvent, type Execution } from "./execution.ts";
import type { ExecutionRecord } from "./model.ts";

const NAME = /^[A-Za-z0-9-_]{1,64}$/;

export interface StartRequest {
  name?: string;
  input: string;
  asynchronous: boolean;
  tenantId?: string;
  parent?: { arn: string; operation: string };
}

/** Starts an execution, or finds the one of that name: the same input is the same execution, another one is refused. */
export async function start(
  context: EngineContext,
  target: FunctionVersion,
  request: StartRequest,
): Promise<{ arn: string; isNew: boolean; end: Promise<ExecutionEnd> }> {
  const { store } = context;
  if (!target.durable) throw errors.invalid(`The function ${target.name} is not durable.`);
  if (request.name !== undefined && !NAME.test(request.name))
    throw errors.invalid("Expected a durable execution name of 1 to 64 letters, digits, - and _.");
  const { arn, isNew } = await store.write(
    () => find(context, target, request) ?? { arn: create(context, target, request), isNew: true },
  );
  return { arn, isNew, end: endLater(context, arn) };
}

function find({ tables }: EngineContext, target: FunctionVersion, { name, input }: StartRequest) {
  const existing = name === undefined ? undefined : tables.byName(target.name, name);
  if (!existing || name === undefined) return undefined;
  if (tables.input(existing.arn) !== input) throw errors.alreadyStarted(name);
  return { arn: existing.arn, isNew: false };
}

function create(context: EngineContext, target: FunctionVersion, request: StartRequest): string {
  const { clock, tables, region, account } = context;
  const { durable = { executionTimeoutSeconds: 1, retentionDays: 1 } } = target;
  const id = randomUUID();
  const name = request.name ?? randomUUID();
  const now = clock.now();
  const record: ExecutionRecord = {
    arn: `arn:aws:lambda:${region}:${account}:function:${target.name}:${target.version}/durable-execution/${name}/${id}`,
    id,
    name,
    functionName: target.name,
    version: target.version,
    status: "RUNNING",
    startedAt: now,
    timeoutSeconds: durable.executionTimeoutSeconds,
    retentionDays: durable.retentionDays,
    asynchronous: request.asynchronous,
    ...(request.tenantId !== undefined && { tenantId: request.tenantId }),
    ...(request.parent && { parent: request.parent }),
    ...(target.deadLetterArn !== undefined && { deadLetterArn: target.deadLetterArn }),
    token: 0,
    changes: 0,
    watermark: 0,
    events: 0,
    operations: 1,
    bytes: Buffer.byteLength(request.input),
    failures: 0,
    outside: [],
    deferred: [],
  };
  const execution: Execution = { record, operations: new Map(), heartbeats: new Map() };
  const journal = tables.journal(execution);
  addEvent(
    execution,
    journal,
    "ExecutionStarted",
    undefined,
    { Input: { Payload: request.input }, ExecutionTimeout: record.timeoutSeconds },
    now,
  );
  journal.timer("", "execution", now + record.timeoutSeconds * 1_000);
  // Due at once: a kill before the first invocation leaves a timer that starts it.
  journal.timer("", "invocation", now);
  tables.insert(record, request.input);
  tables.addOutbox("event", statusEvent(record));
  return record.arn;
}

/** The execution's end: at once where it has ended, else when it does. */
function endLater({ tables, waiters }: EngineContext, arn: string): Promise<ExecutionEnd> {
  const record = tables.record(arn);
  const end = record && endOf(record);
  if (end) return Promise.resolve(end);
  return new Promise((resolve) => waiters.set(arn, [...(waiters.get(arn) ?? []), resolve]));
}
