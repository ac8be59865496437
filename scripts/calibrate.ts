import { Command } from "commander";
import { scoringOf } from "#scoring";
import { loadContracts } from "./build/functions.ts";
import { openReader } from "./calibrate/read.ts";
import { sayFigures, sayShadow } from "./calibrate/report.ts";

const options = new Command("npm run calibrate --")
  .description(
    "Tells what the decisions of people say about a workflow's scores and bounds. It recommends; a person changes the contract.",
  )
  .requiredOption("--workflow <name>", "the workflow whose decisions are read")
  .option("--shadow", "tell how the contract's candidates compare with what decides, and nothing else")
  .option("--points <file>", "read the points from a file, a JSON object a line, and not from the table")
  .option("--aws", "read from AWS, with your own credentials, and not from the local cloud")
  .option("--endpoint <url>", "of the local cloud", process.env.AWS_ENDPOINT_URL ?? "http://127.0.0.1:4566")
  .option("--json", "print the outcome as JSON, and nothing else")
  .parse()
  .opts<{ workflow: string; points?: string; shadow?: boolean; endpoint: string; aws?: boolean; json?: boolean }>();

try {
  const { workflow } = options;
  const contract = (await loadContracts()).find(({ name }) => name === workflow);
  if (!contract) throw new RangeError(`Expected --workflow to be one that is here, got ${workflow}.`);
  const scoring = scoringOf(contract);
  const reader = openReader(workflow, options);
  if (options.shadow) {
    const candidates = await reader.comparisons();
    if (options.json) console.log(JSON.stringify({ workflow, candidate: scoring.shadow ?? null, candidates }));
    else sayShadow(candidates, scoring.shadow);
  } else {
    const figures = await reader.figures(scoring.bands);
    if (options.json) console.log(JSON.stringify({ workflow, ...figures }));
    else sayFigures(figures);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
