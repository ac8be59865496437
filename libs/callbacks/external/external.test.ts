import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createTable } from "#platform";
import { cleanUp, ended, quiet, type TestEngine, testEngine } from "../../../libs/local/engine/testing.ts";
import { startTables } from "../../../test/support/tables.ts";
import {
  awaitExternal,
  type CallbackReply,
  createCallbackReceiver,
  createExternalCalls,
  createReviewStore,
  ExternalCallError,
} from "../index.ts";

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());
afterEach(cleanUp);

const Receipt = z.strictObject({ parcel: z.string(), weight: z.number().positive() });
const receipt = JSON.stringify({ parcel: "P-1", weight: 2.5 });

/** A workflow on the engine that calls an outside system; `urls` are what that system was given. */
async function call(options: { submit?: () => Promise<void>; heartbeat?: boolean; down?: () => boolean } = {}) {
  const table = createTable("longhaul-reviews");
  const store = createReviewStore(table);
  const calls = createExternalCalls(table);
  const made: { engine?: TestEngine } = {};
  const send = (action: string) => async (callbackId: string, body?: unknown) => {
    if (options.down?.()) throw new Error("no connection");
    const given = action === "fail" ? { ErrorType: (body as { code: string }).code, ErrorMessage: "m" } : body;
    const path = `durable-execution-callbacks/${encodeURIComponent(callbackId)}/${action}`;
    return (await made.engine?.call("POST", path, given))?.status === 200;
  };
  const time = { now: () => made.engine?.clock.now() ?? Date.now() };
  const receiver = createCallbackReceiver({
    calls,
    chain: store.chain,
    outbox: store.outbox,
    senders: { succeed: send("succeed"), fail: send("fail"), heartbeat: send("heartbeat") },
    now: () => time.now(),
  });
  const urls: string[] = [];
  const durable = async (_input: never, ctx: DurableContext) => {
    try {
      return await awaitExternal(ctx, "ship", {
        timeout: { hours: 2 },
        ...(options.heartbeat && { heartbeat: { minutes: 10 } }),
        schema: Receipt,
        submit: async ({ url }) => {
          urls.push(url);
          await options.submit?.();
        },
        desk: { calls, baseUrl: "https://console.example.com" },
      });
    } catch (error) {
      if (!(error instanceof ExternalCallError)) throw error;
      return { code: error.code };
    }
  };
  const engine = await testEngine({ shop: { durable } });
  made.engine = engine;
  const execution = `shop-${crypto.randomUUID()}`;
  const arn = await engine.start("shop", { name: execution });
  await quiet(engine);
  const token = (index = 0) => String(urls[index]?.split("/").at(-1));
  const result = async () => JSON.parse(String((await ended(engine, arn)).Result));
  return { engine, arn, execution, table, store, receiver, token, urls, result, time };
}

const nameOf = (reply: CallbackReply) => ("problem" in reply ? reply.problem.type.split(":").at(-1) : reply.status);

test("a system answers by its URL, and the workflow gets the parsed body, in two operations", async () => {
  const { receiver, token, result, engine, arn } = await call();
  expect(await receiver.receive(token(), "success", receipt)).toEqual({ status: 204 });
  expect(await result()).toEqual({ parcel: "P-1", weight: 2.5 });
  const types = await engine.types(arn);
  expect(types.filter((type) => /^(Callback|Step|Wait|Context)Started$/.test(String(type)))).toHaveLength(2);
});

test("only the token's hash is kept: neither the table nor the execution's history holds the token", async () => {
  const { table, engine, arn, execution, token } = await call();
  const { items } = await table.query({ key: "#c = :c", names: { "#c": "case" }, values: { ":c": execution } });
  const secret = token().split(".")[2] ?? "none";
  expect(secret).toHaveLength(43);
  expect(JSON.stringify([items, await engine.history(arn)])).not.toContain(secret);
});

test("a token is used once: a repetition is told apart from another answer, and changes nothing", async () => {
  const { receiver, token, result } = await call();
  await receiver.receive(token(), "success", receipt);
  const replies = await Promise.all([
    receiver.receive(token(), "success", receipt),
    receiver.receive(token(), "success", JSON.stringify({ parcel: "P-2", weight: 1 })),
    receiver.receive(token(), "failure", JSON.stringify({ code: "E", message: "" })),
    receiver.receive(token(), "heartbeat"),
  ]);
  expect(replies.map(nameOf)).toEqual(Array(4).fill("callback-already-answered"));
  expect(replies.map((reply) => "problem" in reply && reply.problem.sameAnswer)).toEqual([true, false, false, false]);
  expect(await result()).toMatchObject({ parcel: "P-1" });
});

test("of fifty answers at once exactly one is taken", async () => {
  const { receiver, token, result } = await call();
  const replies = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      receiver.receive(token(), "success", JSON.stringify({ parcel: `P-${index}`, weight: 1 })),
    ),
  );
  const taken = replies.flatMap((reply, index) => (reply.status === 204 ? [`P-${index}`] : []));
  expect(taken).toHaveLength(1);
  const others = replies.filter(({ status }) => status !== 204).map(nameOf);
  expect(new Set(others)).toEqual(new Set(["callback-already-answered"]));
  expect((await result()).parcel).toBe(taken[0]);
});

