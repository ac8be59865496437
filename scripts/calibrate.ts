import { readFile } from "node:fs/promises";
import Table from "cli-table3";
import { Command } from "commander";
import { reviewsFromEnvironment, withAudits } from "#callbacks";
import { names } from "#deployment";
import { createTable } from "#platform";
import {
  CalibrationPoint,
  createCalibration,
  type Figures,
  figuresOf,
  type Judged,
  type Share,
  scoringOf,
} from "#scoring";
import { loadContracts } from "./build/functions.ts";

const options = new Command("npm run calibrate --")
  .description(
    "Tells what the decisions of people say about a workflow's scores and bounds. It recommends; a person changes the contract.",
  )
  .requiredOption("--workflow <name>", "the workflow whose decisions are read")
  .option("--points <file>", "read the calibration points from a file, a JSON object a line, and not from the table")
  .option("--aws", "read from AWS, with your own credentials, and not from the local cloud")
  .option("--endpoint <url>", "of the local cloud", process.env.AWS_ENDPOINT_URL ?? "http://127.0.0.1:4566")
  .option("--json", "print the outcome as JSON, and nothing else")
  .parse()
  .opts<{ workflow: string; points?: string; endpoint: string; aws?: boolean; json?: boolean }>();

try {
  const contract = (await loadContracts()).find(({ name }) => name === options.workflow);
  if (!contract) throw new RangeError(`Expected --workflow to be one that is here, got ${options.workflow}.`);
  const figures = figuresOf(
    options.points ? await fromFile(options.points) : await fromTable(),
    scoringOf(contract).bands,
  );
  if (options.json) console.log(JSON.stringify({ workflow: options.workflow, ...figures }));
  else say(figures);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

async function fromFile(file: string): Promise<Judged[]> {
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => CalibrationPoint.parse(JSON.parse(line)));
}

/** What the deployment keeps, with what people said of the drawn decisions. */
async function fromTable(): Promise<Judged[]> {
  if (!options.aws)
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: options.endpoint,
      AWS_REGION: process.env.AWS_REGION ?? "eu-west-1",
      AWS_ACCESS_KEY_ID: "longhaul",
      AWS_SECRET_ACCESS_KEY: "local",
    });
  process.env.LONGHAUL_REVIEWS_TABLE ??= names.reviews;
  const points = await createCalibration(createTable(process.env.LONGHAUL_REVIEWS_TABLE)).points(options.workflow);
  return withAudits(reviewsFromEnvironment(), points);
}

function say({ points, byPeople, byPolicy, audit, reliability, bounds, drift, neededFor, recommendation }: Figures) {
  const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
  const cell = ({ count, of, share, low, high }: Share) =>
    of === 0 ? "none" : `${count} of ${of} = ${percent(share)} (${percent(low)} to ${percent(high)})`;
  const print = (title: string, head: string[], rows: string[][]) => {
    const table = new Table({ head, style: { head: [], border: [] } });
    table.push(...rows);
    console.log(`\n${title}\n${table.toString()}`);
  };
  console.log(`${points} decisions, ${byPeople} by people beside a score, ${byPolicy} by the policy.`);
  print(
    "How often people approved, by score (afterwards, where the policy had decided)",
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
    "What people said afterwards of automatic decisions that were drawn",
    [
      "drawn",
      "looked at",
      "approvals that a person would have rejected",
      "rejections that a person would have approved",
    ],
    [[String(audit.drawn), String(audit.judged), cell(audit.approvalsDisputed), cell(audit.rejectionsDisputed)]],
  );
  print(
    "Over time, by model and prompt",
    ["month, model, prompt", "decisions", "mean score", "left to people", "approved by people"],
    drift.map(({ period, count, meanScore, toPeople, approvedByPeople }) => [
      period,
      String(count),
      String(meanScore ?? "-"),
      cell(toPeople),
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
