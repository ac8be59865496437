import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import Table from "cli-table3";
import { Command, InvalidArgumentError } from "commander";
import { ROWS } from "./swept-rows.ts";

const rowOf = (text: string) => {
  const row = ROWS.find(({ perDay }) => perDay === Number(text));
  if (row) return row;
  throw new InvalidArgumentError(`Expected one of ${ROWS.map(({ perDay }) => perDay).join(", ")}.`);
};

interface Row {
  waiting: number;
  lost: number;
  twice: number;
}

const { json, only, most } = new Command("node test/load/swept.ts")
  .description(
    "For ten minutes at the peak Lambda refuses every callback, so that decisions are left behind; then it takes them at its rate, and the sweeper brings them home while new ones come. Exit code 1 where one is lost, comes twice, or still waits at the end.",
  )
  .option("--json", "print the rows as JSON, and nothing else")
  .option("--only <cases a day>", "one row", rowOf)
  .option("--most <runs>", "give up after so many runs of the sweeper", Number, 12)
  .parse()
  .opts<{ json?: boolean; only?: (typeof ROWS)[number]; most: number }>();

const rows: Row[] = [];
for (const row of only ? [only] : ROWS) {
  const one = await measured(row.perDay);
  if (one.lost > 0 || one.twice > 0 || one.waiting > 0) process.exitCode = 1;
  rows.push(one);
}
if (json) console.log(JSON.stringify(rows));
else {
  const table = new Table({ head: Object.keys(rows[0] ?? {}), style: { head: [], border: [] } });
  table.push(...rows.map((row) => Object.values(row)));
  console.log(table.toString());
}

/** One row in a process of its own, whose log says errors alone. */
async function measured(perDay: number): Promise<Row> {
  const child = fork(join(import.meta.dirname, "swept-row.ts"), [String(perDay), String(most)], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { ...process.env, POWERTOOLS_LOG_LEVEL: "ERROR" },
  });
  const told = once(child, "message").then(([row]) => row as Row);
  const ended = once(child, "exit").then(([code]): never => {
    throw new Error(`The row for ${perDay} a day ended with ${code} and told nothing.`);
  });
  return Promise.race([told, ended]);
}
