import { afterAll, beforeAll, expect, test } from "vitest";
import { names } from "#deployment";
import { createExecutionStore, type ExecutionRecord, subjectOfKey } from "#executions";
import { createTable, openLetters, sendMessage } from "#platform";
import { startConsole, type TestConsole } from "../../test/support/console.ts";
import { createVisitor } from "../../test/support/visitor.ts";
import { costOf } from "./operations/cost.ts";
import { entryOf } from "./operations/logs.ts";
import { costCard } from "./pages/execution-cost.ts";

const START = Date.parse("2026-11-02T08:00:00.000Z");
const KEY = "training/requests/Anna Berg.pdf";

let site: TestConsole;
let urls: Record<string, string>;
beforeAll(async () => {
  site = await startConsole();
  const queues = [names.queue("training"), names.deadLetters("training"), names.failures("training")];
  const made = await Promise.all(queues.map(async (name) => [name, await createQueue(name)] as const));
  urls = Object.fromEntries(made);
});
afterAll(() => site.close());

async function createQueue(QueueName: string): Promise<string> {
  const answer = await fetch(process.env.AWS_ENDPOINT_URL_SQS ?? "", {
    method: "POST",
    headers: { "x-amz-target": "AmazonSQS.CreateQueue", "content-type": "application/x-amz-json-1.0" },
    body: JSON.stringify({ QueueName }),
  });
  return ((await answer.json()) as { QueueUrl: string }).QueueUrl;
}

async function person(subject: string) {
  const visitor = createVisitor(site);
  await visitor.signIn(subject);
  const csrf = await visitor.csrf();
  return {
    page: async (path: string) => (await visitor.follow(path)).text(),
    send: (path: string, fields: Record<string, string>) => visitor.request(path, visitor.form({ ...fields, csrf })),
  };
}

const note = (number: number, over: Partial<ExecutionRecord> = {}) =>
  createExecutionStore(createTable("longhaul-executions")).note(
    {
      arn: `arn:aws:lambda:eu-west-1:000000000000:function:longhaul-training:1/durable-execution/training-${number}/id`,
      name: `training-${number}`,
      workflow: "training",
      version: "1",
      status: "RUNNING",
      startedAt: new Date(START + number * 60_000).toISOString(),
      subject: `training-${number}`,
      ...over,
    },
    14,
  );

test("an index that was never compared with the service says so, and an empty list says what appears when", async () => {
  const page = await (await person("omar.okoye")).page("/executions");
  expect(page).toContain("The index has not yet been compared with the service for Training request.");
  expect(page).toContain("Nothing has run yet");
});

test("an operator finds an execution by the whole key of what was uploaded, by its name, by status and dates; the key stands nowhere", async () => {
  await note(1, { subject: subjectOfKey("training", KEY) });
  await note(2, { status: "FAILED", endedAt: new Date(START + 180_000).toISOString() });
  const omar = await person("omar.okoye");
  const found = async (query: string) => [
    ...new Set((await omar.page(`/executions?${query}`)).match(/training-[12](?=<)/g)),
  ];
  expect(await found(`search=${encodeURIComponent(KEY)}`)).toEqual(["training-1"]);
  expect(await found("search=Anna")).toEqual([]);
  expect(await found("search=training-2")).toEqual(["training-2"]);
  expect(await found("status=FAILED")).toEqual(["training-2"]);
  expect(await found("workflow=training&order=oldest")).toEqual(["training-1", "training-2"]);
  expect(await found("from=2026-11-03")).toEqual([]);
  expect(await found("from=2026-11-02&to=2026-11-02&version=1&workflow=training")).toEqual([
    "training-2",
    "training-1",
  ]);
  expect(await omar.page("/executions")).not.toContain("Anna");
});

test("a page of the list that was not given as the next one is refused", async () => {
  expect(await (await person("omar.okoye")).page("/executions?after=bm9uZQ")).toContain(
    "There is no such page of the list",
  );
});

const message = JSON.stringify({ Records: [{ s3: { object: { key: "training/requests/Anna+Berg.pdf" } } }] });
const reason = { ErrorCode: "OBJECT_GONE", ErrorMessage: "Expected the object to be there, got one that is gone." };
const refused = () => openLetters(names.deadLetters("training"), { most: 10 });

async function lettersIn(queue: string) {
  const opened = await openLetters(queue, { most: 10 });
  await opened?.close();
  return opened?.letters ?? [];
}

test("operators see why a message was refused and not what it holds; auditors see the message and change nothing", async () => {
  await sendMessage(urls[names.deadLetters("training")] ?? "", message, reason);
  await sendMessage(urls[names.failures("training")] ?? "", '{"document":{"key":"k"}}', {
    ErrorCode: "Secret",
    ErrorMessage: "Anna Berg was not found.",
  });
  const operators = await (await person("omar.okoye")).page("/dead-letters");
  expect(operators).toContain("Refused: OBJECT_GONE");
  expect(operators).toContain("got one that is gone");
  expect(operators).toContain(subjectOfKey("training", KEY));
  expect(operators).not.toContain("Anna");
  const aud = await person("aud.aasen");
  const auditors = await aud.page("/dead-letters");
  expect(auditors).toContain("Anna+Berg.pdf");
  expect(auditors).toContain("Anna Berg was not found.");
  expect(auditors).not.toContain("Retry it");
  // Whoever looked has given all back.
  expect(await lettersIn(names.deadLetters("training"))).toHaveLength(1);
});

