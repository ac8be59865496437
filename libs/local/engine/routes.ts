import { z } from "zod";
import type { ServiceRequest, ServiceResponse } from "../core/service.ts";
import { restJsonError, WireError } from "../core/wire-error.ts";
import { answerCallback, type CallbackAnswer } from "./callbacks.ts";
import { checkpoint, getState } from "./checkpoint.ts";
import type { EngineContext } from "./context.ts";
import { endNow, functionArnOf, tellEnd } from "./ending.ts";
import { errors } from "./errors.ts";
import { ErrorShape, type ExecutionRecord } from "./model.ts";
import { inSeconds } from "./seconds.ts";
import { fromMarker, toMarker } from "./tokens.ts";

const BASE = "/2025-12-01";
const EXECUTION = /^\/2025-12-01\/durable-executions\/(?<arn>[^/]+)(?:\/(?<action>checkpoint|history|state|stop))?$/;
const LIST = /^\/2025-12-01\/functions\/(?<name>[^/]+)\/durable-executions$/;
const CALLBACK = /^\/2025-12-01\/durable-execution-callbacks\/(?<id>[^/]+)\/(?<action>succeed|fail|heartbeat)$/;
const MOST_ITEMS = 1_000;
const STATUSES = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "STOPPED"];

export interface RouteContext extends EngineContext {
  wake: (arn: string) => void;
  changed: () => void;
}

const ok = (value: unknown): ServiceResponse => ({
  status: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(inSeconds(value)),
});

/** The durable-execution API; undefined where the path is none of it. */
export async function route(request: ServiceRequest, context: RouteContext): Promise<ServiceResponse | undefined> {
  const { method, path } = request;
  if (!path.startsWith(BASE)) return undefined;
  try {
    const execution = EXECUTION.exec(path)?.groups;
    if (execution)
      return await onExecution(
        { arn: decodeURIComponent(execution.arn ?? ""), action: execution.action },
        request,
        context,
      );
    const callback = CALLBACK.exec(path)?.groups;
    if (callback && method === "POST")
      return await onCallback({ id: decodeURIComponent(callback.id ?? ""), action: callback.action }, request, context);
    const list = LIST.exec(path)?.groups;
    if (list && method === "GET") return onList(decodeURIComponent(list.name ?? ""), request, context);
    return undefined;
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return restJsonError(error);
  }
}

async function onExecution(
  { arn, action }: { arn: string; action: string | undefined },
  { method, query, body }: ServiceRequest,
  context: RouteContext,
): Promise<ServiceResponse | undefined> {
  const record = context.tables.record(arn);
  if (!record) throw errors.notFound(`Durable execution: ${arn}`);
  const isRead = method === "GET";
  if (action === undefined && isRead) return ok(describe(record, context, query));
  if (action === "history" && isRead) return ok(history(record, context, query));
  if (action === "state" && isRead) {
    const marker = query.get("Marker");
    return ok(
      getState(context, arn, {
        CheckpointToken: query.get("CheckpointToken") ?? "",
        MaxItems: maxItems(query),
        ...(marker && { Marker: marker }),
      }),
    );
  }
  if (action === "checkpoint" && method === "POST") {
    const answer = await checkpoint(context, arn, parse(body));
    context.changed();
    return ok(answer);
  }
  if (action === "stop" && method === "POST") return ok({ StopTimestamp: await stop(arn, parse(body), context) });
  return undefined;
}

function describe(record: ExecutionRecord, { tables }: EngineContext, query: URLSearchParams) {
  const includes = query.get("IncludeExecutionData") !== "false";
  return {
    ...summary(record),
    Version: record.version,
    ExecutionDataIncluded: includes,
    DurableConfig: { ExecutionTimeout: record.timeoutSeconds, RetentionPeriodInDays: record.retentionDays },
    ...(includes && { InputPayload: tables.input(record.arn), Result: record.result }),
    ...(record.error && { Error: includes ? record.error : { ErrorType: record.error.ErrorType } }),
  };
}

const summary = (record: ExecutionRecord) => ({
  DurableExecutionArn: record.arn,
  DurableExecutionName: record.name,
  FunctionArn: functionArnOf(record.arn),
  Status: record.status,
  StartTimestamp: record.startedAt,
  ...(record.endedAt !== undefined && { EndTimestamp: record.endedAt }),
});

