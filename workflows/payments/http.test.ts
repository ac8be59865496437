import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createCounterparty } from "./http.ts";

let server: Server;
let url: string;
let seen: { method: string; key: string | undefined; path: string }[] = [];
let reply: (count: number) => { status: number; body: string } | "cut";

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push({
      method: request.method ?? "",
      key: request.headers["idempotency-key"] as string | undefined,
      path: request.url ?? "",
    });
    const answer = reply(seen.length);
    if (answer === "cut") return void response.socket?.destroy();
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const call = { signal: new AbortController().signal, attempt: 1 };
const post = (answered: typeof reply) => {
  seen = [];
  reply = answered;
  return createCounterparty(url).post("provider/authorise", {
    key: "k-1",
    body: { a: 1 },
    answer: z.object({ id: z.string() }),
    call,
  });
};
const ok = { status: 201, body: '{"id":"7","more":true}' };

test("a request carries its idempotency key, and its answer comes back checked", async () => {
  expect(await post(() => ok)).toEqual({ id: "7" });
  expect(seen).toEqual([{ method: "POST", key: "k-1", path: "/provider/authorise" }]);
});

test("a lost connection is tried again once with the same key, then told as unavailable: the outcome is unknown", async () => {
  expect(await post((count) => (count === 1 ? "cut" : ok))).toEqual({ id: "7" });
  await expect(post(() => "cut")).rejects.toMatchObject({ code: "COUNTERPARTY_UNAVAILABLE", retryable: true });
  expect(seen.map(({ key }) => key)).toEqual(["k-1", "k-1"]);
});

test.each([500, 503, 409, 425, 429])("status %i may pass: it says nothing of what happened", async (status) => {
  const body = '{"code":"BUSY","message":"Later."}';
  await expect(post(() => ({ status, body }))).rejects.toMatchObject({
    code: "COUNTERPARTY_UNAVAILABLE",
    retryable: true,
  });
});

test("a refusal in the counterparty's own words says that nothing happened, by its code", async () => {
  const refused = post(() => ({ status: 422, body: '{"code":"CARD_DECLINED","message":"Declined."}' }));
  await expect(refused).rejects.toMatchObject({
    name: "NothingHappenedError",
    code: "CARD_DECLINED",
    retryable: false,
  });
});

test("a refusal by something in between, and an answer that is not as agreed, leave the outcome unknown", async () => {
  for (const answer of [
    { status: 403, body: "<html>" },
    { status: 200, body: "{}" },
    { status: 200, body: "not json" },
  ])
    await expect(post(() => answer)).rejects.toMatchObject({ name: "CounterpartyAnswerError", retryable: false });
});

test("a caller that gives up ends the request", async () => {
  const controller = new AbortController();
  reply = () => ok;
  controller.abort(new Error("enough"));
  const asked = createCounterparty(url).get("effects/1", {
    answer: z.object({}),
    call: { signal: controller.signal, attempt: 1 },
  });
  await expect(asked).rejects.toMatchObject({ code: "COUNTERPARTY_UNAVAILABLE" });
});