test("a dead letter is retried by a form that asks once more: it is on its queue once, and who did it is on record", async () => {
  const omar = await person("omar.okoye");
  const [{ id = "" } = {}] = await lettersIn(names.deadLetters("training"));
  const path = "/dead-letters/training/retry";
  expect((await omar.send(path, { id, kind: "refused" })).status).toBe(422);
  expect(await lettersIn(names.queue("training"))).toHaveLength(0);
  expect((await omar.send(path, { id, kind: "refused", sure: "yes" })).status).toBe(303);
  expect((await lettersIn(names.queue("training"))).map(({ body }) => body)).toEqual([message]);
  expect(await lettersIn(names.deadLetters("training"))).toHaveLength(0);
  // Twice: it is gone, and no second one is sent.
  expect((await omar.send(path, { id, kind: "refused", sure: "yes" })).status).toBe(409);
  expect(await lettersIn(names.queue("training"))).toHaveLength(1);
  expect(await omar.page("/dead-letters")).toMatch(/Omar Okoye retried one of\s+<b>Training request<\/b>/);
});

test("what a message and its reason hold is shown as text and never as a page's own", async () => {
  const evil = `"><script>alert(1)</script><img src=x onerror=alert(2)>`;
  const url = urls[names.deadLetters("training")] ?? "";
  await sendMessage(url, evil, { ErrorCode: evil, ErrorMessage: evil });
  const aud = await (await person("aud.aasen")).page("/dead-letters");
  expect(aud).toContain("&lt;script&gt;alert(1)");
  expect(aud).not.toMatch(/<script>alert|<img src=x/);
  const opened = await openLetters(names.deadLetters("training"), { most: 10 });
  for (const letter of opened?.letters ?? []) await opened?.remove(letter);
});

test("while somebody deals with a dead letter nobody else does", async () => {
  await sendMessage(urls[names.deadLetters("training")] ?? "", message, reason);
  const held = await refused();
  const [letter] = held?.letters ?? [];
  const omar = await person("omar.okoye");
  const fields = { id: letter?.id ?? "", kind: "refused", sure: "yes" };
  expect((await omar.send("/dead-letters/training/remove", fields)).status).toBe(409);
  await held?.close();
  expect((await omar.send("/dead-letters/training/remove", fields)).status).toBe(303);
  expect(await lettersIn(names.deadLetters("training"))).toHaveLength(0);
});

test("of a log everybody reads our own words, names and numbers; a line in a form of its own is named and not shown", () => {
  const line = (message: string, data = false) => entryOf({ at: START, message }, data);
  const own = JSON.stringify({
    level: "WARN",
    message: "A step failed",
    operationName: "score",
    attempt: 2,
    applicant: "Anna",
  });
  expect(line(own)).toEqual({
    at: START,
    level: "WARN",
    message: "A step failed",
    facts: ["operationName score", "attempt 2"],
  });
  expect(line("Anna Berg was not found")).toMatchObject({
    level: "OTHER",
    message: "A line in a form of its own, 23 characters",
  });
  expect(JSON.stringify(line("Anna Berg was not found"))).not.toContain("Anna");
  expect(line("Anna Berg was not found", true).whole).toBe("Anna Berg was not found");
  expect(line("START RequestId: 1 Version: 2 DurableExecutionArn: arn:x").message).toBe(
    "START RequestId: 1 Version: 2",
  );
});

test("the overview counts what runs, what ended badly and what it cost, from the index", async () => {
  const use = { operations: 1_000, invocations: 1, milliseconds: 0, bytes: 0 };
  const startedAt = new Date().toISOString();
  for (const [number, status] of [
    [11, "SUCCEEDED"],
    [12, "TIMED_OUT"],
    [13, "RUNNING"],
  ] as const) {
    await note(number, { status, startedAt, ...(status !== "RUNNING" && { endedAt: startedAt, use }) });
  }
  const page = await (await person("hana.holm")).page("/overview");
  // Two have ended: 1,000 operations each, at 8 dollars a million.
  expect(page).toMatch(/Cost, by the day on which they began <b>\$0\.016<\/b>/);
  expect(page).toMatch(/timed out <b>1<\/b>/);
  expect(page).toMatch(/<svg viewBox="0 0 420 122"/);
});

test("what an execution cost is its operations, its invocations, its data and its model, by the list", () => {
  const budget = { operations: 13, bytes: 1_024 ** 2 };
  const contract = { function: { memoryMb: 512, timeoutSeconds: 60 }, retentionDays: 30, budget };
  const tokens = { inputTokens: 1_000, outputTokens: 100 };
  const use = {
    operations: 13,
    invocations: 3,
    milliseconds: 4_000,
    bytes: 1_024 ** 2,
    ...tokens,
    modelDollars: 0.0045,
  };
  const { usd, lines, missing, over } = costOf(use, { contract, more: false });
  const expected = [13 * 8e-6, 3 * 0.2e-6 + 2 * 0.0000166667, 0.25 / 1_024 + 0.15 / 1_024, 0.0045];
  expect(lines.map((line) => line.usd.toFixed(12))).toEqual(expected.map((one) => one.toFixed(12)));
  expect(usd).toBeCloseTo(
    expected.reduce((sum, one) => sum + one),
    12,
  );
  expect(missing).toEqual([]);
  expect(over).toEqual([]);
  expect(costOf({ ...use, modelDollars: 0 }, { contract, more: true }).missing).toHaveLength(2);
});

test("what went over its contract's budget is told beside its cost", () => {
  const budget = { operations: 12, bytes: 2_000 };
  const contract = { function: { memoryMb: 512, timeoutSeconds: 60 }, retentionDays: 30, budget };
  const use = { operations: 13, invocations: 1, milliseconds: 10, bytes: 2_001 };
  const cost = costOf(use, { contract, more: false });
  expect(cost.over).toEqual(["13 of 12 operations", "2,001 of 2,000 bytes"]);
  expect(String(costCard(cost, false))).toContain("budget allows: 13 of 12 operations and 2,001 of 2,000 bytes.");
});
