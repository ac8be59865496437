// Imported first: what the libraries log would stand between the lines, and in the JSON.
import "./cost/quiet.ts";
import { readFile, writeFile } from "node:fs/promises";
import { stdin } from "node:process";
import { text } from "node:stream/consumers";
import { Command, InvalidArgumentError, Option } from "commander";
import { STATUSES, type Status } from "#executions";
import { LonghaulError } from "#platform";
import { cancel, decide, exportCase, rerun } from "./longhaul/act.ts";
import { linesOf, list } from "./longhaul/list.ts";
import { say } from "./longhaul/print.ts";
import { show, timelineLines } from "./longhaul/show.ts";
import { openSite, RefusedError, type Site, type Where } from "./longhaul/site.ts";
import { start, submit } from "./longhaul/submit.ts";
import { confirm } from "./tf/confirm.ts";
import { lineOf, versionStates } from "./tf/executions.ts";

const LOCAL = "http://127.0.0.1:4566";

const program = new Command("npm run longhaul --")
  .description("Looks after executions: on the local cloud that runs, or with --profile or --region on AWS.")
  .option("--endpoint <url>", "of the local cloud", LOCAL)
  .option("--profile <name>", "of your AWS credentials: on AWS, not on the local cloud")
  .option("--region <name>", "on AWS, not on the local cloud")
  .option("--json", "print the answer as JSON, and nothing else")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .addHelpText("after", "\nExit code: 0 done, 1 refused or not there, 2 it could not be run.");

/** Runs a command at the site that the options name; a refusal is a sentence and exit code 1. */
const at =
  <Args extends unknown[]>(run: (site: Site, json: boolean, ...args: Args) => Promise<void>) =>
  async (...args: Args) => {
    const { endpoint, profile, region, json = false } = program.opts<Where & { json?: boolean }>();
    const isAws = profile !== undefined || region !== undefined;
    const where: Where = isAws
      ? { ...(profile && { profile }), ...(region && { region }) }
      : { ...(endpoint && { endpoint }) };
    try {
      const site = await openSite(where);
      try {
        await run(site, json, ...args);
      } finally {
        site.close();
      }
    } catch (error) {
      fail(error);
    }
  };

function fail(error: unknown): void {
  const { message = String(error), code = "" } = error as { message?: string; code?: string };
  const isUnreachable = /ECONNREFUSED/.test(`${code} ${message}`);
  console.error(isUnreachable ? "Nothing answers there. Is the local cloud up (`npm start`)?" : message);
  // What the libraries refuse says so with a code; all else could not be run.
  process.exitCode = error instanceof RefusedError || error instanceof LonghaulError ? 1 : 2;
}

const wholeNumber = (given: string) => {
  if (/^[1-9]\d{0,3}$/.test(given)) return Number(given);
  throw new InvalidArgumentError("Expected a whole number from 1 to 9999.");
};

program
  .command("list [workflow]")
  .description("executions, the newest first")
  .addOption(new Option("--status <status>", "only those").choices([...STATUSES]))
  .option("--key <key>", "only those that this business key, or uploaded object, started")
  .option("--limit <count>", "at most so many", wholeNumber, 20)
  .action(
    at(async (site, json, workflow: string | undefined, options: { status?: Status; key?: string; limit: number }) => {
      const rows = await list(site, workflow, options);
      say(json, rows, () => linesOf(rows));
    }),
  );

program
  .command("show <execution>")
  .description("one execution, by its name or ARN, as a timeline")
  .option("--data", "with input, result and error, which can hold personal data", false)
  .action(
    at(async (site, json, execution: string, options: { data: boolean }) => {
      const shown = await show(site, execution, options);
      say(json, shown, () => timelineLines(shown));
    }),
  );

program
  .command("submit <workflow> <file>")
  .description("uploads a document that starts an execution")
  .action(
    at(async (site, json, workflow: string, file: string) => {
      const done = await submit(site, workflow, file);
      say(json, done, () => `Uploaded as ${done.key}.`);
    }),
  );

program
  .command("start <workflow> <file>")
  .description("sends the message that starts an execution with this input, JSON; - reads standard input")
  .action(
    at(async (site, json, workflow: string, file: string) => {
      const done = await start(site, workflow, file === "-" ? await text(stdin) : await readFile(file, "utf8"));
      say(json, done, () => `Sent. The execution is ${done.execution}.`);
    }),
  );

program
  .command("decide <review> <outcome>")
  .description("approves or rejects a review, as the person whose token LONGHAUL_TOKEN holds")
  .requiredOption("--reason <words>", "why")
  .option("--option <id>", "where a review has other options than these two")
  .option("--as <person>", "on the local cloud: one of its sample people, such as hana.holm")
  .action(
    at(async (site, json, review: string, wanted: string, given: { reason: string; option?: string; as?: string }) => {
      const outcome = { approve: "approved", approved: "approved", reject: "rejected", rejected: "rejected" }[wanted];
      if (outcome !== "approved" && outcome !== "rejected")
        throw new RefusedError(`Expected approve or reject, got ${JSON.stringify(wanted)}.`);
      const done = await decide(site, review, { outcome, ...given });
      say(json, done, () => `${review} is ${outcome}.`);
    }),
  );

program
  .command("cancel <execution>")
  .description("cancels an execution in its own way: what it did is undone")
  .requiredOption("--reason <words>", "why")
  .option("--yes", "do not ask", false)
  .action(
    at(async (site, json, execution: string, { reason, yes }: { reason: string; yes: boolean }) => {
      if (!yes && !(await confirm(`Cancel ${execution}, and undo what it did?`)))
        return say(json, { cancelled: false }, () => "Nothing was done.");
      const done = await cancel(site, execution, reason);
      say(json, done, () =>
        done.cancelled ? "It is being cancelled." : "It has ended, was cancelled before, or does not listen.",
      );
      if (!done.cancelled) process.exitCode = 1;
    }),
  );

program
  .command("rerun <execution>")
  .description("repeats an execution that came to no good end, from its beginning, as a new one")
  .option("--yes", "do not ask", false)
  .action(
    at(async (site, json, execution: string, { yes }: { yes: boolean }) => {
      const ask = async ({ status }: { status: string }) =>
        yes ||
        confirm(
          `${execution} is ${status}. A rerun does all its steps again, with keys of its own: what was done and not undone is done twice. Go on?`,
        );
      const done = await rerun(site, execution, ask);
      say(json, done ?? null, () => (done ? `${done.execution} repeats ${done.of}.` : "Nothing was done."));
      if (!done) process.exitCode = 1;
    }),
  );

program
  .command("versions [workflow]")
  .description("which versions have open executions, and since when")
  .action(
    at(async (site, json, workflow: string | undefined) => {
      const contracts = workflow ? [site.contractOf(workflow)] : site.contracts;
      const all = await Promise.all(
        contracts.map(async (contract) => ({
          workflow: contract.name,
          versions: await versionStates(site.lambda, contract),
        })),
      );
      say(json, all, () =>
        all.flatMap(({ workflow: name, versions }) => versions.map((one) => lineOf(name, one, false))),
      );
    }),
  );

program
  .command("export <execution> <file>")
  .description("writes a case's evidence, as JSON that verifies by itself")
  .action(
    at(async (site, json, execution: string, file: string) => {
      const evidence = await exportCase(site, execution);
      await writeFile(file, `${JSON.stringify(evidence, null, 2)}\n`, { mode: 0o600 });
      const { head } = evidence;
      say(json, { file, ...head }, () => `${head.seq} entries in ${file}; the last is ${head.hash}.`);
    }),
  );

await program.parseAsync();
