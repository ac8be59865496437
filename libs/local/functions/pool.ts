import { randomUUID } from "node:crypto";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Clock } from "../core/clock.ts";
import type { Faults } from "../core/faults.ts";
import type { FunctionVersion, Invocation, InvocationEnd } from "../core/ports.ts";
import { environmentOf, logGroup } from "./environment.ts";
import type { Logs } from "./logs.ts";
import { createRoom } from "./room.ts";
import { createSandbox, type Sandbox } from "./sandbox.ts";

/** How long an idle worker is kept: the last of its version, and those beyond that. */
const IDLE_MS = 5 * 60_000;
const SURPLUS_MS = 3_000;

/** What an invocation may answer: 6 MB, and a little for what is around it. */
const MOST_ANSWER_BYTES = 6 * 1024 * 1024 + 100;

interface Warm {
  key: string;
  sandbox: Sandbox;
  stream: string;
  usedAt: number;
  /** Who runs in it, for the lines that it prints. */
  current: Invocation | undefined;
}

export type Pool = ReturnType<typeof createPool>;

/** Most idle workers that are kept. */
const MOST_IDLE = Math.max(4, 2 * availableParallelism());

/** Warm processes by version. Whoever finds no room waits in line. */
export function createPool({
  folder,
  region,
  account,
  endpoint,
  logs,
  clock,
  faults,
}: {
  folder: string;
  region: string;
  account: string;
  endpoint: () => string;
  logs: Logs;
  clock: Pick<Clock, "now" | "state" | "moved">;
  faults?: Faults | undefined;
}) {
  const room = createRoom();
  const idle: Warm[] = [];
  const busy = new Set<Warm>();
  let closed = false;
  // What a version is, to a worker: its code and its environment. `$LATEST` may change; a number never does.
  const keys = new WeakMap<FunctionVersion, string>();
  const keyOf = (target: FunctionVersion) => {
    const { name, version, folder: code, environment, memoryMb } = target;
    const key = keys.get(target) ?? JSON.stringify([name, version, code, environment, memoryMb, endpoint()]);
    keys.set(target, key);
    return key;
  };

  const sweeping = setInterval(() => {
    const kept = new Set<string>();
    for (const warm of idle.toReversed()) {
      const idleMs = Date.now() - warm.usedAt;
      if (idleMs > (kept.has(warm.key) ? SURPLUS_MS : IDLE_MS)) discard(warm);
      kept.add(warm.key);
    }
  }, 1_000).unref();
  const discard = (warm: Warm) => {
    idle.splice(idle.indexOf(warm), 1);
    void warm.sandbox.stop();
  };

  const make = (target: FunctionVersion, key: string): Warm => {
    const stream = `${new Date(clock.now()).toISOString().slice(0, 10).replaceAll("-", "/")}/[${target.version}]${randomUUID().replaceAll("-", "")}`;
    const environment = environmentOf(target, { region, endpoint: endpoint(), stream });
    const sandbox = createSandbox(target, {
      environment,
      compiled: join(folder, "compiled"),
      clock,
      faults,
      log: (message) =>
        logs.add({
          group: logGroup(target.name),
          stream,
          requestId: warm.current?.requestId,
          executionArn: warm.current?.durable?.executionArn,
          message,
        }),
    });
    const warm: Warm = { key, sandbox, stream, usedAt: Date.now(), current: undefined };
    return warm;
  };
  const take = (target: FunctionVersion): Warm => {
    const key = keyOf(target);
    const at = idle.findLastIndex((warm) => warm.key === key && warm.sandbox.alive);
    const [warm] = at >= 0 ? idle.splice(at, 1) : [];
    if (warm) return warm;
    const oldest = idle[0];
    if (oldest && idle.length >= MOST_IDLE) discard(oldest);
    return make(target, key);
  };
  const acquire = async (target: FunctionVersion, { isAwaited }: Invocation): Promise<Warm> => {
    if (isAwaited) room.enterAtOnce();
    else await room.enter();
    const warm = take(target);
    busy.add(warm);
    return warm;
  };
  const release = (warm: Warm) => {
    busy.delete(warm);
    warm.current = undefined;
    warm.usedAt = Date.now();
    if (warm.sandbox.alive && !closed) idle.push(warm);
    room.leave();
  };

  return {
    async invoke(target: FunctionVersion, invocation: Invocation): Promise<InvocationEnd> {
      const warm = await acquire(target, invocation);
      const { requestId, tenantId, durable } = invocation;
      warm.current = invocation;
      const group = logGroup(target.name);
      const write = (message: string) =>
        logs.add({ group, stream: warm.stream, requestId, executionArn: durable?.executionArn, message });
      write(
        `START RequestId: ${requestId} Version: ${target.version}${durable ? ` DurableExecutionArn: ${durable.executionArn}` : ""}`,
      );
      const started = performance.now();
      try {
        const end = await warm.sandbox.run(invocation, {
          functionName: target.name,
          functionVersion: target.version,
          invokedFunctionArn: `arn:aws:lambda:${region}:${account}:function:${target.name}:${target.version}`,
          awsRequestId: requestId,
          memoryLimitInMB: String(target.memoryMb),
          logGroupName: group,
          logStreamName: warm.stream,
          deadline: Date.now() + target.timeoutSeconds * 1_000,
          ...(tenantId && { tenantId }),
        });
        if (end.kind === "answer" && Buffer.byteLength(end.payload) > MOST_ANSWER_BYTES) return tooLarge(end.payload);
        if (end.kind !== "answer") write(`ERROR ${end.error.ErrorType}: ${end.error.ErrorMessage}`);
        return end;
      } finally {
        write(`END RequestId: ${requestId}`);
        write(
          `REPORT RequestId: ${requestId} Duration: ${(performance.now() - started).toFixed(2)} ms Memory Size: ${target.memoryMb} MB`,
        );
        release(warm);
      }
    },
    /** Lets what runs come to its end for a while, then ends it: to the engine that is a lost invocation. */
    async close(patienceMs = 3_000) {
      const until = Date.now() + patienceMs;
      while (busy.size > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
      closed = true;
      clearInterval(sweeping);
      // Who waits in line is not answered: to the engine that is a lost invocation, too.
      room.close();
      await Promise.all([...busy, ...idle].map(({ sandbox }) => sandbox.stop()));
    },
  };
}

function tooLarge(payload: string): InvocationEnd {
  const ErrorMessage = `Response payload size (${Buffer.byteLength(payload)} bytes) exceeded maximum allowed payload size (${MOST_ANSWER_BYTES} bytes).`;
  return { kind: "error", error: { ErrorType: "Function.ResponseSizeTooLarge", ErrorMessage } };
}
