import { randomUUID } from "node:crypto";
import type { EnginePort, ErrorObject, ExecutionEnd, FunctionVersion } from "../core/ports.ts";
import type { ServiceRequest, ServiceResponse } from "../core/service.ts";
import type { Asynchronous } from "./asynchronous.ts";
import type { Concurrency } from "./concurrency.ts";
import { isFromFunction } from "./environment.ts";
import { errors } from "./errors.ts";
import { LATEST, type Registry } from "./registry.ts";
import { json, type Parameters, targetOf } from "./route.ts";

const SYNC_LIMIT = 6 * 1024 * 1024;
const ASYNC_LIMIT = 1024 * 1024;

export interface InvokeContext {
  registry: Registry;
  engine: () => EnginePort;
  asynchronous: Asynchronous;
  concurrency: Concurrency;
}

/** Lambda's Invoke, of plain and of durable functions. */
export async function invoke(
  parameters: Parameters,
  request: ServiceRequest,
  context: InvokeContext,
): Promise<ServiceResponse> {
  const { name, qualifier } = targetOf(parameters, request);
  const target = context.registry.resolve(name, qualifier ?? LATEST);
  if (!target) throw errors.notFound(`Function: ${name}${qualifier ? `:${qualifier}` : ""}`);
  const type = request.headers["x-amz-invocation-type"] ?? "RequestResponse";
  if (!["RequestResponse", "Event", "DryRun"].includes(type)) throw errors.invalid(`Unknown invocation type ${type}`);
  const limit = type === "Event" ? ASYNC_LIMIT : SYNC_LIMIT;
  if (request.body.length > limit) throw errors.tooLarge(limit);
  const input = request.body.toString() || "{}";
  const event = parse(input);
  if (type === "DryRun") return { status: 204 };
  const call = { request, target, input, isAsynchronous: type === "Event" };
  if (target.durable) {
    if (qualifier === undefined) throw errors.invalid("You cannot invoke a durable function using an unqualified ARN.");
    return durable(call, context);
  }
  const requestId = randomUUID();
  const headers = { "x-amzn-requestid": requestId, "x-amz-executed-version": target.version };
  if (type === "Event") {
    await context.asynchronous.accept(target, { requestId, event: input });
    return { status: 202, headers };
  }
  context.concurrency.refuseIfFull(name);
  const end = await context.concurrency.invoke(target, { requestId, event, isAwaited: isFromFunction(request) });
  const answer = end.kind === "answer" ? { body: end.payload } : { body: JSON.stringify(wireError(end.error)) };
  return {
    status: 200,
    headers: { ...headers, "content-type": "application/json", ...(end.kind !== "answer" && UNHANDLED) },
    ...answer,
  };
}

const UNHANDLED = { "x-amz-function-error": "Unhandled" };
const wireError = ({ ErrorType, ErrorMessage, StackTrace }: ErrorObject) => ({
  errorType: ErrorType,
  errorMessage: ErrorMessage,
  trace: StackTrace ?? [],
});

async function durable(
  {
    request,
    target,
    input,
    isAsynchronous,
  }: { request: ServiceRequest; target: FunctionVersion; input: string; isAsynchronous: boolean },
  { engine }: InvokeContext,
): Promise<ServiceResponse> {
  const name = request.headers["x-amz-durable-execution-name"];
  const tenantId = request.headers["x-amz-tenant-id"];
  const { arn, end } = await engine().start(target, {
    input,
    asynchronous: isAsynchronous,
    ...(name && { name }),
    ...(tenantId && { tenantId }),
  });
  const headers = {
    "x-amz-durable-execution-arn": arn,
    "x-amz-executed-version": target.version,
    "x-amzn-requestid": randomUUID(),
  };
  return isAsynchronous ? { status: 202, headers } : settled(await end, headers);
}

function settled(end: ExecutionEnd, headers: Record<string, string>): ServiceResponse {
  if (end.status === "SUCCEEDED")
    return { ...json(200), headers: { ...headers, "content-type": "application/json" }, body: end.result ?? "null" };
  return {
    status: 200,
    headers: { ...headers, ...UNHANDLED, "content-type": "application/json" },
    body: JSON.stringify(wireError(end.error)),
  };
}

function parse(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch {
    throw errors.malformed("Could not parse request body into json.");
  }
}
