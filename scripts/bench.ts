import { Command, InvalidArgumentError } from "commander";
import { CASES, type Case } from "./bench/cases.ts";
import { ENGINES, type Engine, peers } from "./bench/engines.ts";
import { describeMachine } from "./bench/machine.ts";
import { runPayments } from "./bench/payments.ts";
import { installPeers } from "./bench/peers/install.ts";
import { type Row, rounded, toTable } from "./bench/report.ts";
import { measureStarts, startsTable } from "./bench/starts.ts";
import type { Subject } from "./bench/subject.ts";

const oneOf =
  <T extends { name: string }>(all: readonly T[]) =>
  (name: string): T => {
    const found = all.find((one) => one.name === name);
    if (!found) throw new InvalidArgumentError(`Expected one of: ${all.map((one) => one.name).join("; ")}.`);
    return found;
  };
const share = (text: string) => {
  const value = Number(text);
  if (!(value > 0 && value <= 1)) throw new InvalidArgumentError("Expected a number over 0 and up to 1.");
  return value;
};

const whole = (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("Expected a whole number from 1 on.");
  return value;
};

const options = new Command("npm run bench --")
  .description(
    "Measures the local engine beside others on the same workflows, one after another, on this machine. Exit code 1 where a case failed.",
  )
  .option("--case <name>", "run this one alone", oneOf(CASES))
  .option("--engine <name>", "run this one alone", oneOf(ENGINES))
  .option("--peers", "measure Restate and DBOS too, which npm installs into a temporary folder")
  .option("--payments <count>", "run so many payments alone, the platform killed five times on the way", whole)
  .option("--starts <rounds>", "measure the functions' sizes and starts alone, so many starts of each", whole)
  .option("--share <number>", "of the repetitions, for a quick look", share, 1)
  .option("--json", "print the outcome as JSON, and nothing else")
  .configureOutput({ outputError: (text, write) => write(text) })
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse()
  .opts<{
    case?: Case;
    engine?: Engine;
    peers?: true;
    payments?: number;
    starts?: number;
    share: number;
    json?: boolean;
  }>();

const say = (line: string) => {
  if (!options.json) console.log(line);
};
let current: Subject | undefined;
process.once("SIGINT", () => void (current?.close() ?? Promise.resolve()).finally(() => process.exit(130)));

const machine = describeMachine();
say(`${machine}\n`);
if (options.starts) {
  const starts = await measureStarts(options.starts);
  if (options.json) console.log(JSON.stringify({ starts, machine }));
  else say(startsTable(starts));
  process.exit();
}
const rows: Row[] = [];
if (options.payments) rows.push(await runPayments(options.payments, 5));
else for (const engine of options.engine ? [options.engine] : ENGINES) await runEngine(engine);
if (options.peers) await runPeers();
if (options.json) console.log(JSON.stringify({ cases: rows, machine }));
else say(`\n${toTable(rows)}`);
// A client's kept connections would hold the process for a while.
process.exit();

async function runPeers() {
  say("… installing the peers");
  const { folder, remove } = await installPeers();
  try {
    for (const engine of peers(folder)) await runEngine(engine);
  } finally {
    await remove();
  }
}

async function runEngine({ name: engine, start }: Engine) {
  const subject = await start();
  current = subject;
  try {
    for (const one of options.case ? [options.case] : CASES) await runCase(engine, one, subject);
  } finally {
    current = undefined;
    await subject.close();
  }
}

async function runCase(engine: string, one: Case, subject: Subject) {
  try {
    const outcome = await one.run(subject, options.share);
    if (!outcome) return;
    const { p50Ms = null, p99Ms = null, perSecond = null, rssMb = null } = outcome;
    rows.push({
      name: one.name,
      engine,
      p50Ms: round(p50Ms),
      p99Ms: round(p99Ms),
      perSecond: round(perSecond),
      rssMb: round(rssMb),
    });
    say(`… ${engine}: ${one.name}: ${p50Ms === null ? "done" : `${rounded(p50Ms)} ms`}`);
  } catch (error) {
    process.exitCode = 1;
    console.error(`${engine}: ${one.name}: ${error instanceof Error ? error.message : String(error)}`);
    rows.push({ name: one.name, engine, p50Ms: null, p99Ms: null, perSecond: null, rssMb: null });
  }
}

function round(value: number | null) {
  return value === null ? null : rounded(value);
}
