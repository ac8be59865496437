import type { DurableContext, Duration } from "@aws/durable-execution-sdk-js";
import { z } from "zod";
import { parseExecutionArn } from "#executions";
import { createTable, LonghaulError, readEnvironment } from "#platform";
import { step } from "#workflow";
import { reviewName } from "../item.ts";
import { createExternalCalls, type ExternalCalls } from "./calls.ts";
import { mintToken } from "./token.ts";

const CODES = {
  EXTERNAL_TIMED_OUT: "did not answer in time",
  EXTERNAL_SILENT: "sent no heartbeat in time",
  EXTERNAL_FAILED: "reported a failure",
  EXTERNAL_ANSWER_INVALID: "answered something else than was expected",
} as const;

/** An outside system gave no usable answer; `failure` is what it reported itself. */
export class ExternalCallError extends LonghaulError {
  declare readonly code: keyof typeof CODES;
  readonly failure: string | undefined;
  constructor(code: keyof typeof CODES, name: string, failure?: string) {
    super(code, `The system behind ${JSON.stringify(name)} ${CODES[code]}.`);
    this.failure = failure;
  }
}

/** What an outside system is given, to answer by. `url` holds the token: it belongs in the request to that system and nowhere else. */
export interface CallbackAddress {
  /** `POST <url>/success`, `<url>/failure` or `<url>/heartbeat`. */
  url: string;
  /** The same for every attempt to call: let the system know a repetition by it. */
  idempotencyKey: string;
  signal: AbortSignal;
}

export interface ExternalRequest<Schema extends z.ZodType> {
  /** How long the answer may take: at most a year. */
  timeout: Duration;
  /** How long the system may be silent. Absent: it need not send heartbeats. */
  heartbeat?: Duration;
  /** What the answer must be; held against it when it comes in, and again here. */
  schema: Schema;
  /** Calls the system. Tried again where it fails: what it starts must know its idempotency key. */
  submit: (address: CallbackAddress) => Promise<void>;
  /** Where calls are kept and callbacks come in; default: the deployment's. */
  desk?: { calls: ExternalCalls; baseUrl: string };
}

/**
 * Calls an outside system and sleeps until it answers by its callback URL. Two durable operations. A stage that was
 * interrupted and runs again calls again by the same name, under the same idempotency key, and gets the answer at once where
 * it has come meanwhile. The token is made, kept
 * as a hash and handed over within one step: it is in no checkpoint.
 * @throws ExternalCallError by `code`: timed out, silent, failed, or answered something else
 * @example const receipt = await awaitExternal(ctx, "ship-order", { timeout: { days: 2 }, schema: Receipt, submit });
 */
export async function awaitExternal<Schema extends z.ZodType>(
  ctx: DurableContext,
  name: string,
  request: ExternalRequest<Schema>,
): Promise<z.output<Schema>> {
  const { timeout, heartbeat, schema, submit, desk = deskFromEnvironment() } = request;
  const { durableExecutionArn: executionArn } = ctx.executionContext;
  const execution = parseExecutionArn(executionArn)?.name ?? "unnamed";
  const [answer, callbackId] = await ctx.createCallback(reviewName.parse(name), {
    timeout,
    ...(heartbeat && { heartbeatTimeout: heartbeat }),
  });
  const before = await step(ctx, `call ${name}`, async (signal) => {
    const { token, hash } = mintToken(execution, name);
    const openedAt = new Date().toISOString();
    const answerableUntil = new Date(Date.now() + millisecondsOf(timeout)).toISOString();
    const call = {
      execution,
      executionArn,
      name,
      callbackId,
      schema: jsonSchemaOf(schema),
      hashes: [],
      openedAt,
      answerableUntil,
    };
    const { answer: known } = await desk.calls.open({ ...call, status: "open" }, hash);
    if (known) return known;
    await submit({ url: `${desk.baseUrl}/callbacks/${token}`, idempotencyKey: `${execution}.${name}`, signal });
    return null;
  });
  if (before?.kind === "failure") throw new ExternalCallError("EXTERNAL_FAILED", name, before.message);
  const parsed = schema.safeParse(JSON.parse(before ? before.body : await answered(answer, name)));
  if (!parsed.success) throw new ExternalCallError("EXTERNAL_ANSWER_INVALID", name);
  return parsed.data;
}

async function answered(answer: PromiseLike<string>, name: string): Promise<string> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === "CallbackTimeoutError") {
      throw new ExternalCallError(/heartbeat/i.test(error.message) ? "EXTERNAL_SILENT" : "EXTERNAL_TIMED_OUT", name);
    }
    if (error.name === "CallbackExternalError") throw new ExternalCallError("EXTERNAL_FAILED", name, error.message);
    throw error;
  }
}

/** What comes in is what the schema takes, before it transforms. */
const jsonSchemaOf = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { io: "input" }) as Record<string, z.core.util.JSONType>;

function millisecondsOf(duration: Duration): number {
  const { days = 0, hours = 0, minutes = 0, seconds = 0 } = duration as Record<string, number | undefined>;
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
}

function deskFromEnvironment() {
  const environment = readEnvironment({ LONGHAUL_REVIEWS_TABLE: z.string().min(3), LONGHAUL_CONSOLE_URL: z.url() });
  return {
    calls: createExternalCalls(createTable(environment.LONGHAUL_REVIEWS_TABLE)),
    baseUrl: environment.LONGHAUL_CONSOLE_URL,
  };
}
