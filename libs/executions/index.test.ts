import type { Execution } from "@aws-sdk/client-lambda";
import type { SQSEvent } from "aws-lambda";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createTable, type listExecutions, logger, spanIdOf, type Table, traceIdOf } from "#platform";
import { startCollector } from "../../test/support/collector.ts";
import { startTables } from "../../test/support/tables.ts";
import {
  createExecutionStore,
  createIndexer,
  RepairState,
  repairKeyOf,
  subjectOfKey,
  type Use,
  useOf,
} from "./index.ts";
import { createExecutionListing } from "./listing.ts";

const START = Date.parse("2026-11-02T08:00:00.000Z");
const contract = (name: string) => ({ name, retentionDays: 14, budget: { operations: 10, bytes: 1_000 } });

let tables: Awaited<ReturnType<typeof startTables>>;
let table: Table;
let withdrawn: string[][];
/** Each test has a workflow of its own: they share a table. */
let workflow: string;
let count = 0;
beforeAll(async () => {
  tables = await startTables();
  table = createTable("longhaul-executions");
});
afterAll(() => tables.close());
beforeEach(() => {
  withdrawn = [];
  workflow = `flow${++count}`;
});

const arnOf = (number: number, version = 1) =>
  `arn:aws:lambda:eu-west-1:000000000000:function:longhaul-${workflow}:${version}/durable-execution/${workflow}-${number}/id-${number}`;
const at = (minutes: number) => new Date(START + minutes * 60_000);

function statusEvent(number: number, status: string, { version = 1 } = {}) {
  const detail = {
    durableExecutionArn: arnOf(number, version),
    durableExecutionName: `${workflow}-${number}`,
    functionArn: arnOf(number, version).split("/")[0],
    status,
    startTimestamp: at(number).toISOString(),
    ...(status !== "RUNNING" && { endTimestamp: at(number + 1).toISOString() }),
  };
  return { version: "0", source: "aws.lambda", "detail-type": "Durable Execution Status Change", detail };
}

const batch = (...events: unknown[]) =>
  ({ Records: events.map((event, index) => ({ messageId: `m${index}`, body: JSON.stringify(event) })) }) as SQSEvent;

/** The index's function, on a service that lists `executions`, the newest first and two a page. */
function indexer(executions: Execution[] = [], calls: unknown[] = [], used: Partial<Use> = {}) {
  const list: typeof listExecutions = async ({ StartedBefore }) => {
    calls.push(StartedBefore?.toISOString());
    const rest = executions.filter(
      ({ StartTimestamp }) => !StartedBefore || Number(StartTimestamp) < Number(StartedBefore),
    );
    return { executions: rest.slice(0, 2), ...(rest.length > 2 && { next: "more" }) };
  };
  const withdraw = async (execution: string, reason: string) => void withdrawn.push([execution, reason]);
  const now = () => START + 2 * 3_600_000;
  const readUse = async () => ({ operations: 4, invocations: 1, milliseconds: 10, bytes: 100, ...used });
  return createIndexer([contract(workflow)], {
    store: createExecutionStore(table),
    list,
    withdraw,
    now,
    readUse,
    callsApartMs: 0,
  });
}

const all = async (filter = {}) => (await createExecutionListing(table).list({ workflow, ...filter })).executions;
const listed = (number: number, Status: string): Execution => ({
  DurableExecutionArn: arnOf(number),
  DurableExecutionName: `${workflow}-${number}`,
  FunctionArn: "",
  Status: Status as Execution["Status"],
  StartTimestamp: at(number),
  ...(Status !== "RUNNING" && { EndTimestamp: at(number + 1) }),
});

test("status events fill the index in any order and any number: an end stays", async () => {
  const take = indexer();
  await take(batch(statusEvent(1, "SUCCEEDED"), statusEvent(2, "RUNNING")));
  await take(batch(statusEvent(1, "RUNNING"), statusEvent(2, "RUNNING"), statusEvent(1, "SUCCEEDED")));
  const found = await all();
  expect(found.map(({ name, status }) => [name, status])).toEqual([
    [`${workflow}-2`, "RUNNING"],
    [`${workflow}-1`, "SUCCEEDED"],
  ]);
  expect(found[1]?.endedAt).toBe(at(2).toISOString());
});

test("what is no status event of ours is dropped, and does not come again", async () => {
  const foreign = { ...statusEvent(1, "RUNNING"), source: "aws.ec2" };
  expect(await indexer()(batch(foreign, "text", null))).toEqual({ batchItemFailures: [] });
  expect(await all()).toEqual([]);
});

