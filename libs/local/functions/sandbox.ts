import { once } from "node:events";
import type { Socket } from "node:net";
import type { Clock } from "../core/clock.ts";
import { type Faults, withFaults } from "../core/faults.ts";
import type { DurableTransport, FunctionVersion, Invocation, InvocationEnd } from "../core/ports.ts";
import { WireError } from "../core/wire-error.ts";
import { eachLine } from "./lines.ts";
import { END_OF_OUTPUT, type FromRuntime, type RuntimeContext, type ToRuntime } from "./messages.ts";
import { spawnRuntime } from "./spawn.ts";

export interface Sandbox {
  /** Runs one invocation; never rejects. After `exit` and `timeout` the sandbox is gone. */
  run(invocation: Invocation, context: RuntimeContext): Promise<InvocationEnd>;
  readonly alive: boolean;
  stop(): Promise<void>;
}

export interface SandboxOptions {
  environment: Record<string, string>;
  /** Where Node keeps what it has compiled. */
  compiled: string;
  clock: Pick<Clock, "state" | "moved">;
  /** Gets each line that the function prints. */
  log: (line: string) => void;
  faults?: Faults | undefined;
}

/** A warm process with a function's bundle: one invocation at a time, as in Lambda. What it does to itself ends it alone. */
export function createSandbox(target: FunctionVersion, options: SandboxOptions): Sandbox {
  const { clock, log, faults } = options;
  const child = spawnRuntime(target, options);
  const channel = child.stdio[3] as Socket;
  let alive = true;
  let fatal: string | undefined;
  let transport: DurableTransport | undefined;
  let finish: ((end: InvocationEnd) => void) | undefined;
  /** The end of the invocation under way, which waits for the last of what it printed. */
  let printing: InvocationEnd | undefined;
  /** Accepted in the invocation under way. */
  let checkpoints = 0;
  const post = (message: ToRuntime) => {
    if (alive) channel.write(`${JSON.stringify(message)}\n`);
  };

  const forget = clock.moved((state) => post({ type: "clock", clock: state }));
  channel.on("error", () => undefined);
  eachLine(channel, (line) => hear(JSON.parse(line) as FromRuntime));
  eachLine(child.stdout, print);
  eachLine(child.stderr, print);
  child.once("error", (error) => {
    fatal = error.message;
  });
  child.once("close", (code, signal) => {
    alive = false;
    forget();
    const reason = fatal ?? (signal ? `signal: ${signal}` : `exit status ${code}`);
    finish?.(exit(`Runtime exited with error: ${reason}`));
  });
  post({ type: "init", folder: target.folder, handler: target.handler, clock: clock.state() });

  function print(line: string) {
    if (line !== END_OF_OUTPUT) {
      if (line !== "") log(line);
    } else if (printing) finish?.(printing);
    else printedEarly = true;
  }
  /** The last of the output has come before the answer. */
  let printedEarly = false;

  function hear(message: FromRuntime) {
    if (message.type === "call") void answer(message);
    else if (message.type === "fatal") fatal = message.error.ErrorMessage;
    else {
      const { error, payload = "null", hasPrinted } = message;
      const end: InvocationEnd = error ? { kind: "error", error } : { kind: "answer", payload };
      if (!hasPrinted || printedEarly) finish?.(end);
      else printing = end;
    }
  }

  /** @throws WireError; an answer that a fault keeps is left out */
  async function carryOut(method: keyof DurableTransport, request: Parameters<DurableTransport["checkpoint"]>[0]) {
    if (!transport) throw new WireError("InvalidParameterValueException", 400, "Invalid Checkpoint Token");
    const value = await transport[method](request);
    if (method !== "checkpoint" || !faults) return value;
    checkpoints += 1;
    if (faults.killWorker?.({ executionArn: request.DurableExecutionArn, count: checkpoints })) child.kill("SIGKILL");
    return value;
  }

  async function answer({ call, method, request }: Extract<FromRuntime, { type: "call" }>) {
    try {
      const given = request as Parameters<DurableTransport["checkpoint"]>[0];
      const work = () => carryOut(method, given);
      const value = faults ? await withFaults(faults, asRequest(method, given), work) : await work();
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
          const ErrorMessage = `RequestId: ${invocation.requestId} Error: Task timed out after ${seconds} seconds`;
          alive = false;
          child.kill("SIGKILL");
          finish?.({ kind: "timeout", error: { ErrorType: "Sandbox.Timedout", ErrorMessage } });
        }, context.deadline - Date.now());
        finish = (end) => {
          clearTimeout(timer);
          finish = undefined;
          transport = undefined;
          printing = undefined;
          printedEarly = false;
          resolve(end);
        };
        transport = invocation.durable?.transport;
        checkpoints = 0;
        if (!alive) return finish(exit("Runtime exited before the invocation"));
        post({ type: "invoke", event: invocation.event, context, isDurable: invocation.durable !== undefined });
      });
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      alive = false;
      child.kill("SIGKILL");
      await gone;
    },
  };
}

/** A call on the worker's own road, as the request that it stands for. */
const asRequest = (method: keyof DurableTransport, { DurableExecutionArn }: { DurableExecutionArn: string }) => ({
  service: "lambda",
  road: "socket" as const,
  method: method === "checkpoint" ? "POST" : "GET",
  path: `/2025-12-01/durable-executions/${encodeURIComponent(DurableExecutionArn)}/${method === "checkpoint" ? method : "state"}`,
});

const exit = (reason: string): InvocationEnd => ({
  kind: "exit",
  error: { ErrorType: "Runtime.ExitError", ErrorMessage: `Error: ${reason}` },
});
