import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { bundle } from "../build/bundle.ts";
import { type Child, startChild } from "./child.ts";
import { eventually } from "./eventually.ts";
import { createHttp, succeeded } from "./http.ts";
import { SLEEP_SOME_MS, type Slept, type Subject } from "./subject.ts";
import type { Work } from "./workflow.ts";

const FUNCTION = "bench";
const INVOKE = `/2015-03-31/functions/${FUNCTION}:live/invocations`;
const LIST = `/2025-12-01/functions/${FUNCTION}/durable-executions?Statuses=RUNNING`;
/** As `npm start` starts Node. */
const AS_IN_START = ["--max-semi-space-size=4", "--import", join(import.meta.dirname, "../platform/compiled.mjs")];
const STARTING_AT_ONCE = 32;
const POLL_MS = 100;

/** Our engine in a process of its own: the function's built bundle in workers, everything through the Lambda API. */
export async function startLonghaul(road: "with the event" | "over HTTP"): Promise<Subject> {
  const folder = await mkdtemp(join(tmpdir(), "longhaul-bench-"));
  const data = join(folder, "data");
  const source = road === "over HTTP" ? "workflow-http" : "workflow";
  const built = await bundle(
    { name: FUNCTION, entry: `export { handler } from "./scripts/bench/${source}.ts";` },
    folder,
  );
  let running = await boot(data);
  await deploy(running.http, Buffer.from(built.archive).toString("base64"));

  const invoke = (work: Work, name?: string) =>
    running.http.send("POST", INVOKE, {
      body: JSON.stringify(work),
      ...(name && { headers: { "x-amz-durable-execution-name": name } }),
    });
  const arnOf = async (name: string) => {
    const listed = await running.http.send("GET", `${LIST}&DurableExecutionName=${name}`);
    return (JSON.parse(succeeded(listed)).DurableExecutions[0] as { DurableExecutionArn: string } | undefined)
      ?.DurableExecutionArn;
  };
  let names = 0;
  let sleeps = 0;

  async function sleep(work: Work, count: number): Promise<Slept> {
    sleeps += 1;
    await running.child.kill();
    running.http.close();
    const apart = join(folder, `asleep-${sleeps}`);
    running = await boot(apart);
    await deploy(running.http, Buffer.from(built.archive).toString("base64"));
    await putToSleep(running.http, work, count);
    await delay(SLEEP_SOME_MS);
    const rssMb = await running.child.memoryMb();
    await running.child.kill();
    running.http.close();
    const start = performance.now();
    running = await boot(apart);
    succeeded(await running.http.send("GET", `${LIST}&MaxItems=1`));
    const backMs = performance.now() - start;
    const kept = await countRunning(running.http);
    if (kept !== count) throw new Error(`${count} fell asleep, and ${kept} were there after the kill.`);
    return { rssMb: Math.max(rssMb, await running.child.memoryMb()), backMs };
  }

  return {
    async run(steps) {
      const { body } = await invoke({ steps });
      if (body !== String(steps)) throw new Error(`Expected ${steps}, got ${body.slice(0, 500)}`);
    },
    async awaitCallback() {
      names += 1;
      const name = `callback-${names}`;
      const result = invoke({ callback: true }, name);
      const arn = await eventually(() => arnOf(name));
      const id = await eventually(async () => {
        const events = await historyOf(running.http, arn);
        const started = events.find(({ EventType }) => EventType === "CallbackStarted");
        const sleeps = events.some(({ EventType }) => EventType === "InvocationCompleted");
        return sleeps ? started?.CallbackStartedDetails?.CallbackId : undefined;
      });
      const path = `/2025-12-01/durable-execution-callbacks/${encodeURIComponent(id)}/succeed`;
      return async () => {
        succeeded(await running.http.send("POST", path, { body: "yes" }));
        if (succeeded(await result) !== '"yes"') throw new Error(`Expected "yes", got ${(await result).body}`);
      };
    },
    sleep: (count) => sleep({ asleep: true }, count),
    sleepAfter: (past, count) => sleep({ asleep: true, past }, count),
    rssMb: () => running.child.memoryMb(),
    async close() {
      await running.child.kill();
      running.http.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface HistoryEvent {
  EventType: string;
  CallbackStartedDetails?: { CallbackId: string };
}

type Http = ReturnType<typeof createHttp>;

async function boot(folder: string): Promise<{ child: Child; http: Http }> {
  const child = startChild(join(import.meta.dirname, "cloud.ts"), [folder], { execArgv: AS_IN_START });
  return { child, http: createHttp(await child.ask<string>("endpoint")) };
}

async function deploy(http: Http, zip: string) {
  const send = async (path: string, body: object) =>
    JSON.parse(succeeded(await http.send("POST", `/2015-03-31/functions${path}`, { body: JSON.stringify(body) })));
  await send("", {
    FunctionName: FUNCTION,
    Handler: "index.handler",
    Runtime: "nodejs24.x",
    Role: "arn:aws:iam::000000000000:role/bench",
    Timeout: 60,
    MemorySize: 512,
    Code: { ZipFile: zip },
    DurableConfig: { ExecutionTimeout: 30 * 86_400, RetentionPeriodInDays: 1 },
  });
  const { Version } = await send(`/${FUNCTION}/versions`, {});
  await send(`/${FUNCTION}/aliases`, { Name: "live", FunctionVersion: Version });
}

/** Starts so many executions, and sees in each one's history that its handler has returned. */
async function putToSleep(http: Http, work: Work, count: number) {
  const body = JSON.stringify(work);
  const headers = { "x-amz-invocation-type": "Event" };
  const arns: string[] = [];
  await atOnce(count, async (index) => {
    const answer = await http.send("POST", INVOKE, { body, headers });
    succeeded(answer);
    arns[index] = answer.arn ?? "";
  });
  const sleeps = async (arn: string) =>
    (await historyOf(http, arn)).some(({ EventType }) => EventType === "InvocationCompleted");
  await atOnce(count, (index) => eventually(() => sleeps(arns[index] ?? ""), POLL_MS));
}

/** Does something so many times, some of it at once. */
async function atOnce(count: number, work: (index: number) => Promise<unknown>) {
  let begun = 0;
  const one = async () => {
    while (begun < count) await work(begun++);
  };
  await Promise.all(Array.from({ length: STARTING_AT_ONCE }, one));
}

async function historyOf(http: Http, arn: string) {
  const path = `/2025-12-01/durable-executions/${encodeURIComponent(arn)}/history?IncludeExecutionData=true`;
  return JSON.parse(succeeded(await http.send("GET", path))).Events as HistoryEvent[];
}

async function countRunning(http: Http): Promise<number> {
  let count = 0;
  let marker = "";
  do {
    const page = JSON.parse(succeeded(await http.send("GET", `${LIST}&MaxItems=1000&Marker=${marker}`)));
    count += page.DurableExecutions.length;
    marker = page.NextMarker ?? "";
  } while (marker);
  return count;
}
