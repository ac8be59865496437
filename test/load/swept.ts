import { setTimeout as sleep } from "node:timers/promises";
import Table from "cli-table3";
import { Command, InvalidArgumentError } from "commander";
import { atOnce, startAsking } from "./asking-cloud.ts";
import { limiter } from "./limiter.ts";

/** Lambda's limits for a region, a second. */
const CALLBACKS = 3_000;
const HISTORIES = 15;
/** Offices send in office hours. */
const PEAK = 10;
const REFUSED_SECONDS = 600;
const MEANWHILE_SECONDS = 20;
/** One answer of so many is lost on its way back, as when a connection breaks. */
const LOST_EVERY = 200;

/** Limits and traffic are divided alike; what is left behind by ten minutes at the peak is then divided too. */
const ROWS = [
  { perDay: 100, scale: 1 },
  { perDay: 10_000, scale: 1 },
  { perDay: 1_000_000, scale: 100 },
] as const;

const rowOf = (text: string) => {
  const row = ROWS.find(({ perDay }) => perDay === Number(text));
  if (row) return row;
  throw new InvalidArgumentError(`Expected one of ${ROWS.map(({ perDay }) => perDay).join(", ")}.`);
};

const { json, only, most } = new Command("node test/load/swept.ts")
  .description(
    "For ten minutes at the peak Lambda refuses every callback, so that decisions are left behind; then it takes them at its rate, and the sweeper brings them home while new ones come. Exit code 1 where one is lost or comes twice.",
  )
  .option("--json", "print the rows as JSON, and nothing else")
  .option("--only <cases a day>", "one row", rowOf)
  .option("--most <runs>", "give up after so many runs of the sweeper", Number, 12)
  .parse()
  .opts<{ json?: boolean; only?: (typeof ROWS)[number]; most: number }>();

const rows = [];
for (const row of only ? [only] : ROWS) {
  const measured = await measure(row);
  if (measured.lost > 0 || measured.twice > 0) process.exitCode = 1;
  rows.push(measured);
}
if (json) console.log(JSON.stringify(rows));
else {
  const table = new Table({ head: Object.keys(rows[0] ?? {}), style: { head: [], border: [] } });
  table.push(...rows.map((row) => Object.values(row)));
  console.log(table.toString());
}

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
      lost:
        cases.filter((name) => ends.get(name) !== `Because of ${name}.`).length +
        deliveries.filter((n) => n < 1).length,
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
