import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type DurableContext,
  DurableExecutionInvocationInputWithClient,
  type DurableLambdaHandler,
  withDurableExecution,
} from "@aws/durable-execution-sdk-js";
import { type Clock, createClock } from "../core/clock.ts";
import type { FunctionPort, FunctionVersion, Invocation, InvocationEnd } from "../core/ports.ts";
import type { ServiceRequest } from "../core/service.ts";
import { openStore, type Store } from "../core/store.ts";
import { WireError } from "../core/wire-error.ts";
import { createEngine, type Engine } from "./index.ts";

/** A handler as a workflow's author writes it, or one that plays the invocation by hand. */
export type TestFunction =
  | { durable: (input: never, context: DurableContext) => Promise<unknown> }
  /** A workflow's handler as it ships, by `defineWorkflow`. */
  | { handler: DurableLambdaHandler }
  | { byHand: (invocation: Invocation) => Promise<InvocationEnd> }
  | { plain: (event: never, invocation: Invocation) => unknown };

export interface TestEngine {
  engine: Engine;
  clock: Clock;
  store: Store;
  /** Starts an execution of the function and answers its ARN. */
  start(name: string, options?: { input?: unknown; name?: string; synchronous?: boolean }): Promise<string>;
  /** One request to the API, as JSON. */
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }>;
  history(arn: string): Promise<Record<string, unknown>[]>;
  types(arn: string): Promise<unknown[]>;
  describe(arn: string): Promise<Record<string, unknown>>;
  /** What was sent to queues and to the event bus. */
  sent: { queue: string; body: string; attributes: Record<string, string> }[];
  events: { status: string; arn: string }[];
  /** The data folder as a kill at this moment would leave it. */
  kill(): Promise<string>;
  close(): Promise<void>;
}

const folders: string[] = [];
const engines: TestEngine[] = [];

/** An engine on a folder (a new one, or one that a kill left), whose handlers run in this process through the real SDK. */
export async function testEngine(
  functions: Record<string, TestFunction>,
  options: {
    folder?: string;
    offset?: number;
    /** Time stands still here until it is moved: nothing rings by itself. */
    standsAt?: number;
    version?: Partial<FunctionVersion>;
    /** Of one function alone. */
    versions?: Record<string, Partial<FunctionVersion>>;
  } = {},
): Promise<TestEngine> {
  const folder = options.folder ?? (await newFolder());
  const store = openStore(folder);
  const { offset = 0, standsAt } = options;
  const clock = createClock({ offset, ...(standsAt !== undefined && { standsAt }) });
  const sent: TestEngine["sent"] = [];
  const events: TestEngine["events"] = [];
  const versionFor = (name: string) =>
    versionOf(name, functions[name], { ...options.version, ...options.versions?.[name] });
  const engine = createEngine({
    store,
    clock,
    functions: functionPort(functions, versionFor),
    queues: {
      async send(queue, { body, attributes = {} }) {
        sent.push({ queue, body, attributes });
        return "id";
      },
    },
    events: {
      put({ detail, resources = [] }) {
        events.push({ status: String((detail as { status: string }).status), arn: String(resources[0]) });
      },
    },
    region: "eu-west-1",
    account: "000000000000",
  });
  const call: TestEngine["call"] = async (method, path, body) => {
    const [bare = "", search] = path.split("?");
    const bytes = body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body));
    const query = new URLSearchParams(search);
    const request: ServiceRequest = { method, path: `/2025-12-01/${bare}`, query, headers: {}, body: bytes };
    const answer = await engine.handle(request);
    return { status: answer?.status ?? 0, body: JSON.parse(String(answer?.body ?? "{}")) };
  };
  const path = (arn: string) => `durable-executions/${encodeURIComponent(arn)}`;
  const history = async (arn: string) =>
    (await call("GET", `${path(arn)}/history?MaxItems=1000`)).body.Events as Record<string, unknown>[];

  const made: TestEngine = {
    engine,
    clock,
    store,
    sent,
    events,
    call,
    history,
    async start(name, { input = {}, name: executionName, synchronous = false } = {}) {
      const target = versionFor(name);
      const request = { input: JSON.stringify(input), asynchronous: !synchronous };
      return (await engine.start(target, { ...request, ...(executionName && { name: executionName }) })).arn;
    },
    types: async (arn) => (await history(arn)).map(({ EventType }) => EventType),
    describe: async (arn) => (await call("GET", path(arn))).body,
    async kill() {
      const copy = await newFolder();
      await cp(folder, copy, { recursive: true });
      return copy;
    },
    async close() {
      engines.splice(engines.indexOf(made), 1);
      await engine.close();
      clock.close();
      await store.close();
    },
  };
  engines.push(made);
  return made;
}