test("an execution that was stopped, failed or ran out of time has its reviews withdrawn before the index says so", async () => {
  const take = indexer();
  await take(
    batch(...["SUCCEEDED", "FAILED", "TIMED_OUT", "STOPPED"].map((status, index) => statusEvent(index, status))),
  );
  expect(withdrawn.sort()).toEqual([
    [`${workflow}-1`, "The execution failed before anybody decided."],
    [`${workflow}-2`, "The execution ran out of time before anybody decided."],
    [`${workflow}-3`, "The execution was stopped before anybody decided."],
  ]);
});

test("an event whose reviews could not be withdrawn comes again", async () => {
  const withdraw = async () => {
    throw new Error("As the test says.");
  };
  const failing = createIndexer([contract(workflow)], { withdraw, store: createExecutionStore(table) });
  const answer = await failing(batch(statusEvent(1, "STOPPED"), statusEvent(2, "RUNNING")));
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "m0" }] });
  expect((await all()).map(({ name }) => name)).toEqual([`${workflow}-2`]);
});

test("a trace gets its topmost span also where no invocation saw the execution's end", async () => {
  const collector = await startCollector();
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint);
  try {
    const ends = [statusEvent(1, "STOPPED"), statusEvent(2, "SUCCEEDED"), statusEvent(3, "FAILED")];
    for (const _ of ["once", "again"]) await indexer()(batch(...ends));
    expect(collector.spans).toMatchObject([
      { traceId: traceIdOf(arnOf(1)), spanId: spanIdOf(arnOf(1)), name: workflow, status: { message: "STOPPED" } },
    ]);
  } finally {
    vi.unstubAllEnvs();
    await collector.close();
  }
});

