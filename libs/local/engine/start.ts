import { randomUUID } from "node:crypto";
import type { ExecutionEnd, FunctionVersion } from "../core/ports.ts";
import type { EngineContext } from "./context.ts";
import { endOf } from "./ending.ts";
import { errors } from "./errors.ts";
import { addEvent } from "./execution.ts";
import { LIMITS } from "./limits.ts";
import type { ExecutionRecord } from "./model.ts";
import { postStatus } from "./outbox.ts";

const NAME = /^[A-Za-z0-9-_]{1,64}$/;

export interface StartRequest {
  name?: string;
  input: string;
  asynchronous: boolean;
  tenantId?: string;
  /** The operation that waits for it. */
  parent?: { arn: string; operation: string };
}

/** Starts an execution, or finds the one of that name: the same input is the same execution, another one is refused. */
export async function start(
  context: EngineContext,
  target: FunctionVersion,
  request: StartRequest,
): Promise<{ arn: string; end: Promise<ExecutionEnd> }> {
  const { name, input, asynchronous } = request;
  if (context.closed) throw errors.stopping();
  if (!target.durable) throw errors.invalid(`The function ${target.name} is not durable.`);
  if (name !== undefined && !NAME.test(name))
    throw errors.invalid("Expected DurableExecutionName to be 1 to 64 letters, digits, - and _.");
  const limit = asynchronous ? LIMITS.asynchronousInputBytes : LIMITS.synchronousInputBytes;
  if (Buffer.byteLength(input) > limit) throw errors.tooLarge(limit);
  return context.transactions.run(() => {
    const existing = name === undefined ? undefined : context.tables.findByName(target.name, name);
    if (!existing) {
      const arn = createExecution(context, target, request);
      return { arn, end: context.waiters.end(arn) };
    }
    const { row, record } = existing;
    if (context.tables.input(row) !== input) throw errors.alreadyStarted(record.name);
    const end = endOf(record);
    return { arn: record.arn, end: end ? Promise.resolve(end) : context.waiters.end(record.arn) };
  });
}

/** Within a transaction: a new execution, whose first invocation is due. Answers its ARN. */
export function createExecution(context: EngineContext, target: FunctionVersion, request: StartRequest): string {
  const { clock, tables, transactions } = context;
  const { input } = request;
  const record = newRecord(context, target, { request, now: clock.now() });
  transactions.adopt(tables.create(record, input));
  transactions.within(record.arn, (change) => {
    const content = { Input: { Payload: input }, ExecutionTimeout: record.timeoutSeconds };
    addEvent(change, "ExecutionStarted", { subject: "execution", content });
    change.journal.timer("", "execution", change.now + record.timeoutSeconds * 1_000);
    record.due = true;
  });
  postStatus(context, record);
  return record.arn;
}

function newRecord(
  { region, account }: EngineContext,
  target: FunctionVersion,
  { request, now }: { request: StartRequest; now: number },
): ExecutionRecord {
  const { executionTimeoutSeconds = 1, retentionDays = 1 } = target.durable ?? {};
  const id = randomUUID();
  const name = request.name ?? randomUUID();
  return {
    saves: 0,
    arn: `arn:aws:lambda:${region}:${account}:function:${target.name}:${target.version}/durable-execution/${name}/${id}`,
    id,
    name,
    functionName: target.name,
    version: target.version,
    status: "RUNNING",
    startedAt: now,
    timeoutSeconds: executionTimeoutSeconds,
    retentionDays,
    asynchronous: request.asynchronous,
    ...(request.tenantId !== undefined && { tenantId: request.tenantId }),
    ...(request.parent && { parent: request.parent }),
    ...(target.deadLetterArn !== undefined && { deadLetterArn: target.deadLetterArn }),
    due: false,
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
}
