import { rm } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Lambda } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createFunction, temporaryFolder } from "../support/cloud.ts";
import { readLedger } from "./ledger.ts";
import { persistently, startAll } from "./load.ts";
import { historyOf, proveHistory, proveLedger, proveResult } from "./proofs.ts";
import { randomOf } from "./random.ts";
import { createVictim, type Victim } from "./victim.ts";

/** `LONGHAUL_CHAOS=long npm test -- test/chaos` kills for about two minutes; `LONGHAUL_CHAOS_SEED` takes another seed. */
const isLong = process.env.LONGHAUL_CHAOS === "long";
const SEED = Number(process.env.LONGHAUL_CHAOS_SEED ?? 7);
const { executions, killingMs } = isLong
  ? { executions: 660, killingMs: 110_000 }
  : { executions: 110, killingMs: 10_000 };
const LONGEST_LIFE_MS = 1_500;

let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
let victim: Victim;
let lambda: Lambda;
let ledger: string;
beforeAll(async () => {
  temporary = await temporaryFolder();
  ledger = join(temporary.folder, "ledger");
  victim = await createVictim(join(temporary.folder, "data"), SEED);
  await victim.start();
  lambda = new Lambda({
    endpoint: victim.endpoint,
    region: "eu-west-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  const source = (name: string) => `export { ${name} as handler } from "./test/chaos/workflows.ts";`;
  const environment = { LEDGER: ledger };
  for (const [name, handler] of [
    ["chaos", "handler"],
    ["child", "child"],
    ["plain", "plain"],
  ] as const)
    await createFunction(lambda, name, { source: source(handler), durable: name !== "plain", environment });
}, 60_000);
afterAll(async () => {
  lambda.destroy();
  await victim.kill().catch(() => undefined);
  await rm(temporary.folder, { recursive: true, force: true });
});

test(`killed for ${killingMs / 1_000} s at random moments, with answers lost and workers killed in between, it loses nothing that it acknowledged (seed ${SEED})`, async () => {
  const random = randomOf(SEED);
  let kills = 0;
  const kill = async () => {
    const until = Date.now() + killingMs;
    for (; Date.now() < until; kills += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100 + random() * LONGEST_LIFE_MS));
      await victim.kill();
      await victim.start();
    }
  };
  const [started] = await Promise.all([startAll(lambda, executions, killingMs / executions), kill()]);
  expect(kills).toBeGreaterThan(2);
  for (const { arn } of started) {
    await persistently(async () => {
      const { Status } = await lambda.getDurableExecution({ DurableExecutionArn: arn });
      if (Status === "RUNNING") throw new Error(`${arn} still runs.`);
    });
  }

  // Every acknowledged start has finished, no callback was taken twice.
  for (const one of started) await proveResult(lambda, one);
  // No event id is missing or doubled, no timer fired early.
  const histories = new Map<string, Awaited<ReturnType<typeof historyOf>>>();
  const children = new Set<string>();
  for (const { name, arn } of started) {
    const events = await historyOf(lambda, arn);
    proveHistory(events);
    const child = events.find(({ ChainedInvokeStartedDetails: invoke }) => invoke?.DurableExecutionArn);
    const childArn = child?.ChainedInvokeStartedDetails?.DurableExecutionArn;
    const ofChild = childArn ? await historyOf(lambda, childArn) : [];
    if (childArn) proveHistory(ofChild);
    if (childArn) children.add(childArn);
    histories.set(name, [...events, ...ofChild]);
  }
  // Each name is one execution, each chained invoke one child.
  expect(await count("chaos")).toBe(executions);
  expect(await count("child")).toBe(children.size);
  // Every acknowledged checkpoint is in the history, every effect happened, those marked at-most-once at most once.
  proveLedger(readLedger(ledger), histories);

  await victim.kill();
  const file = new DatabaseSync(join(temporary.folder, "data", "longhaul.db"));
  expect(file.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
  file.close();
}, 600_000);

async function count(FunctionName: string): Promise<number> {
  let sum = 0;
  let Marker: string | undefined;
  do {
    const page = await lambda.listDurableExecutionsByFunction({ FunctionName, ...(Marker && { Marker }) });
    sum += page.DurableExecutions?.length ?? 0;
    Marker = page.NextMarker;
  } while (Marker);
  return sum;
}
