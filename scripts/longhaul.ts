// Imported first: what the libraries log would stand between the lines, and in the JSON.
import "./cost/quiet.ts";
import { Command } from "commander";
import { addActing } from "./longhaul/acting.ts";
import { addCompletion } from "./longhaul/completion.ts";
import { addLooking } from "./longhaul/looking.ts";
import { atSiteOf } from "./longhaul/run.ts";

const LOCAL = "http://127.0.0.1:4566";

const program = new Command("npm run longhaul --")
  .description("Looks after executions: on the local cloud that runs, or with --profile or --region on AWS.")
  .option("--endpoint <url>", "of the local cloud", LOCAL)
  .option("--profile <name>", "of your AWS credentials: on AWS, not on the local cloud")
  .option("--region <name>", "on AWS, not on the local cloud")
  .option("--json", "print the answer as JSON, and nothing else")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .addHelpText("after", "\nExit code: 0 done, 1 refused or not there, 2 it could not be run.");

const at = atSiteOf(program);
addLooking(program, at);
addActing(program, at);
addCompletion(program);
await program.parseAsync();
