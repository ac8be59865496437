import { afterAll, beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "../support/cloud.ts";
import { greyRequest, type Longhaul, startLonghaul } from "../support/longhaul.ts";

const HOUR = 3_600_000;

let longhaul: Longhaul;
let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  const temporary = await temporaryFolder();
  ({ folder, remove } = temporary);
  longhaul = await startLonghaul(folder, "--no-samples", "--clock", "virtual");
}, 120_000);
afterAll(async () => {
  expect(await longhaul.end()).toBe(0);
  await remove();
});

async function clock(move?: object): Promise<{ now: string; mode: string; next: string | null }> {
  const response = await fetch(`${longhaul.endpoint}/_longhaul/clock`, {
    ...(move && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(move) }),
  });
  expect(response.status).toBe(200);
  return response.json() as ReturnType<typeof clock>;
}
const now = async () => Date.parse((await clock()).now);

test("time stands still: a review's dates are the clock's, to the millisecond, and its callback ends at its deadline", async () => {
  const before = await now();
  await longhaul.upload("still.pdf", await greyRequest("still"));
  const review = await longhaul.waiting("still.pdf");
  expect(await now()).toBe(before);
  expect(Date.parse(review.openedAt)).toBe(before);
  expect(Date.parse(review.deadlineAt) - before).toBe(72 * HOUR);
});

test("days pass in a moment: nobody decided in time, so the request is not approved, not a second early", async () => {
  await longhaul.upload("late.pdf", await greyRequest("late"));
  const { id, deadlineAt } = await longhaul.waiting("late.pdf");
  await clock({ until: new Date(Date.parse(deadlineAt) - 1_000).toISOString() });
  expect((await longhaul.reviews().get(id)).status).toBe("open");
  await clock({ advance: "1s" });
  const { decision } = await longhaul.result("late.pdf");
  expect(decision).not.toBe("approved");
  expect((await longhaul.reviews().get(id)).status).toBe("expired");
}, 60_000);

test("after days that passed in a moment people still sign in and decide", async () => {
  await clock({ advance: "5w" });
  await longhaul.upload("later.pdf", await greyRequest("later"));
  const { id, openedAt } = await longhaul.waiting("later.pdf");
  expect(Date.parse(openedAt)).toBe(await now());
  expect((await longhaul.decide(id, "approved", "Fine.")).status).toBe(200);
  expect(await longhaul.result("later.pdf")).toMatchObject({ decision: "approved", by: { name: "Hana Holm" } });
}, 60_000);

test("where the clock stands is kept over a restart, and what sleeps goes on from there", async () => {
  await longhaul.upload("kept.pdf", await greyRequest("kept"));
  const { id, deadlineAt } = await longhaul.waiting("kept.pdf");
  const stood = await now();
  await longhaul.end("SIGKILL");
  const port = new URL(longhaul.endpoint).port;
  longhaul = await startLonghaul(folder, "--no-samples", "--clock", "virtual", "--port", port);
  expect(await now()).toBe(stood);
  await clock({ until: deadlineAt });
  expect((await longhaul.reviews().get(id)).status).toBe("expired");
}, 120_000);
