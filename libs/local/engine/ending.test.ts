import { afterEach, expect, test } from "vitest";
import { answer, byHand, cleanUp, ended, eventually, testEngine } from "./testing.ts";

afterEach(cleanUp);

const deadLetterArn = "arn:aws:sqs:eu-west-1:000000000000:dead";
const failing = byHand(async () =>
  answer({ Status: "FAILED", Error: { ErrorType: "Broken", ErrorMessage: "ü".repeat(2_000) } }),
);
const fine = byHand(async () => answer({ Status: "SUCCEEDED", Result: "1" }));

test("an asynchronous execution that fails leaves its input in the dead-letter queue, with why", async () => {
  const engine = await testEngine({ failing, fine }, { version: { deadLetterArn } });
  const arn = await engine.start("failing", { input: { order: 7 } });
  await ended(engine, await engine.start("failing", { synchronous: true }));
  await ended(engine, await engine.start("fine"));
  await eventually(async () => engine.events.length === 6);
  expect(engine.sent).toEqual([
    {
      queue: deadLetterArn,
      body: '{"order":7}',
      attributes: { RequestID: arn.split("/").at(-1), ErrorCode: "Broken", ErrorMessage: "ü".repeat(512) },
    },
  ]);
});

test("a stop and a timeout count as no good end too", async () => {
  const sleeping = byHand(() => new Promise(() => undefined));
  const durable = { executionTimeoutSeconds: 60, retentionDays: 1 };
  const engine = await testEngine({ sleeping }, { version: { deadLetterArn, durable } });
  const stopped = await engine.start("sleeping");
  await engine.call("POST", `durable-executions/${encodeURIComponent(stopped)}/stop`);
  const late = await engine.start("sleeping");
  await engine.clock.advance(60_000);
  await ended(engine, late);
  await eventually(async () => engine.sent.length === 2);
  expect(engine.sent.map(({ attributes }) => attributes.ErrorCode)).toEqual([
    "Execution.Stopped",
    "Execution.TimedOut",
  ]);
});

test("every change of status is on the event bus, in order", async () => {
  const engine = await testEngine({ fine });
  const arn = await engine.start("fine");
  await eventually(async () => engine.events.length === 2);
  expect(engine.events).toEqual([
    { status: "RUNNING", arn },
    { status: "SUCCEEDED", arn },
  ]);
  await eventually(async () => engine.store.sql("SELECT count(*) AS n FROM engine_outbox").get()?.n === 0);
});

test("what could not be sent before a kill is sent at the next start, and one that cannot be sent holds nothing up", async () => {
  const engine = await testEngine({ fine });
  await engine.store.write(() => {
    const put = engine.store.sql("INSERT INTO engine_outbox (kind, body) VALUES (?, ?)");
    put.run("dead-letter", '{"not":"a message"}');
    put.run("dead-letter", JSON.stringify({ queue: deadLetterArn, body: "{}", attributes: {} }));
  });
  const next = await testEngine({ fine }, { folder: await engine.kill() });
  await next.engine.resume();
  expect(next.sent).toEqual([{ queue: deadLetterArn, body: "{}", attributes: {} }]);
  expect(next.store.sql("SELECT count(*) AS n FROM engine_outbox").get()?.n).toBe(1);
});
