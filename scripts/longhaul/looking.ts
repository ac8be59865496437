import { writeFile } from "node:fs/promises";
import { type Command, InvalidArgumentError, Option } from "commander";
import { STATUSES, type Status } from "#executions";
import type { LogEntry } from "../../libs/console/operations/logs.ts";
import { lineOf, versionStates } from "../tf/executions.ts";
import { exportCase } from "./act.ts";
import { linesOf, list } from "./list.ts";
import { lineOfLog, logs } from "./logs.ts";
import { say } from "./print.ts";
import type { At } from "./run.ts";
import { show, timelineLines } from "./show.ts";

const wholeNumber = (given: string) => {
  if (/^[1-9]\d{0,3}$/.test(given)) return Number(given);
  throw new InvalidArgumentError("Expected a whole number from 1 to 9999.");
};

/** The commands that change nothing; an export is an entry in its case. */
export function addLooking(program: Command, at: At): void {
  program
    .command("list [workflow]")
    .description("executions, the newest first")
    .addOption(new Option("--status <status>", "only those").choices([...STATUSES]))
    .option("--key <key>", "only those that this business key, or uploaded object, started")
    .option("--limit <count>", "at most so many", wholeNumber, 20)
    .action(
      at(
        async (site, json, workflow: string | undefined, options: { status?: Status; key?: string; limit: number }) => {
          const rows = await list(site, workflow, options);
          say(json, rows, () => linesOf(rows));
        },
      ),
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
    .command("logs <execution>")
    .description("the lines of its log that name it")
    .option("-f, --follow", "go on until the execution has ended", false)
    .option("--data", "whole lines, which can hold personal data", false)
    .action(
      at(async (site, json, execution: string, options: { follow: boolean; data: boolean }) => {
        const take = (entry: LogEntry) => console.log(json ? JSON.stringify(entry) : lineOfLog(entry));
        const { lines, more } = await logs(site, execution, { ...options, take });
        if (lines === 0) console.error("Nothing was logged, or it has not come yet.");
        if (more) console.error("There are more lines than these: look in CloudWatch Logs.");
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
}