test("every filter is one query, sorted by the start, page by page", async () => {
  const take = indexer();
  for (let number = 0; number < 12; number += 1)
    await take(batch(statusEvent(number, number % 3 === 0 ? "FAILED" : "RUNNING", { version: 1 + (number % 2) })));
  let queries = 0;
  const counting: Table = {
    ...table,
    query(query) {
      queries += 1;
      return table.query(query);
    },
  };
  const { list, openOn } = createExecutionListing(counting);
  const numbers = async (filter: object, page = {}) => {
    const before = queries;
    const { executions, next } = await list({ workflow, ...filter }, page);
    expect(queries - before).toBe(1);
    return { numbers: executions.map(({ name }) => Number(name.split("-")[1])), next };
  };
  expect((await numbers({ status: "FAILED" })).numbers).toEqual([9, 6, 3, 0]);
  expect((await numbers({ version: "2", status: "RUNNING" })).numbers).toEqual([11, 7, 5, 1]);
  expect((await numbers({ startedFrom: at(4).toISOString(), startedTo: at(6).toISOString() })).numbers).toEqual([
    6, 5, 4,
  ]);
  expect((await numbers({ subject: `${workflow}-7` })).numbers).toEqual([7]);
  expect((await numbers({ name: `${workflow}-7`, status: "FAILED" })).numbers).toEqual([]);
  const first = await numbers({ oldestFirst: true }, { limit: 5 });
  const second = await numbers({ oldestFirst: true }, { limit: 7, after: first.next });
  expect([...first.numbers, ...second.numbers]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  await expect(list({ workflow: "another" }, { after: first.next })).rejects.toThrow("Expected `after`");
  expect(await openOn(workflow, "1")).toEqual({ version: "1", open: 4, oldestStartedAt: at(2).toISOString() });
});

test("the repair fills an empty index from the service, mends what events did not tell, forgets what the service forgot", async () => {
  const take = indexer();
  await take(batch(statusEvent(2, "RUNNING"), statusEvent(3, "RUNNING"), statusEvent(4, "SUCCEEDED")));
  const service = [5, 3, 2, 1, 0].map((number) =>
    listed(number, number === 3 ? "STOPPED" : number === 2 ? "RUNNING" : "SUCCEEDED"),
  );
  const calls: unknown[] = [];
  expect(await indexer(service, calls)({ repair: true })).toEqual({ compared: 8, mended: 4, forgotten: 1 });
  expect((await all()).map(({ name, status }) => [name.split("-")[1], status])).toEqual([
    ["5", "SUCCEEDED"],
    ["3", "STOPPED"],
    ["2", "RUNNING"],
    ["1", "SUCCEEDED"],
    ["0", "SUCCEEDED"],
  ]);
  expect(withdrawn.map(([execution]) => execution)).toEqual([`${workflow}-3`]);
  expect(RepairState.parse(await table.get(repairKeyOf(workflow))).completedAt).toBeDefined();
  // Complete, and not an hour ago: the newest alone are compared.
  calls.length = 0;
  expect(await indexer(service, calls)({ repair: true })).toEqual({ compared: 2, mended: 0, forgotten: 0 });
  expect(calls).toEqual([undefined]);
});

test("what an upload is about is said before or after its first event, and nothing of the key can be read", async () => {
  const store = createExecutionStore(table);
  const subject = subjectOfKey(workflow, "training/requests/anna.pdf");
  await store.about(arnOf(1), subject);
  expect(await store.get(arnOf(1))).toBeUndefined();
  await indexer()(batch(statusEvent(1, "RUNNING"), statusEvent(2, "RUNNING")));
  await store.about(arnOf(2), subject);
  await indexer()(batch(statusEvent(1, "SUCCEEDED")));
  const found = await all({ subject });
  expect(found.map(({ name, status }) => [name, status])).toEqual([
    [`${workflow}-2`, "RUNNING"],
    [`${workflow}-1`, "SUCCEEDED"],
  ]);
  expect(JSON.stringify(found)).not.toContain("anna");
});

test("what an execution used is counted from its history: operations, retries, invocations, bytes, tokens, the model's price", () => {
  const Payload = JSON.stringify({
    score: { promptVersion: "1", cost: 0.0125, usage: { inputTokens: 1_000, outputTokens: 200 } },
  });
  const step = { Id: "1", Name: "score" };
  const events = [
    { EventType: "ExecutionStarted", Id: "0", ExecutionStartedDetails: { Input: { Payload: "{}" } } },
    { EventType: "StepStarted", ...step, StepStartedDetails: {} },
    { EventType: "StepFailed", ...step, StepFailedDetails: { RetryDetails: { NextAttemptDelaySeconds: 2 } } },
    {
      EventType: "StepSucceeded",
      ...step,
      StepSucceededDetails: { Result: { Payload }, RetryDetails: { CurrentAttempt: 2 } },
    },
    { EventType: "InvocationCompleted", InvocationCompletedDetails: { StartTimestamp: at(0), EndTimestamp: at(1) } },
  ] as unknown as Parameters<typeof useOf>[0];
  expect(useOf(events)).toEqual({
    operations: 3,
    invocations: 1,
    milliseconds: 60_000,
    bytes: 2 + Payload.length,
    inputTokens: 1_000,
    outputTokens: 200,
    modelDollars: 0.0125,
  });
});

test("where more end at once than may be counted, the repair counts the rest", async () => {
  const ended = Array.from({ length: 6 }, (_, number) => statusEvent(number, "SUCCEEDED"));
  const service = ended.map((_, number) => listed(5 - number, "SUCCEEDED"));
  const take = indexer(service);
  await take(batch(...ended));
  const counted = async () => (await all()).filter(({ use }) => use).length;
  expect(await counted()).toBe(3);
  await take({ repair: true });
  expect(await counted()).toBe(6);
});

test("one that went over its contract's budget is warned of once, by whom it is counted, and counted for the alarm", async () => {
  const warn = vi.spyOn(logger, "warn");
  const metrics = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  vi.stubEnv("POWERTOOLS_METRICS_DISABLED", "false");
  const ended = Array.from({ length: 4 }, (_, number) => statusEvent(number, "SUCCEEDED"));
  const service = ended.map((_, number) => listed(3 - number, "SUCCEEDED"));
  const take = indexer(service, [], { operations: 11 });
  await take(batch(...ended));
  await take(batch(...ended));
  await take({ repair: true });
  await take({ repair: true });
  // One that just keeps to it is no news.
  await indexer([], [], { operations: 10, bytes: 1_000 })(batch(statusEvent(9, "SUCCEEDED")));
  const [warned, counted] = [
    warn.mock.calls,
    metrics.mock.calls.filter(([line]) => `${line}`.includes("BudgetOverrun")),
  ];
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  expect(warned).toHaveLength(4);
  expect(warned[0]).toEqual([
    "An execution went over its contract's budget",
    expect.objectContaining({ used: { operations: 11, bytes: 100 }, budget: { operations: 10, bytes: 1_000 } }),
  ]);
  expect(counted).toHaveLength(4);
});
