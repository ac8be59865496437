import "./cost/quiet.ts";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Command, InvalidArgumentError } from "commander";
import { loadContracts } from "./build/functions.ts";
import { createMeter, indexesOf } from "./cost/meter.ts";
import { type Cost, priceOf } from "./cost/price.ts";
import { print } from "./cost/report.ts";
import { triggerOf, use } from "./cost/run.ts";
import { folderOf } from "./history/load.ts";
import { type Path, startWorld } from "./history/world.ts";

const program = new Command("npm run cost --")
  .description(
    "Runs every path of every workflow on the local cloud, counts what AWS would bill, and prices it; beside it what the same process costs on Step Functions Standard. docs/cost.md says how it is counted.",
  )
  .argument("[workflow]", "of one workflow alone")
  .option("--per-month <executions>", "also the month's sum, for so many executions of each path", wholeNumber)
  .option("--json", "print the rows as JSON, and nothing else")
  .parse();
const [wanted] = program.args;
const { perMonth, json } = program.opts<{ perMonth?: number; json?: boolean }>();

const all = await loadContracts();
const contracts = all.filter(({ name }) => wanted === undefined || name === wanted);
if (contracts.length === 0)
  program.error(`Expected a workflow of ${all.map(({ name }) => name).join(", ")}, got ${JSON.stringify(wanted)}.`, {
    exitCode: 2,
  });

// What the workflows log and count would stand between the rows, and in the JSON.
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true;
const meter = createMeter();
const world = await startWorld(meter.before);
const costs: Cost[] = [];
try {
  meter.knowIndexes(await indexesOf(world.dynamodb));
  for (const contract of contracts) {
    const file = pathToFileURL(join(folderOf(contract.name), "paths.ts")).href;
    const { paths } = (await import(file)) as { paths: Record<string, Path> };
    for (const [name, path] of Object.entries(paths)) {
      if (!json && process.stderr.isTTY) process.stderr.write(`\r\u001b[K${contract.name}: ${name}`);
      costs.push(priceOf(await use(contract, { name, path, world, meter }), triggerOf(contract)));
    }
  }
} finally {
  if (!json && process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  await world.close();
  process.stdout.write = write;
}
if (json) console.log(JSON.stringify(costs));
else print(costs, perMonth);
// What an execution abandoned in its code sleeps on: nothing wakes it.
process.exit();

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("Expected a whole number from 1 on.");
  return Number(text);
}
