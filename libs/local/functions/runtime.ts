import { existsSync, writeSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { Socket } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ClockState } from "../core/clock.ts";
import { moveDate, realNow } from "../core/moved-date.ts";
import { describeError } from "./describe-error.ts";
import { eachLine } from "./lines.ts";
import { END_OF_OUTPUT, type FromRuntime, type RemoteError, type RuntimeContext, type ToRuntime } from "./messages.ts";
import { writeAsLambda } from "./runtime-console.ts";

// Lambda's runtime, in a process of its own: loads the bundle once, runs one invocation at a time.
type Handler = (event: unknown, context: object) => Promise<unknown>;

const CHANNEL = 3;
const channel = new Socket({ fd: CHANNEL });
const tell = (message: FromRuntime) => channel.write(`${JSON.stringify(message)}\n`);
const calls = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
let lastCall = 0;
let clock: ClockState = { offset: 0 };
let loading: Promise<Handler> | undefined;

// How this process was started is not the function's to see.
delete process.env.NODE_COMPILE_CACHE;
moveDate(() => clock.standsAt ?? realNow() + clock.offset);
const output = writeAsLambda();

/** An error of the API as the AWS SDK raises it, so that the durable SDK judges it as it would in Lambda. */
function awsError({ type, status, message }: RemoteError): Error {
  const fault = status < 500 ? "client" : "server";
  return Object.assign(new Error(message), { name: type, $fault: fault, $metadata: { httpStatusCode: status } });
}

const ask = (method: "checkpoint" | "getExecutionState") => (request: unknown) =>
  new Promise<unknown>((resolve, reject) => {
    lastCall += 1;
    calls.set(lastCall, { resolve, reject });
    tell({ type: "call", call: lastCall, method, request });
  });

/**
 * The durable SDK takes a transport that comes with the event, known by its class's name: checkpoints go to the engine by
 * message in place of HTTP, and the function's code stays as it is.
 */
class DurableExecutionInvocationInputWithClient {
  durableExecutionClient = { checkpoint: ask("checkpoint"), getExecutionState: ask("getExecutionState") };
  constructor(event: object) {
    Object.assign(this, event);
  }
  get [Symbol.toStringTag]() {
    return "DurableExecutionInvocationInputWithClient";
  }
}

async function load(folder: string, name: string): Promise<Handler> {
  const dot = name.lastIndexOf(".");
  const [file, exported] = [name.slice(0, dot), name.slice(dot + 1)];
  const path = ["mjs", "js", "cjs"]
    .map((ending) => join(folder, `${file}.${ending}`))
    .find((candidate) => existsSync(candidate));
  if (!path) throw Object.assign(new Error(`Cannot find module '${file}'`), { name: "Runtime.ImportModuleError" });
  const loaded = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  const found = loaded[exported] ?? (loaded.default as Record<string, unknown> | undefined)?.[exported];
  if (typeof found !== "function")
    throw Object.assign(new Error(`${name} is undefined or not exported`), { name: "Runtime.HandlerNotFound" });
  return found as Handler;
}

async function invoke(event: unknown, context: RuntimeContext, isDurable: boolean) {
  output.begin(context.awsRequestId);
  const end = await run(event, context, isDurable);
  tell({ type: "end", ...end, hasPrinted: output.end(END_OF_OUTPUT) });
  keepCompiled();
}

let isCompiledKept = false;
/** Once, when the first invocation has loaded what it needs: a process that is killed later keeps nothing by itself. */
function keepCompiled() {
  if (!isCompiledKept) setImmediate(flushCompileCache);
  isCompiledKept = true;
}

async function run(event: unknown, context: RuntimeContext, isDurable: boolean) {
  try {
    const handler = await loading;
    const input = isDurable ? new DurableExecutionInvocationInputWithClient(event as object) : event;
    const { deadline, ...rest } = context;
    const result = await handler?.(input, {
      ...rest,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, deadline - realNow()),
    });
    return { payload: JSON.stringify(result) ?? "null" };
  } catch (error) {
    return { error: describeError(error) };
  }
}

function hear(message: ToRuntime) {
  switch (message.type) {
    case "init":
      clock = message.clock;
      loading = load(message.folder, message.handler);
      // An invocation that waits for it reports the failure; without one there is nobody to tell.
      loading.catch(() => undefined);
      return;
    case "clock":
      clock = message.clock;
      return;
    case "invoke":
      void invoke(message.event, message.context, message.isDurable);
      return;
    case "reply": {
      const call = calls.get(message.call);
      calls.delete(message.call);
      if (message.error) call?.reject(awsError(message.error));
      else call?.resolve(message.value);
    }
  }
}

function die(error: unknown) {
  const message: FromRuntime = { type: "fatal", error: describeError(error) };
  try {
    console.error(error);
    // At once: what a socket has in its queue is lost when the process ends.
    writeSync(CHANNEL, `${JSON.stringify(message)}\n`);
  } finally {
    process.exit(1);
  }
}

eachLine(channel, (line) => hear(JSON.parse(line) as ToRuntime));
// The local cloud is gone: nobody waits for what runs here.
channel.on("close", () => process.exit(0));
channel.on("error", () => process.exit(0));
process.on("uncaughtException", die);
process.on("unhandledRejection", die);
