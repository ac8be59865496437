import { createExecutionStore, type ExecutionRecord, subjectOfKey } from "#executions";
import { createTable } from "#platform";
import { startConsole } from "../support/console.ts";
import { createVisitor } from "../support/visitor.ts";

/** `node test/load/executions.ts`: how long pages of executions and the overview take with ten thousand in the index, through the gateway and the handler. */
const ALL = 10_000;
const PAGES = 100;
const BATCH = 100;
const STATUSES = ["RUNNING", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "FAILED"] as const;
const use = { operations: 8, invocations: 2, milliseconds: 900, bytes: 4_000 };

const recordOf = (number: number, from: number): ExecutionRecord => {
  const name = `training-${number.toString(16).padStart(32, "0")}`;
  const status = STATUSES[number % STATUSES.length] ?? "RUNNING";
  const startedAt = new Date(from + number * 60_000).toISOString();
  return {
    arn: `arn:aws:lambda:eu-west-1:000000000000:function:longhaul-training:${1 + (number % 3)}/durable-execution/${name}/id`,
    name,
    workflow: "training",
    version: String(1 + (number % 3)),
    status,
    startedAt,
    ...(status !== "RUNNING" && { endedAt: startedAt }),
    subject: subjectOfKey("training", `key-${number}`),
  };
};

const site = await startConsole();
try {
  const store = createExecutionStore(createTable("longhaul-executions"));
  const from = Date.now() - ALL * 60_000;
  for (let first = 0; first < ALL; first += BATCH)
    await Promise.all(
      Array.from({ length: BATCH }, async (_, index) => {
        const record = recordOf(first + index, from);
        await store.note({ ...record, ...(record.status === "SUCCEEDED" && { use }) }, 14);
      }),
    );
  const omar = createVisitor(site);
  await omar.signIn("omar.okoye");
  console.log(`${ALL} executions, ${PAGES} times each:`);
  const paths: [string, string][] = [
    ["the newest", "/executions"],
    ["one workflow, one status", "/executions?workflow=training&status=FAILED"],
    ["a span of days, the oldest first", `/executions?from=${new Date(from).toISOString().slice(0, 10)}&order=oldest`],
    ["by business key", "/executions?search=key-5000"],
    ["the overview", "/overview"],
  ];
  for (const [what, path] of paths) {
    const times: number[] = [];
    for (let page = 0; page < PAGES; page += 1) {
      const began = performance.now();
      const answer = await omar.request(path);
      await answer.text();
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
      times.push(performance.now() - began);
    }
    times.sort((one, other) => one - other);
    const at = (share: number) => Math.round(times[Math.floor(times.length * share)] ?? 0);
    console.log(`${what}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`);
  }
} finally {
  await site.close();
}
