import { Command, Option } from "commander";
import { apply } from "./tf/apply.ts";
import { destroy } from "./tf/destroy.ts";
import { doctor } from "./tf/doctor.ts";
import { environmentNames } from "./tf/environments.ts";
import { fmt } from "./tf/fmt.ts";
import { output } from "./tf/output.ts";
import { plan } from "./tf/plan.ts";
import { rehearse } from "./tf/rehearsal/rehearse.ts";
import { print, type Report } from "./tf/report.ts";
import { schema } from "./tf/schema.ts";
import { smoke } from "./tf/smoke.ts";
import { synth } from "./tf/synth.ts";
import { test } from "./tf/test.ts";
import { unprotect } from "./tf/unprotect.ts";
import { validate } from "./tf/validate.ts";
import { versions } from "./tf/versions.ts";

interface Options {
  env: string;
  json: boolean;
}

const names = await environmentNames();
const program = new Command("npm run tf --")
  .description("The platform on AWS, by Terraform.")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
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

const check = ["--check", "only say whether something would change", false] as const;
const yes = ["--yes", "do not ask", false] as const;
const force = () =>
  new Option("--force <addresses...>", "resources with executions or data that may be lost").default([]);

verb("synth", "Build the functions and write the stack to terraform/out/. Needs no Terraform.", ({ env }) =>
  synth(env),
);
verb<{ check: boolean }>("fmt", "Format the modules and write their README tables.", fmt).option(...check);
verb(
  "validate",
  "Validate every module and every environment's stack against the provider's schema, offline.",
  validate,
);
verb("test", "Run the modules' tests and the policy tests, offline.", test);
verb("rehearse", "Apply, change and destroy the stack on a moto server on loopback.", rehearse);
verb<{ check: boolean }>("schema", "Make the offline provider's schema from its bindings.", schema).option(...check);

verb("plan", "Say what an apply would do.", ({ env, ...options }) => plan(env, options));
verb<{ yes: boolean; force: string[] }>("apply", "Plan, ask, apply, and start the rollouts.", ({ env, ...options }) =>
  apply(env, options),
)
  .option(...yes)
  .addOption(force());
verb<{ yes: boolean; force: string[] }>(
  "destroy",
  "Destroy an environment in which nothing runs.",
  ({ env, ...options }) => destroy(env, options),
)
  .option(...yes)
  .addOption(force());
verb<{ yes: boolean }>("unprotect", "Let go of the guards against replacing and destroying.", ({ env, ...options }) =>
  unprotect(env, options),
).option(...yes);
verb("output", "Print the stack's outputs.", ({ env, ...options }) => output(env, options));
verb("smoke", "Ask the deployed console whether it is there and lets nobody in.", ({ env, ...options }) =>
  smoke(env, options),
);
verb("doctor", "Look whether an environment can be deployed to and will work.", ({ env }) => doctor(env));
verb<{ yes: boolean; prune: boolean }>(
  "versions",
  "Count the open executions on each version.",
  ({ env, ...options }) => versions(env, options),
)
  .option("--prune", "remove old versions on which none is open", false)
  .option(...yes);

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