/** For `afterEach`: nothing is left behind. */
export async function cleanUp() {
  for (const one of [...engines]) await one.close();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
}

async function newFolder() {
  const folder = await mkdtemp(join(tmpdir(), "longhaul-engine-"));
  folders.push(folder);
  return folder;
}

function versionOf(
  name: string,
  made: TestFunction | undefined,
  extra: Partial<FunctionVersion> = {},
): FunctionVersion {
  return {
    name,
    version: "1",
    folder: "",
    handler: "index.handler",
    environment: {},
    timeoutSeconds: 10,
    memoryMb: 128,
    ...(made && !("plain" in made) && { durable: { executionTimeoutSeconds: 30 * 86_400, retentionDays: 7 } }),
    ...extra,
  };
}

function functionPort(
  functions: Record<string, TestFunction>,
  versionFor: (name: string) => FunctionVersion,
): FunctionPort {
  return {
    resolve: (name) => (functions[name] ? versionFor(name) : undefined),
    async invoke({ name }, invocation) {
      const made = functions[name];
      try {
        if (!made) throw new Error(`There is no function ${name}.`);
        if ("byHand" in made) return await made.byHand(invocation);
        const answer =
          "plain" in made ? await made.plain(invocation.event as never, invocation) : await run(made, invocation);
        return { kind: "answer", payload: JSON.stringify(answer) ?? "null" };
      } catch (error) {
        return { kind: "error", error: { ErrorType: "Error", ErrorMessage: String(error) } };
      }
    },
  };
}

type Durable = Extract<TestFunction, { durable: unknown } | { handler: unknown }>;

function run(made: Durable, { requestId, event, durable: way }: Invocation) {
  const ask = (method: "checkpoint" | "getExecutionState") => (request: unknown) =>
    way?.transport[method](request as never).catch((error: unknown) => {
      if (!(error instanceof WireError)) throw error;
      const { type: errorName, status, message } = error;
      throw Object.assign(new Error(message), { name: errorName, $metadata: { httpStatusCode: status } });
    });
  const client = { checkpoint: ask("checkpoint"), getExecutionState: ask("getExecutionState") };
  type Arguments = ConstructorParameters<typeof DurableExecutionInvocationInputWithClient>;
  const input = new DurableExecutionInvocationInputWithClient(event as Arguments[0], client as unknown as Arguments[1]);
  const handler =
    "handler" in made
      ? made.handler
      : withDurableExecution(made.durable as (input: unknown, context: DurableContext) => Promise<unknown>);
  const context = { awsRequestId: requestId, getRemainingTimeInMillis: () => 10_000 };
  return handler(input, context as unknown as Parameters<typeof handler>[1]);
}

/** Asks at each turn of the event loop until the answer is there: for what happens by itself. */
export async function eventually<T>(ask: () => Promise<T | undefined | false>): Promise<T> {
  const until = performance.now() + 60_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > until) throw new Error("It did not happen within a minute.");
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Resolves when no handler runs. */
export const quiet = ({ engine }: TestEngine) =>
  eventually(async () => {
    const { invoked, waiting } = engine.stats();
    return invoked + waiting === 0;
  });

export const ended = (test: TestEngine, arn: string) =>
  eventually(async () => {
    const execution = await test.describe(arn);
    return execution.Status !== "RUNNING" && execution;
  });

/** The invocation's event. */
export interface EventOf {
  DurableExecutionArn: string;
  CheckpointToken: string;
  UpdatedOperationIds: string[];
  InitialExecutionState: { Operations: { Id: string; Type: string; Status: string }[]; NextMarker: string };
}

/** Plays an invocation by hand: what it does with its event and its way to the engine. */
export function byHand(
  play: (
    event: EventOf,
    checkpoint: (
      request: object,
    ) => Promise<{ CheckpointToken: string; NewExecutionState: { Operations: Record<string, unknown>[] } }>,
  ) => Promise<InvocationEnd>,
): TestFunction {
  return {
    byHand: async ({ event, durable }) => {
      const given = event as EventOf;
      const checkpoint = (request: object) =>
        durable?.transport.checkpoint({ DurableExecutionArn: given.DurableExecutionArn, ...request } as never) as never;
      return play(given, checkpoint);
    },
  };
}

export const answer = (value: unknown): InvocationEnd => ({ kind: "answer", payload: JSON.stringify(value) });
export const PENDING = answer({ Status: "PENDING" });
