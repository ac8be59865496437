import { createInterface } from "node:readline";
import { Worker } from "node:worker_threads";
import type { DurableTransport, FunctionVersion, Invocation, InvocationEnd } from "../core/ports.ts";
import { WireError } from "../core/wire-error.ts";
import { describeError } from "./describe-error.ts";
import type { FromWorker, ToWorker, WorkerContext, WorkerData } from "./messages.ts";

export interface Sandbox {
  /** Runs one invocation; never rejects. After `exit` and `timeout` the sandbox is gone. */
  run(invocation: Invocation, context: WorkerContext): Promise<InvocationEnd>;
  readonly alive: boolean;
  stop(): Promise<void>;
}

/** A warm worker thread with a function's bundle: one invocation at a time, as in Lambda. `log` gets each line that it prints. */
export function createSandbox(
  target: FunctionVersion,
  {
    environment,
    clock,
    log,
  }: { environment: Record<string, string>; clock: SharedArrayBuffer; log: (line: string) => void },
): Sandbox {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    env: environment,
    workerData: { folder: target.folder, handler: target.handler, clock } satisfies WorkerData,
    resourceLimits: { maxOldGenerationSizeMb: target.memoryMb },
    stdout: true,
    stderr: true,
  });
  for (const stream of [worker.stdout, worker.stderr]) createInterface({ input: stream }).on("line", log);
  let alive = true;
  let finish: ((end: InvocationEnd) => void) | undefined;
  let transport: DurableTransport | undefined;
  let fatal: unknown;
  const post = (message: ToWorker) => worker.postMessage(message);

  worker.on("message", (message: FromWorker) => {
    if (message.type === "call") void answer(message);
    else if (message.type === "end")
      finish?.(
        message.error
          ? { kind: "error", error: message.error }
          : { kind: "answer", payload: message.payload ?? "null" },
      );
  });
  worker.on("error", (error) => {
    fatal = error;
  });
  worker.on("exit", (code) => {
    alive = false;
    const reason = fatal === undefined ? `exit status ${code}` : describeError(fatal).ErrorMessage;
    finish?.({
      kind: "exit",
      error: { ErrorType: "Runtime.ExitError", ErrorMessage: `Error: Runtime exited with error: ${reason}` },
    });
  });

  async function answer({ call, method, request }: Extract<FromWorker, { type: "call" }>) {
    try {
      if (!transport) throw new WireError("InvalidParameterValueException", 400, "Invalid Checkpoint Token");
      const value = await transport[method](request as Parameters<DurableTransport["checkpoint"]>[0]);
      post({ type: "reply", call, value });
    } catch (error) {
      const { type, status, message } =
        error instanceof WireError ? error : new WireError("ServiceException", 500, "The local engine failed.");
      post({ type: "reply", call, error: { type, status, message } });
    }
  }

  return {
    get alive() {
      return alive;
    },
    run(invocation, context) {
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          const seconds = target.timeoutSeconds.toFixed(2);
          finish?.({
            kind: "timeout",
            error: {
              ErrorType: "Sandbox.Timedout",
              ErrorMessage: `RequestId: ${invocation.requestId} Error: Task timed out after ${seconds} seconds`,
            },
          });
          alive = false;
          void worker.terminate();
        }, context.deadline - Date.now());
        finish = (end) => {
          clearTimeout(timer);
          finish = undefined;
          transport = undefined;
          resolve(end);
        };
        transport = invocation.durable?.transport;
        if (alive)
          post({ type: "invoke", event: invocation.event, context, isDurable: invocation.durable !== undefined });
        else
          finish({
            kind: "exit",
            error: { ErrorType: "Runtime.ExitError", ErrorMessage: "Error: Runtime exited before the invocation" },
          });
      });
    },
    async stop() {
      alive = false;
      await worker.terminate();
    },
  };
}
