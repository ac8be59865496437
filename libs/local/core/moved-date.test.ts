import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { createClock } from "./clock.ts";

/** Asks a thread whose Date follows the clock, as the threads of functions do. */
async function inThread(shared: SharedArrayBuffer, expression: string): Promise<unknown> {
  const module = new URL("./moved-date.ts", import.meta.url).href;
  const source = `import(${JSON.stringify(module)}).then(({ moveDate, sharedNow }) => {
    moveDate(sharedNow(require("node:worker_threads").workerData));
    require("node:worker_threads").parentPort.postMessage(eval(${JSON.stringify(expression)}));
  })`;
  const worker = new Worker(source, { eval: true, workerData: shared });
  try {
    return await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
  } finally {
    await worker.terminate();
  }
}

test("a function's Date shows the clock that was moved, by every way of asking it", async () => {
  const clock = createClock({ standsAt: Date.parse("2027-01-04T09:00:00Z") });
  await clock.advance(1_500);
  expect(
    await inThread(
      clock.shared,
      `[Date.now(), new Date().toISOString(), new Date(0).getTime(), Date.parse("1970-01-02"), Date.UTC(1970, 0, 3),
        new Date() instanceof Date, new Date().constructor === Date, Date().slice(11, 15),
        new (class Day extends Date { year() { return this.getUTCFullYear(); } })().year(), Date.name.length > 0]`,
    ),
  ).toEqual([
    ...[1_799_053_201_500, "2027-01-04T09:00:01.500Z", 0, 86_400_000, 172_800_000],
    ...[true, true, "2027", 2_027, true],
  ]);
  const real = createClock();
  const ahead = createClock({ offset: 86_400_000 });
  const seen = Number(await inThread(ahead.shared, "Date.now()"));
  expect(seen - real.now()).toBeGreaterThan(86_400_000 - 60_000);
  for (const one of [clock, real, ahead]) one.close();
});
