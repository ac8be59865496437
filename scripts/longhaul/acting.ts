import { readFile } from "node:fs/promises";
import { stdin } from "node:process";
import { text } from "node:stream/consumers";
import type { Command } from "commander";
import { confirm } from "../tf/confirm.ts";
import { type Agreement, cancel, decide, rerun } from "./act.ts";
import { say } from "./print.ts";
import { linesOfLetters, redrive } from "./redrive.ts";
import type { At } from "./run.ts";
import { RefusedError } from "./site.ts";
import { start, submit } from "./submit.ts";

/** The commands that change something. */
export function addActing(program: Command, at: At): void {
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
      at(
        async (site, json, review: string, wanted: string, given: { reason: string; option?: string; as?: string }) => {
          const outcome = { approve: "approved", approved: "approved", reject: "rejected", rejected: "rejected" }[
            wanted
          ];
          if (outcome !== "approved" && outcome !== "rejected")
            throw new RefusedError(`Expected approve or reject, got ${JSON.stringify(wanted)}.`);
          const done = await decide(site, review, { outcome, ...given });
          say(json, done, () => `${review} is ${outcome}.`);
        },
      ),
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
    .command("redrive <workflow>")
    .description("puts refused messages back on the workflow's queue: all, or one")
    .option("--message <id>", "only this one")
    .option("--dry-run", "only show what lies there", false)
    .option("--yes", "do not ask", false)
    .action(
      at(
        async (
          site,
          json,
          workflow: string,
          { yes, ...given }: { message?: string; dryRun: boolean; yes: boolean },
        ) => {
          const question = `Put ${given.message ?? `all refused messages of ${workflow}`} back on the queue?`;
          const dryRun = given.dryRun || !(yes || (await confirm(question)));
          const done = await redrive(site, workflow, { ...given, dryRun });
          say(json, done, () => linesOfLetters(done));
        },
      ),
    );

  program
    .command("rerun <execution>")
    .description("repeats an execution that came to no good end, from its beginning, as a new one")
    .option("--from-failed-step", "take over what it had recorded, and go on from the step that failed", false)
    .option("--dry-run", "only show what would be taken over, and what would run again", false)
    .option("--yes", "do not ask", false)
    .action(
      at(async (site, json, execution: string, { yes, dryRun, fromFailedStep }: RerunOptions) => {
        let shown: Agreement | undefined;
        const ask = async (what: Agreement) => {
          shown = what;
          if (dryRun) return false;
          if (yes) return true;
          if (!json) console.log(linesOfPlan(what).join("\n"));
          return confirm(questionOf(execution, what));
        };
        const done = await rerun(site, execution, ask, { fromFailedStep });
        if (dryRun && shown) {
          const { status, plan } = shown;
          const { taken = [], again = [] } = plan ?? {};
          const dry = { dryRun: true, of: execution, status, ...(plan && { taken, again, operations: taken.length }) };
          return say(json, dry, () => linesOfPlan({ status, ...(plan && { plan }) }));
        }
        say(json, done ?? null, () => (done ? `${done.execution} repeats ${done.of}.` : "Nothing was done."));
        if (!done) process.exitCode = 1;
      }),
    );
}

interface RerunOptions {
  yes: boolean;
  dryRun: boolean;
  fromFailedStep: boolean;
}

const questionOf = (execution: string, { status, plan }: Agreement) =>
  plan
    ? `${execution} is ${status}. What runs again has keys of its own: what it did outside before it failed is done twice. Go on?`
    : `${execution} is ${status}. A rerun does all its steps again, with keys of its own: what was done and not undone is done twice. Go on?`;

function linesOfPlan({ plan }: Agreement): string[] {
  if (!plan) return ["All its steps run again, from the beginning."];
  const { taken, again } = plan;
  return [
    `Taken over as recorded (${taken.length} operations): ${taken.join(", ")}.`,
    `Runs again: ${again.join(", ") || "nothing that was begun"}; then what comes after it.`,
  ];
}
