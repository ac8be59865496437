import { z } from "zod";
import { type Item, logger } from "#platform";
import type { Chain } from "../chain/chain.ts";
import { digestOf } from "../digest.ts";
import type { Problem } from "../problem.ts";
import { only, sweepAll } from "../sweeping.ts";
import { callbacksOf, type ExternalAnswer, type ExternalCall, isExternalCall, toCall } from "./call.ts";
import type { ExternalCalls } from "./calls.ts";
import { BODY_LIMIT, refusals } from "./refusals.ts";
import { matches, parseToken } from "./token.ts";

export const CallbackAction = z.enum(["success", "failure", "heartbeat"]);
export type CallbackAction = z.infer<typeof CallbackAction>;

/** 204: taken. Else a problem, with its status. */
export type CallbackReply = { status: 204 } | { status: number; problem: Problem };

/** How answers reach the sleeping execution; each is false where nothing waits any more. */
export interface CallbackSenders {
  succeed: (callbackId: string, body: unknown) => Promise<boolean>;
  fail: (callbackId: string, failure: { code: string; message: string }) => Promise<boolean>;
  heartbeat: (callbackId: string) => Promise<boolean>;
  wasAnswered?: (executionArn: string, callbackId: string) => Promise<boolean>;
}

export interface CallbackReceiver {
  /**
   * Takes what an outside system says: `POST /callbacks/{token}/success`, `/failure` or `/heartbeat`. A success or failure is
   * recorded by one conditional write before it is sent on, so that there is one answer, and a crash loses none.
   */
  receive(token: string, action: CallbackAction, body?: Uint8Array | string): Promise<CallbackReply>;
  /** Makes a call's tokens worthless; false where it had been answered or revoked. */
  revoke(execution: string, name: string): Promise<boolean>;
  /** Sends on what a crash left behind; answers how many. */
  sweep(): Promise<number>;
}

const Failure = z.strictObject({ code: z.string().min(1).max(100), message: z.string().max(2_000) });
/** Compared with where there is no call, so that this takes as long as a wrong secret. */
const NO_HASH = "0".repeat(64);

export function createCallbackReceiver(options: {
  calls: ExternalCalls;
  chain: Chain;
  /** The table's outbox, as the reviews' store gives it. */
  outbox: () => AsyncIterable<readonly Item[]>;
  senders: CallbackSenders;
  now?: () => number;
}): CallbackReceiver {
  const { calls, chain, senders, now = Date.now } = options;

  const send = (callbackId: string, answer: ExternalAnswer) =>
    answer.kind === "success"
      ? senders.succeed(callbackId, JSON.parse(answer.body))
      : senders.fail(callbackId, { code: answer.code, message: answer.message });

  /** False where nothing waited. Repeated, it does no harm. */
  const deliver = async (call: ExternalCall): Promise<boolean> => {
    const { execution, name, answer, answeredAt = "" } = call;
    if (!answer || !call.owed) return call.delivered ?? false;
    let taken = false;
    for (const callbackId of callbacksOf(call)) {
      const isTaken =
        (await send(callbackId, answer)) || ((await senders.wasAnswered?.(call.executionArn, callbackId)) ?? false);
      taken ||= isTaken;
    }
    await chain.append(execution, {
      source: `external#${name}`,
      act: "called-back",
      at: answeredAt,
      details: { call: name, kind: answer.kind, delivered: taken },
      // Beside the chain, under its salt: what is short could be guessed from a digest that cannot be erased.
      personal: { by: "outside system", words: `SHA-256 of the answer: ${call.digest ?? ""}` },
    });
    await calls.delivered(call, taken);
    return taken;
  };

  const refuse = (problem: Problem): CallbackReply => ({ status: problem.status, problem });

  const authenticate = async (token: string): Promise<ExternalCall | undefined> => {
    const parsed = parseToken(token);
    const call = parsed && (await calls.find(parsed.execution, parsed.name));
    return parsed && matches(parsed.secret, call?.hashes ?? [NO_HASH]) ? call : undefined;
  };

  return {
    async receive(token, action, body = "") {
      const call = await authenticate(token);
      if (!call) return refuse(refusals.unknown());
      // Only who holds the token is counted: nobody else can use up its owner's requests.
      if (!(await calls.admit(call, now()))) return refuse(refusals.tooMany());
      const bytes = typeof body === "string" ? Buffer.from(body) : Buffer.from(body);
      if (bytes.byteLength > BODY_LIMIT) return refuse(refusals.tooLarge(bytes.byteLength));
      if (call.status === "revoked") return refuse(refusals.revoked());

      if (action === "heartbeat") {
        if (call.status === "answered") return refuse(alreadyAnswered(call));
        if (isOver(call, now())) return refuse(refusals.expired(call.answerableUntil ?? ""));
        const beats = await Promise.all(callbacksOf(call).map((callbackId) => senders.heartbeat(callbackId)));
        return beats.includes(true) ? { status: 204 } : refuse(refusals.closed());
      }
      const read = action === "success" ? readSuccess(bytes, call) : readFailure(bytes);
      if ("problem" in read) return refuse(read.problem);
      if (call.status === "answered") return refuse(alreadyAnswered(call, read.answer));
      if (isOver(call, now())) return refuse(refusals.expired(call.answerableUntil ?? ""));

      const settled = await calls.settle(call, read.answer, new Date(now()).toISOString());
      if (!settled) {
        const current = (await calls.find(call.execution, call.name)) ?? call;
        return refuse(current.status === "revoked" ? refusals.revoked() : alreadyAnswered(current, read.answer));
      }
      try {
        return (await deliver(settled)) ? { status: 204 } : refuse(refusals.closed());
      } catch (error) {
        // It is recorded: the sweeper sends it on.
        logger.warn("An outside answer waits for the sweeper", {
          error: error instanceof Error ? error.name : "unknown",
        });
        return { status: 204 };
      }
    },

    revoke: async (execution, name) => (await calls.revoke({ execution, name })) !== undefined,

    sweep: () => sweepAll(only(options.outbox(), isExternalCall), (item) => deliver(toCall(item))),
  };
}

const isOver = ({ answerableUntil }: ExternalCall, now: number) =>
  answerableUntil !== undefined && now >= Date.parse(answerableUntil);

/** An answer that nothing waited for was none. */
const alreadyAnswered = ({ answeredAt = "", digest, delivered }: ExternalCall, answer?: ExternalAnswer) =>
  delivered === false
    ? refusals.closed()
    : refusals.answered(answeredAt, answer !== undefined && digest === digestOf(answer));

type Read = { answer: ExternalAnswer } | { problem: Problem };

function parseJson(bytes: Buffer): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) };
  } catch {
    return undefined;
  }
}

function readSuccess(bytes: Buffer, { schema }: ExternalCall): Read {
  const parsed = parseJson(bytes);
  if (!parsed) return { problem: refusals.notJson() };
  const result = z.fromJSONSchema(schema as z.core.JSONSchema.JSONSchema).safeParse(parsed.value);
  if (!result.success) return { problem: refusals.invalid(z.prettifyError(result.error)) };
  return { answer: { kind: "success", body: JSON.stringify(parsed.value) } };
}

function readFailure(bytes: Buffer): Read {
  const parsed = parseJson(bytes);
  if (!parsed) return { problem: refusals.notJson() };
  const result = Failure.safeParse(parsed.value);
  if (!result.success) return { problem: refusals.invalid(z.prettifyError(result.error)) };
  return { answer: { kind: "failure", ...result.data } };
}
