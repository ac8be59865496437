import { readFile } from "node:fs/promises";
import Table from "cli-table3";
import { Command } from "commander";
import { names } from "#deployment";
import { createAdminClients } from "#platform";
import { CalibrationPoint, scoringOf } from "#scoring";
import { loadContracts } from "./build/functions.ts";
import { type Figures, figuresOf } from "./calibrate/figures.ts";
import type { Share } from "./eval/measure.ts";

const options = new Command("npm run calibrate --")
  .description(
    "Tells what the decisions of people say about a workflow's scores and bounds. It recommends; a person changes the contract.",
  )
  .requiredOption("--workflow <name>", "the workflow whose decisions are read")
  .option("--points <file>", "read the calibration points from a file, a JSON object a line, and not from the bucket")
  .option("--endpoint <url>", "of the AWS services", process.env.AWS_ENDPOINT_URL ?? "http://127.0.0.1:4566")
  .option("--json", "print the outcome as JSON, and nothing else")
  .parse()
  .opts<{ workflow: string; points?: string; endpoint: string; json?: boolean }>();

try {
  const contract = (await loadContracts()).find(({ name }) => name === options.workflow);
  if (!contract) throw new RangeError(`Expected --workflow to be one that is here, got ${options.workflow}.`);
  const figures = figuresOf(
    options.points ? await fromFile(options.points) : await fromBucket(),
    scoringOf(contract).bands,
  );
  if (options.json) console.log(JSON.stringify({ workflow: options.workflow, ...figures }));
  else say(figures);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

async function fromFile(file: string): Promise<CalibrationPoint[]> {
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => CalibrationPoint.parse(JSON.parse(line)));
}

async function fromBucket(): Promise<CalibrationPoint[]> {
  const { s3, close } = await createAdminClients({
    endpoint: options.endpoint,
    region: process.env.AWS_REGION ?? "eu-west-1",
  });
  try {
    const points: CalibrationPoint[] = [];
    let after: string | undefined;
    do {
      const page = await s3.listObjectsV2({
        Bucket: names.bucket,
        Prefix: `${options.workflow}/calibration/`,
        ...(after && { ContinuationToken: after }),
      });
      for (const { Key } of page.Contents ?? []) {
        const { Body } = await s3.getObject({ Bucket: names.bucket, Key });
        points.push(CalibrationPoint.parse(JSON.parse((await Body?.transformToString()) ?? "")));
      }
      after = page.NextContinuationToken;
    } while (after);
    return points;
  } finally {
    close();
  }
}

function say({
  points,
  byPeople,
  byPolicy,
  chosenForAudit,
  reliability,
  bounds,
  drift,
  neededFor,
  recommendation,
}: Figures) {
  const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
  const cell = ({ count, of, share, low, high }: Share) =>
    of === 0 ? "none" : `${count} of ${of} = ${percent(share)} (${percent(low)} to ${percent(high)})`;
  const print = (title: string, head: string[], rows: string[][]) => {
    const table = new Table({ head, style: { head: [], border: [] } });
    table.push(...rows);
    console.log(`\n${title}\n${table.toString()}`);
  };
  console.log(
    `${points} decisions, ${byPeople} by people beside a score, ${byPolicy} by the policy, of which ${chosenForAudit} are chosen for a person to look at.`,
  );
  print(
    "How often people approved, by score",
    ["score", "approved"],
    reliability.map(({ from, to, approved }) => [`${from} to ${to}`, cell(approved)]),
  );
  print(
    "What bounds would have meant (the first are the contract's)",
    ["below, above", "left to people", "approved against a person", "rejected against a person"],
    bounds.map(({ rejectBelow, approveAbove, toPeople, falseApprovals, falseRejections }) => [
      `${rejectBelow}, ${approveAbove}`,
      cell(toPeople),
      cell(falseApprovals),
      cell(falseRejections),
    ]),
  );
  print(
    "Over time, by model and prompt",
    ["month, model, prompt", "decisions", "mean score", "approved by people"],
    drift.map(({ period, count, meanScore, approvedByPeople }) => [
      period,
      String(count),
      String(meanScore ?? "-"),
      cell(approvedByPeople),
    ]),
  );
  print(
    "Decisions without a false one that a claim needs",
    ["false at most", "decisions"],
    neededFor.map(({ rate, decisions }) => [percent(rate), String(decisions)]),
  );
  console.log(`\n${recommendation}`);
}