test("each refusal is its own", async () => {
  const { receiver, token, execution, time, engine } = await call();
  const wrong = `${execution}.ship.${"A".repeat(43)}`;
  for (const one of [wrong, "", "x", token().slice(0, -1), `other.ship.${token().split(".")[2]}`]) {
    expect(nameOf(await receiver.receive(one, "success", receipt))).toBe("callback-unknown");
  }
  expect(nameOf(await receiver.receive(token(), "success", "{"))).toBe("callback-body-not-json");
  expect(nameOf(await receiver.receive(token(), "success", Uint8Array.of(0x22, 0xff, 0x22)))).toBe(
    "callback-body-not-json",
  );
  const invalid = await receiver.receive(token(), "success", JSON.stringify({ parcel: "P", weight: -1 }));
  expect([invalid.status, "problem" in invalid && invalid.problem.detail]).toEqual([
    422,
    expect.stringContaining("weight"),
  ]);
  expect(nameOf(await receiver.receive(token(), "failure", JSON.stringify({ code: "" })))).toBe(
    "callback-body-invalid",
  );
  expect(nameOf(await receiver.receive(token(), "success", `"${"x".repeat(256 * 1024)}"`))).toBe(
    "callback-body-too-large",
  );
  time.now = () => engine.clock.now() + 2 * 3_600_000;
  expect(nameOf(await receiver.receive(token(), "success", receipt))).toBe("callback-expired");
  expect(nameOf(await receiver.receive(token(), "heartbeat"))).toBe("callback-expired");
});

test("a revoked token opens nothing", async () => {
  const { receiver, token, execution } = await call();
  expect(await receiver.revoke(execution, "ship")).toBe(true);
  expect(nameOf(await receiver.receive(token(), "success", receipt))).toBe("callback-revoked");
  expect(await receiver.revoke(execution, "ship")).toBe(false);
});

test("a token that is used too often is held back, and a stranger cannot use up its requests", async () => {
  const { receiver, token, execution, engine, time } = await call({ heartbeat: true });
  const begin = engine.clock.now();
  time.now = () => begin;
  const replies = await Promise.all(Array.from({ length: 61 }, () => receiver.receive(token(), "heartbeat")));
  expect(replies.map(nameOf).filter((name) => name !== 204)).toEqual(["callback-rate-limited"]);
  time.now = () => begin + 60_000;
  expect(await receiver.receive(token(), "heartbeat")).toEqual({ status: 204 });
  const stranger = `${execution}.ship.${"B".repeat(43)}`;
  const guesses = await Promise.all(Array.from({ length: 70 }, () => receiver.receive(stranger, "success", receipt)));
  expect(new Set(guesses.map(nameOf))).toEqual(new Set(["callback-unknown"]));
});

test("a failure, a silence and an answer that does not come are told apart", async () => {
  const failed = await call();
  await failed.receiver.receive(failed.token(), "failure", JSON.stringify({ code: "NO_STOCK", message: "Sold out." }));
  expect(await failed.result()).toEqual({ code: "EXTERNAL_FAILED" });

  const silent = await call({ heartbeat: true });
  await silent.engine.clock.advance(9 * 60_000);
  expect(await silent.receiver.receive(silent.token(), "heartbeat")).toEqual({ status: 204 });
  await silent.engine.clock.advance(9 * 60_000);
  expect((await silent.engine.describe(silent.arn)).Status).toBe("RUNNING");
  await silent.engine.clock.advance(2 * 60_000);
  expect(await silent.result()).toEqual({ code: "EXTERNAL_SILENT" });
  expect(nameOf(await silent.receiver.receive(silent.token(), "success", receipt))).toBe("callback-closed");
  expect(nameOf(await silent.receiver.receive(silent.token(), "success", receipt))).toBe("callback-closed");

  const late = await call();
  await late.engine.clock.advance(2 * 3_600_000);
  expect(await late.result()).toEqual({ code: "EXTERNAL_TIMED_OUT" });
});

test("an answer that could not be sent on is taken all the same, and the sweeper sends it", async () => {
  let down = true;
  const { receiver, token, result, store, execution } = await call({ down: () => down });
  expect(await receiver.receive(token(), "success", receipt)).toEqual({ status: 204 });
  down = false;
  expect(await receiver.sweep()).toBe(1);
  expect(await receiver.sweep()).toBe(0);
  expect(await result()).toMatchObject({ parcel: "P-1" });
  expect((await store.chain.entries(execution)).map(({ act }) => act)).toEqual(["called-back"]);
});

test("where the call had to be repeated, the token of every attempt is good, once in all", async () => {
  let tries = 0;
  const { receiver, token, urls, engine, result } = await call({
    submit: async () => {
      tries += 1;
      if (tries === 1) throw new Error("connection lost after the request was sent");
    },
  });
  await engine.clock.advance(5_000);
  await quiet(engine);
  expect(new Set(urls).size).toBe(2);
  expect(await receiver.receive(token(0), "success", receipt)).toEqual({ status: 204 });
  expect(nameOf(await receiver.receive(token(1), "success", receipt))).toBe("callback-already-answered");
  expect(await result()).toMatchObject({ parcel: "P-1" });
});
