import { z } from "zod";
import type { ServiceRequest, ServiceResponse } from "../core/service.ts";
import { restJsonError, WireError } from "../core/wire-error.ts";
import { answerCallback, type CallbackAnswer } from "./callbacks.ts";
import { checkpoint, getState } from "./checkpoint.ts";
import type { EngineContext } from "./context.ts";
import { stopNow } from "./ending.ts";
import { errors } from "./errors.ts";
import { decoded, maxItems } from "./query.ts";
import { describe, history, list } from "./reads.ts";
import { inSeconds } from "./seconds.ts";
import { ErrorShape } from "./updates.ts";

type Route = (context: EngineContext, subject: string, request: ServiceRequest) => unknown;

const EXECUTION = "/2025-12-01/durable-executions/([^/]+)";
const CALLBACK = "/2025-12-01/durable-execution-callbacks/([^/]+)";

/** Each route's one parameter is an ARN, a callback id or a function's name. */
const ROUTES: readonly (readonly [method: string, path: RegExp, route: Route])[] = [
  ["POST", path(`${EXECUTION}/checkpoint`), (context, arn, { body }) => checkpoint(context, arn, parse(body))],
  ["GET", path(`${EXECUTION}/state`), state],
  ["GET", path(EXECUTION), (context, arn, { query }) => describe(context, arn, query)],
  ["GET", path(`${EXECUTION}/history`), (context, arn, { query }) => history(context, arn, query)],
  ["POST", path(`${EXECUTION}/stop`), stop],
  ["POST", path(`${CALLBACK}/succeed`), (context, id, { body }) => settle(context, id, { success: textOf(body) })],
  ["POST", path(`${CALLBACK}/fail`), (context, id, { body }) => settle(context, id, { failure: errorOf(body) })],
  ["POST", path(`${CALLBACK}/heartbeat`), (context, id) => settle(context, id, "heartbeat")],
  [
    "GET",
    path("/2025-12-01/functions/([^/]+)/durable-executions"),
    (context, name, { query }) => list(context, name, query),
  ],
];

/** The durable-execution API; undefined where the path is none of it. */
export async function route(context: EngineContext, request: ServiceRequest): Promise<ServiceResponse | undefined> {
  if (!request.path.startsWith("/2025-12-01/")) return undefined;
  for (const [method, pattern, handle] of ROUTES) {
    const subject = method === request.method ? pattern.exec(request.path)?.[1] : undefined;
    if (subject === undefined) continue;
    try {
      if (context.closed) throw errors.stopping();
      return ok(await handle(context, decoded(subject), request));
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      return restJsonError(error);
    }
  }
  return undefined;
}

function path(pattern: string) {
  return new RegExp(`^${pattern}$`);
}

function ok(value: unknown): ServiceResponse {
  const headers = { "content-type": "application/json" };
  return { status: 200, headers, body: JSON.stringify(inSeconds(value)) };
}

function state(context: EngineContext, arn: string, { query }: ServiceRequest) {
  return getState(context, arn, {
    CheckpointToken: query.get("CheckpointToken") ?? "",
    Marker: query.get("Marker") ?? undefined,
    MaxItems: maxItems(query),
  });
}

/** StopDurableExecution; one that has ended already answers when it did. */
async function stop(context: EngineContext, arn: string, { body }: ServiceRequest) {
  const given = errorOf(body);
  const isGiven = Object.keys(given).length > 0;
  const error = isGiven ? given : { ErrorType: "Execution.Stopped", ErrorMessage: "The execution was stopped." };
  const StopTimestamp = await context.transactions.change(arn, (change) => {
    stopNow(context, change, error);
    return change.execution.record.endedAt ?? change.now;
  });
  return { StopTimestamp };
}

async function settle(context: EngineContext, id: string, answer: CallbackAnswer) {
  await answerCallback(context, id, answer);
  return {};
}

const textOf = (body: Buffer) => (body.length > 0 ? body.toString() : undefined);

function errorOf(body: Buffer) {
  const parsed = ErrorShape.safeParse(parse(body));
  if (!parsed.success) throw errors.invalid(z.prettifyError(parsed.error));
  return parsed.data;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString() || "{}");
  } catch {
    throw errors.unreadable();
  }
}