function history({ arn }: ExecutionRecord, { tables }: EngineContext, query: URLSearchParams) {
  const limit = maxItems(query);
  const reverse = query.get("ReverseOrder") === "true";
  const marker = fromMarker(query.get("Marker"));
  const events = tables.events(arn, {
    after: marker === undefined ? undefined : Number(marker),
    limit: limit + 1,
    reverse,
  });
  const page = events.slice(0, limit);
  const includes = query.get("IncludeExecutionData") !== "false";
  return {
    Events: includes ? page : page.map(withoutData),
    ...(events.length > limit && { NextMarker: toMarker(Number(page.at(-1)?.EventId)) }),
  };
}

/** Payloads and errors left out, and said to be. */
function withoutData(event: Record<string, unknown>): Record<string, unknown> {
  const strip = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        name,
        ["Input", "Result", "Error"].includes(name) ? { Truncated: true } : member,
      ]),
    );
  };
  return Object.fromEntries(
    Object.entries(event).map(([name, value]) => [name, name.endsWith("Details") ? strip(value) : value]),
  );
}

function onList(name: string, { query }: ServiceRequest, { tables, functions }: EngineContext): ServiceResponse {
  const [bare = "", inName] = (name.split(":function:").at(-1) ?? "").split(":");
  const qualifier = query.get("Qualifier") ?? inName;
  const version = qualifier === undefined ? undefined : functions.resolve(bare, qualifier)?.version;
  if (qualifier !== undefined && version === undefined) throw errors.notFound(`Function: ${bare}:${qualifier}`);
  const statuses = query.getAll("Statuses");
  if (!statuses.every((status) => STATUSES.includes(status)))
    throw errors.invalid(`Expected Statuses to be of ${STATUSES.join(", ")}.`);
  const limit = maxItems(query);
  const wanted = query.get("DurableExecutionName");
  const listed = tables.list(bare, {
    ...(version !== undefined && { version }),
    ...(wanted && { name: wanted }),
    statuses,
    after: instant(query, "StartedAfter") ?? -1,
    before: instant(query, "StartedBefore") ?? Number.MAX_SAFE_INTEGER,
    reverse: query.get("ReverseOrder") === "true",
    marker: fromMarker(query.get("Marker")) ?? "",
    limit: limit + 1,
  });
  const page = listed.slice(0, limit);
  const last = page.at(-1);
  const more = listed.length > limit && last;
  return ok({
    DurableExecutions: page.map(summary),
    ...(more && { NextMarker: toMarker(`${String(more.startedAt).padStart(20, "0")}${more.arn}`) }),
  });
}

/** An instant in epoch seconds or ISO 8601. */
function instant(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const time = /^[\d.]+$/.test(text) ? Number(text) * 1_000 : Date.parse(text);
  if (Number.isNaN(time)) throw errors.invalid(`Expected ${name} to be an instant, got ${JSON.stringify(text)}.`);
  return time;
}

function maxItems(query: URLSearchParams): number {
  const given = Number(query.get("MaxItems") ?? 0);
  if (!Number.isInteger(given) || given < 0 || given > MOST_ITEMS)
    throw errors.invalid(`Expected MaxItems from 0 to ${MOST_ITEMS}.`);
  return given || 100;
}

async function stop(arn: string, body: unknown, context: RouteContext): Promise<number> {
  const parsed = ErrorShape.safeParse(body);
  if (!parsed.success) throw errors.invalid("Expected an ErrorObject.");
  const error =
    Object.keys(parsed.data).length > 0
      ? parsed.data
      : { ErrorType: "Execution.Stopped", ErrorMessage: "The execution was stopped." };
  const at = await context.change(arn, (execution, journal) => {
    const now = context.clock.now();
    if (execution.record.status === "RUNNING")
      endNow(execution, { status: "STOPPED", error }, { context, journal, now });
    return execution.record.endedAt ?? now;
  });
  tellEnd(context, context.load(arn).record);
  context.changed();
  return at;
}

async function onCallback(
  { id, action }: { id: string; action: string | undefined },
  { body }: ServiceRequest,
  context: RouteContext,
): Promise<ServiceResponse> {
  const { arn, invokes } = await answerCallback(context, id, callbackAnswer(action, body));
  if (invokes) context.wake(arn);
  context.changed();
  return ok({});
}

function callbackAnswer(action: string | undefined, body: Buffer): CallbackAnswer {
  if (action === "heartbeat") return { heartbeat: true };
  if (action === "succeed") return { success: body.toString() };
  const parsed = ErrorShape.safeParse(parse(body));
  if (!parsed.success) throw errors.invalid(z.prettifyError(parsed.error));
  return { failure: parsed.data };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString() || "{}");
  } catch {
    throw errors.invalid("Could not parse request body into json.");
  }
}
