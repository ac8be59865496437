import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { moveDate, realNow, sharedNow } from "../core/moved-date.ts";
import { describeError } from "./describe-error.ts";
import type { FromWorker, RemoteError, ToWorker, WorkerContext, WorkerData } from "./messages.ts";

// Lambda's runtime in a thread: loads the bundle once, runs one invocation at a time.
type Handler = (event: unknown, context: object) => Promise<unknown>;

const { folder, handler: name, clock } = workerData as WorkerData;
moveDate(sharedNow(clock));
const tell = (message: FromWorker) => parentPort?.postMessage(message);
const calls = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
let lastCall = 0;

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

async function load(): Promise<Handler> {
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

const loading = load();
// An invocation that waits for it reports the failure; without one there is nobody to tell.
loading.catch(() => undefined);

async function invoke(event: unknown, context: WorkerContext, isDurable: boolean) {
  try {
    const run = await loading;
    const input = isDurable ? new DurableExecutionInvocationInputWithClient(event as object) : event;
    const { deadline, ...rest } = context;
    const result = await run(input, {
      ...rest,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, deadline - realNow()),
    });
    tell({ type: "end", payload: JSON.stringify(result) ?? "null" });
  } catch (error) {
    tell({ type: "end", error: describeError(error) });
  }
}

parentPort?.on("message", (message: ToWorker) => {
  if (message.type === "invoke") {
    void invoke(message.event, message.context, message.isDurable);
    return;
  }
  const call = calls.get(message.call);
  calls.delete(message.call);
  if (message.error) call?.reject(awsError(message.error));
  else call?.resolve(message.value);
});
tell({ type: "ready" });
