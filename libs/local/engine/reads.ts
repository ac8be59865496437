import type { EngineContext } from "./context.ts";
import { errors } from "./errors.ts";
import type { ExecutionRecord } from "./model.ts";
import { functionArnOf } from "./outbox.ts";
import { instant, isOn, maxItems, oneOf } from "./query.ts";
import { fromMarker, toMarker } from "./tokens.ts";

const STATUSES = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "STOPPED"] as const;

const summary = (record: ExecutionRecord) => ({
  DurableExecutionArn: record.arn,
  DurableExecutionName: record.name,
  FunctionArn: functionArnOf(record.arn),
  Status: record.status,
  StartTimestamp: record.startedAt,
  ...(record.endedAt !== undefined && { EndTimestamp: record.endedAt }),
});

function found({ tables }: EngineContext, arn: string) {
  const execution = tables.find(arn);
  if (!execution) throw errors.notFound(`Durable execution: ${arn}`);
  return execution;
}

/** GetDurableExecution. */
export function describe(context: EngineContext, arn: string, query: URLSearchParams) {
  const { row, record } = found(context, arn);
  const includes = isOn(query, "IncludeExecutionData", true);
  const { error } = record;
  return {
    ...summary(record),
    Version: record.version,
    ExecutionDataIncluded: includes,
    DurableConfig: { ExecutionTimeout: record.timeoutSeconds, RetentionPeriodInDays: record.retentionDays },
    ...(includes && { InputPayload: context.tables.input(row), Result: record.result }),
    ...(error && { Error: includes ? error : { ErrorType: error.ErrorType } }),
  };
}

/** GetDurableExecutionHistory. */
export function history(context: EngineContext, arn: string, query: URLSearchParams) {
  const { row } = found(context, arn);
  const limit = maxItems(query);
  const from = fromMarker(query.get("Marker"))?.[0];
  const reverse = isOn(query, "ReverseOrder", false);
  const events = context.listing.events(row, { from, reverse, limit: limit + 1 });
  const page = events.slice(0, limit);
  return {
    Events: isOn(query, "IncludeExecutionData", true) ? page : page.map(withoutData),
    ...(events.length > limit && { NextMarker: toMarker(Number(page.at(-1)?.EventId)) }),
  };
}

/** Inputs, results and errors left out, and said to be. */
function withoutData(event: Record<string, unknown>): Record<string, unknown> {
  const detailsOf = (details: object) =>
    Object.entries(details).map(([name, member]) => [
      name,
      ["Input", "Result", "Error"].includes(name) ? { Truncated: true } : member,
    ]);
  return Object.fromEntries(
    Object.entries(event).map(([name, value]) => [
      name,
      name.endsWith("Details") && value instanceof Object ? Object.fromEntries(detailsOf(value)) : value,
    ]),
  );
}

/** ListDurableExecutionsByFunction. */
export function list({ functions, listing }: EngineContext, functionName: string, query: URLSearchParams) {
  const [name = "", inName] = (functionName.split(":function:").at(-1) ?? "").split(":");
  const qualifier = query.get("Qualifier") ?? inName;
  const version = qualifier === undefined ? undefined : functions.resolve(name, qualifier)?.version;
  if (qualifier !== undefined && version === undefined) throw errors.notFound(`Function: ${name}:${qualifier}`);
  const limit = maxItems(query);
  const [startedAt, row] = fromMarker(query.get("Marker")) ?? [];
  const listed = listing.executions({
    functionName: name,
    version,
    name: query.get("DurableExecutionName") ?? undefined,
    statuses: query.getAll("Statuses").map((status) => oneOf(STATUSES, "Statuses", status)),
    startedAfter: instant(query, "StartedAfter") ?? -1,
    startedBefore: instant(query, "StartedBefore") ?? Number.MAX_SAFE_INTEGER,
    reverse: isOn(query, "ReverseOrder", false),
    from: startedAt !== undefined && row !== undefined ? { startedAt, row } : undefined,
    limit: limit + 1,
  });
  const page = listed.slice(0, limit);
  const last = page.at(-1);
  return {
    DurableExecutions: page.map(({ record }) => summary(record)),
    ...(listed.length > limit && last && { NextMarker: toMarker(last.record.startedAt, last.row) }),
  };
}
