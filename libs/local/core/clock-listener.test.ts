import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Clock, createClock } from "./clock.ts";
import { createClockListener } from "./clock-listener.ts";
import { type Front, listen } from "./front.ts";

const START = Date.parse("2027-01-01T00:00:00Z");

let clock: Clock;
let front: Front;
beforeEach(() => {
  clock = createClock({ standsAt: START });
});
beforeAll(async () => {
  front = await listen(
    (request, response) => createClockListener(clock, console.error)(request, response),
    0,
    "--port",
  );
});
afterAll(() => front.close());

async function call(method: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`http://127.0.0.1:${front.port}/_longhaul/clock`, {
    method,
    headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test("GET shows the instant, the mode and the next timer; the three ways move it", async () => {
  clock.at(START + 90_000, () => undefined);
  const first = { now: "2027-01-01T00:00:00.000Z", mode: "virtual", next: "2027-01-01T00:01:30.000Z" };
  expect((await call("GET")).body).toEqual(first);
  expect((await call("POST", { advance: "1m" })).body).toEqual({
    ...first,
    now: "2027-01-01T00:01:00.000Z",
    movedMs: 60_000,
  });
  expect((await call("POST", { toNext: true })).body).toMatchObject({ now: "2027-01-01T00:01:30.000Z", next: null });
  expect(await call("POST", { toNext: true })).toMatchObject({ status: 409, body: { message: /Nothing is due/ } });
  expect((await call("POST", { until: "2027-01-04T09:00:00Z" })).body.now).toBe("2027-01-04T09:00:00.000Z");
  expect((await call("POST", { advance: "1d12h" })).body.now).toBe("2027-01-05T21:00:00.000Z");
});

test.each([
  ["a unit that there is not", { advance: "3y" }, /advance: expected a duration such as 90s, 3d or 1d12h; got .*3y/],
  ["a number", { advance: 5 }, /advance/],
  ["too much", { advance: "4000d" }, /advance: expected at most 3660 days/],
  ["the past", { until: "2020-01-01T00:00:00Z" }, /`until` to lie between 2027-01-01T00:00:00.000Z.*forward only/],
  ["no instant", { until: "tomorrow" }, /until: Invalid ISO datetime; got .*tomorrow/],
  ["toNext that is false", { toNext: false }, /toNext/],
  ["two ways at once", { advance: "1d", toNext: true }, /expected one of/],
  ["an unknown member", { forward: "1d" }, /expected one of/],
  ["no JSON", "{", /no JSON/],
  ["nothing", {}, /expected one of/],
])("%s is refused, and says what was expected and what came", async (_, body, message) => {
  const refused = await call("POST", body);
  expect(refused.status).toBe(400);
  expect(refused.body.message).toMatch(message);
  expect(clock.now()).toBe(START);
});

test("no web page moves the clock", async () => {
  const origin = { origin: `http://127.0.0.1:${front.port}` };
  expect((await call("POST", { advance: "1d" }, origin)).status).toBe(403);
  expect((await call("POST", { advance: "1d" }, { origin: "null" })).status).toBe(403);
  expect((await call("POST", { advance: "1d" }, { "content-type": "text/plain" })).status).toBe(415);
  expect((await call("PUT", { advance: "1d" })).status).toBe(405);
  expect(clock.now()).toBe(START);
});
