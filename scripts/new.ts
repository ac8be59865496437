import { join } from "node:path";
import { Command, Option } from "commander";
import { logger } from "#platform";
import { root } from "./build/functions.ts";
import { ask, type Told } from "./new/ask.ts";
import { type Choices, problemOf, RefusedChoiceError, TRIGGERS } from "./new/choices.ts";
import { writeWorkflow } from "./new/write.ts";

// What the workflow logs while its history is recorded would stand between the lines, and in the JSON.
logger.setLogLevel("SILENT");
process.env.POWERTOOLS_METRICS_DISABLED = "true";

const program = new Command("npm run new --")
  .description(
    "Makes a workflow: contract, body, activities, tests, a sample, a README and its recorded histories, in workflows/<name>/. At a terminal it asks for what it is not told.",
  )
  .argument("[name]", "2 to 31 of a-z, 0-9 and -, a letter first")
  .addOption(new Option("--trigger <what>", "what starts it (default: queue)").choices(TRIGGERS))
  .option("--review", "it asks a person")
  .option("--no-review")
  .option("--saga", "it takes back what it did where a later part fails")
  .option("--no-saga")
  .option("--score", "it has a model score what is asked for")
  .option("--no-score")
  .option("-y, --yes", "ask nothing: what is not told is left out")
  .option("--json", "print what was made as JSON, and nothing else")
  .addHelpText("after", "\nExample: npm run new -- leave-approval --trigger queue --review --saga")
  .parse();
const { yes, json, ...flags } = program.opts<Omit<Told, "name"> & { yes?: boolean; json?: boolean }>();
const workflows = join(root, "workflows");

try {
  const choices = await chosen({ ...flags, name: program.args[0] });
  const histories: { path: string; status: string; operations: number }[] = [];
  const files = await writeWorkflow(workflows, choices, async (folder) => {
    const { recordAll } = await import("./history/record-all.ts");
    for (const { path, status, operations } of await recordAll(folder)) histories.push({ path, status, operations });
  });
  const folder = `workflows/${choices.name}`;
  const all = [...files, ...histories.map(({ path }) => `histories/${path}.json`)].sort();
  if (json) console.log(JSON.stringify({ workflow: choices.name, folder, files: all, histories }));
  else tell(folder, all);
} catch (error) {
  if (!(error instanceof RefusedChoiceError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

async function chosen(told: Told): Promise<Choices> {
  const problem = told.name === undefined ? undefined : await problemOf(told.name, workflows);
  if (problem) throw new RefusedChoiceError("NAME_REFUSED", problem);
  const isAnswered = told.name !== undefined && told.trigger !== undefined;
  const isComplete = isAnswered && [told.review, told.saga, told.score].some((part) => part !== undefined);
  if (process.stdin.isTTY && process.stdout.isTTY && !yes && !json && !isComplete) return ask(told, workflows);
  if (told.name === undefined)
    throw new RefusedChoiceError("NAME_MISSING", "Expected the workflow's name: npm run new -- leave-approval");
  const { trigger = "queue", review = false, saga = false, score = false } = told;
  return { name: told.name, trigger, review, saga, score };
}

function tell(folder: string, files: readonly string[]) {
  for (const file of files) console.log(`${folder}/${file}`);
  const name = folder.replace("workflows/", "");
  console.log(`
Next:
  npm run check
  npm test -- ${folder}
  npm start                                  # it runs, and the console shows it
  npm run history -- record ${name}          # after each change of what it does
${folder}/README.md says how to send a request, and what to put in place of what.`);
}
