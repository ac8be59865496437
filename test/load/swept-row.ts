import { setTimeout as sleep } from "node:timers/promises";
import { atOnce, startAsking } from "./asking-cloud.ts";
import { limiter } from "./limiter.ts";
import { ROWS } from "./swept-rows.ts";

/** Lambda's limits for a region, a second. */
const CALLBACKS = 3_000;
const HISTORIES = 15;
/** Offices send in office hours. */
const PEAK = 10;
const REFUSED_SECONDS = 600;
const MEANWHILE_SECONDS = 20;
/** One answer of so many is lost on its way back, as when a connection breaks. */
const LOST_EVERY = 200;

// A process of its own: the clients of the process belong to one cloud.
const row = ROWS.find(({ perDay }) => perDay === Number(process.argv[2]));
const most = Number(process.argv[3]);
if (row) process.send?.(await measure(row));
process.disconnect?.();

async function measure({ perDay, scale }: (typeof ROWS)[number]) {
  const peak = (perDay / 86_400 / scale) * PEAK;
  const leftBehind = Math.ceil(peak * REFUSED_SECONDS);
  const meanwhile = Math.ceil(peak * MEANWHILE_SECONDS);
  const callbacks = limiter(CALLBACKS / scale);
  const histories = limiter(HISTORIES / scale);
  let isOut = true;
  let sent = 0;
  const cloud = await startAsking({
    answer: ({ service, path }) => {
      if (service !== "lambda") return undefined;
      if (path.endsWith("/history")) return histories.take() ? undefined : "throttle";
      if (!path.includes("/durable-execution-callbacks/")) return undefined;
      if (isOut || !callbacks.take()) return "throttle";
      sent += 1;
      return sent % LOST_EVERY === 0 ? "drop" : undefined;
    },
  });
  try {
    const cases = await cloud.ask(leftBehind + meanwhile);
    say(`${perDay} a day: ${cases.length} wait; ${leftBehind} are decided while Lambda refuses`);
    await atOnce(cases.slice(0, leftBehind), 50, cloud.decide);
    isOut = false;
    const others = decideAt(peak, cases.slice(leftBehind), cloud.decide);
    const runs: number[] = [];
    let failed = 0;
    do {
      const run = await cloud.sweep();
      runs.push(run.millis / 1_000);
      if (run.failed) failed += 1;
      say(`run ${runs.length}: ${run.millis.toFixed(0)} ms, ${await cloud.left()} left ${run.failed ?? ""}`);
    } while ((await cloud.left()) > 0 && runs.length < most);
    await others;
    if ((await cloud.left()) > 0) await cloud.sweep();
    const ends = await settled(cloud, cases.length);
    const acts = await Promise.all(
      cases.map(async (name) => (await cloud.reviews.get(`${name}.review`)).audit.map(({ act }) => act)),
    );
    const deliveries = acts.map((all) => all.filter((act) => act === "delivered").length);
    const waiting = await cloud.left();
    const isDone = (name: string, index: number) => ends.get(name) === `Because of ${name}.` && deliveries[index] === 1;
    const unfinished = cases.filter((name, index) => !isDone(name, index)).length;
    return {
      perDay,
      scale,
      leftBehind,
      cameMeanwhile: meanwhile,
      callbacksASecond: CALLBACKS / scale,
      runs: runs.length,
      failedRuns: failed,
      longestRunSeconds: rounded(Math.max(...runs)),
      seconds: rounded(runs.reduce((sum, one) => sum + one, 0)),
      refused: callbacks.refused() + histories.refused(),
      waiting,
      lost: Math.max(0, unfinished - waiting),
      twice: deliveries.filter((count) => count > 1).length,
    };
  } finally {
    await cloud.close();
  }
}

/** Decisions that come one after the other, so many a second. */
async function decideAt(rate: number, cases: readonly string[], decide: (name: string) => Promise<unknown>) {
  const made: Promise<unknown>[] = [];
  for (const name of cases) {
    made.push(decide(name));
    await sleep(Math.min(2_000, 1_000 / rate));
  }
  await Promise.all(made);
}

/** The executions' results, once so many have ended; at most half a minute later. */
async function settled({ results }: Awaited<ReturnType<typeof startAsking>>, count: number) {
  for (let tries = 0; ; tries += 1) {
    const ends = await results();
    if (ends.size >= count || tries >= 15) return ends;
    await sleep(2_000);
  }
}

function say(line: string) {
  process.stderr.write(`${line}\n`);
}

function rounded(seconds: number) {
  return Math.round(seconds * 10) / 10;
}
