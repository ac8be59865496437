import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Command, Option } from "commander";
import { z } from "zod";
import { converseOffline, OFFLINE_MODEL } from "#local";
import { connectBedrock } from "#platform/admin";
import type { Share } from "#scoring";
import { contract } from "../workflows/training/contract.ts";
import { candidates } from "../workflows/training/rubric.ts";
import { root } from "./build/functions.ts";
import { type Judged, judge } from "./eval/judge.ts";
import { type Figures, measure } from "./eval/measure.ts";
import { confusionOf, surprises, tableOf } from "./eval/report.ts";
import { loadDefaultSet, loadSet, PARTS } from "./eval/set.ts";

const options = new Command("npm run eval --")
  .description(
    "Judges labelled training requests as the workflow does, and tells how often it was right. Exit code 1 where the versioned set falls below its floors.",
  )
  .option(
    "--set <file>",
    'another set: a line each of {"id","format":"json|md|txt","document","label":"approve|reject|grey","attack"?}',
  )
  .option("--candidate <rubric>", "judge by a rubric on trial, named by its version, and not by the current one")
  .addOption(
    new Option("--bedrock <which>", "the model: the offline stand-in, or the contract's with your AWS credentials")
      .choices(["offline", "aws"])
      .default("offline"),
  )
  .option("--json", "print the outcome as JSON, and nothing else")
  .parse()
  .opts<{ set?: string; candidate?: string; bedrock: "offline" | "aws"; json?: boolean }>();

/** Every so manieth case is judged a second time. */
const REPEAT_EVERY = 5;

const Floors = z.strictObject({
  attacksApproved: z.number(),
  clearAgreement: z.number(),
  wrongSide: z.number(),
  paraphrasesApart: z.number(),
  personsApart: z.number(),
  repeatsApart: z.number(),
});

try {
  process.exitCode = await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

async function run(): Promise<number> {
  const isOffline = options.bedrock === "offline";
  const region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? "eu-west-1";
  const converse = isOffline ? converseOffline : await connectBedrock(region);
  const modelId = isOffline ? OFFLINE_MODEL : process.env.LONGHAUL_MODEL_ID;
  const model = modelId ?? contract.permissions.model ?? "";
  const rubric = candidates.find(({ version }) => version === options.candidate);
  if (options.candidate && !rubric)
    throw new RangeError(`Expected --candidate to be one of ${candidates.map(({ version }) => version).join(", ")}.`);
  const by = { converse, modelId, ...(rubric && { rubric }) };
  const set = options.set ? await loadSet(options.set, "set") : await loadDefaultSet();

  const cases: Judged[] = [];
  const repeated: { first: Judged; again: Judged }[] = [];
  for (const [index, one] of set.entries()) {
    const judged = await judge(one, by);
    cases.push(judged);
    if (index % REPEAT_EVERY === 0) repeated.push({ first: judged, again: await judge(one, by) });
  }
  const figures = measure(cases, repeated);
  const missed = options.set || options.candidate ? [] : await below(figures);
  if (options.json) print(model, cases, figures, missed);
  else say(model, cases, figures, missed);
  return missed.length === 0 ? 0 : 1;
}

/** Which floors the figures fall below. */
async function below(figures: Figures): Promise<string[]> {
  const file = join(root, "workflows/training/eval/floors.json");
  const floors = Floors.parse(JSON.parse(await readFile(file, "utf8")));
  const share = (name: keyof typeof floors) => (figures[name] as Share).share;
  return (Object.keys(floors) as (keyof typeof floors)[])
    .filter((name) => (name === "clearAgreement" ? share(name) < floors[name] : share(name) > floors[name]))
    .map((name) => `${name}: ${share(name)}, the floor is ${floors[name]}`);
}

function print(model: string, cases: Judged[], figures: Figures, missed: string[]) {
  const { agreement, clearAgreement, falseApprovals, falseRejections, toPeople, attacksApproved } = figures;
  console.log(
    JSON.stringify({
      model,
      total: cases.length,
      agreement: agreement.share,
      clearAgreement: clearAgreement.share,
      falseApprovals: falseApprovals.count,
      falseRejections: falseRejections.count,
      toPeople: toPeople.count,
      attacksApproved: attacksApproved.count,
      cases: cases.map(({ id, label, score, decision, flags }) => ({ id, label, score, decision, flags })),
      figures,
      belowFloors: missed,
    }),
  );
}

function say(model: string, cases: Judged[], figures: Figures, missed: string[]) {
  const columns = options.set
    ? []
    : PARTS.map((part) => ({ name: part, figures: measure(cases.filter((one) => one.part === part)) }));
  console.log(
    `${cases.length} requests, judged by ${model}${model === OFFLINE_MODEL ? ", the stand-in" : ""}${options.candidate ? `, with the rubric ${options.candidate}` : ""}.\n`,
  );
  console.log(tableOf([...columns, { name: options.set ?? "all", figures }]));
  console.log(`\n${confusionOf(figures)}\n`);
  for (const line of surprises(cases)) console.log(line);
  if (missed.length > 0)
    console.log(`\nBelow the floors of workflows/training/eval/floors.json:\n${missed.join("\n")}`);
}
