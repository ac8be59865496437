import { Command, Option } from "commander";
import { environmentNames } from "./tf/environments.ts";
import { fmt } from "./tf/fmt.ts";
import { print, type Report } from "./tf/report.ts";
import { schema } from "./tf/schema.ts";
import { synth } from "./tf/synth.ts";
import { test } from "./tf/test.ts";
import { validate } from "./tf/validate.ts";

interface Options {
  env: string;
  json: boolean;
}

const names = await environmentNames();
const program = new Command("npm run tf --")
  .description("The platform on AWS, by Terraform.")
  .configureHelp({ showGlobalOptions: true })
  .addHelpText("after", "\nExit code: 0 done or skipped, 1 a check failed or was refused, 2 it could not be run.");

/** Adds a verb that answers with a report. */
function verb<Given>(name: string, description: string, run: (options: Options & Given) => Promise<Report>): Command {
  return program
    .command(name)
    .description(description)
    .addOption(new Option("--env <name>", "the environment").choices(names).default("dev"))
    .option("--json", "print the outcome as JSON, and nothing else", false)
    .action(async (options: Options & Given) => print(await run(options), options.json));
}

verb(
  "synth",
  "Build the functions and write the environment's stack to terraform/out/. Needs no Terraform.",
  ({ env }) => synth(env),
);
verb<{ check: boolean }>("fmt", "Format the modules and write their README tables.", ({ check }) =>
  fmt({ check }),
).option("--check", "only say what would change", false);
verb("validate", "Validate every module and every environment's stack against the provider's schema, offline.", () =>
  validate(),
);
verb("test", "Run the modules' tests and the policy tests, offline.", ({ json }) => test({ json }));
verb<{ check: boolean }>(
  "schema",
  "Make the offline provider's schema from the bindings (terraform/offline/generator).",
  ({ check }) => schema({ check }),
).option("--check", "only say whether it is what the bindings make", false);

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
