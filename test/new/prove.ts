import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Command } from "commander";
import type { Choices } from "../../scripts/new/choices.ts";
import { allChoices } from "./all-choices.ts";
import { copyRepository } from "./copy.ts";

const run = promisify(execFile);

const { keep } = new Command("node test/new/prove.ts")
  .description(
    "Makes every workflow that `npm run new` can make, in a copy of the repository, and has everything pass with no hand on them: check, their tests, build, histories, Terraform.",
  )
  .option("--keep", "leave the copy, and say where it is")
  .parse()
  .opts<{ keep?: boolean }>();

const { folder, remove } = await copyRepository();
try {
  for (const choices of allChoices) {
    const args = argumentsOf(choices);
    await prove(`npm run new -- ${args.join(" ")}`, "scripts/new.ts", ...args);
  }
  await prove("npm run check", "scripts/check.ts");
  await prove("npm run build", "scripts/build.ts");
  await prove("npm test -- workflows/<each>", "scripts/test.ts", ...allChoices.map(({ name }) => `workflows/${name}/`));
  await prove("npm run history -- verify", "scripts/history.ts", "verify");
  await prove("npm run tf -- validate", "scripts/tf.ts", "validate");
} finally {
  if (keep) console.log(folder);
  else await remove();
}

/** What the command line is told to make just this one, with no question asked. */
function argumentsOf({ name, trigger, ...parts }: Choices): string[] {
  const flags = Object.entries(parts).flatMap(([part, has]) => (has ? [`--${part}`] : []));
  return [name, "--yes", "--trigger", trigger, ...flags];
}

/** One command in the copy; ends all where it fails. */
async function prove(title: string, ...args: string[]) {
  const start = performance.now();
  const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
  const outcome = await run(process.execPath, args, options).catch(
    (error: { stdout: string; stderr: string }) => error,
  );
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  const skipped = [...outcome.stdout.matchAll(/^SKIPPED.*$/gm)].map(([line]) => line);
  if (outcome instanceof Error) {
    console.log(`FAIL ${title} (${seconds} s)\n${outcome.stdout}\n${outcome.stderr}`);
    process.exitCode = 1;
    throw new Error(`${title} failed.`);
  }
  console.log([`ok   ${title} (${seconds} s)`, ...skipped].join("\n"));
}
