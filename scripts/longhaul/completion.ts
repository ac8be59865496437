import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Argument, type Command } from "commander";
import { root, workflowNames } from "../build/functions.ts";
import { candidates } from "./candidates.ts";
import { list } from "./list.ts";
import { quoted, SHELLS, type Shell } from "./shells.ts";
import { openSite } from "./site.ts";

/** Whoever presses Tab waits. */
const PATIENCE_MS = 1_000;
const NEWEST = 30;

/** The command that prints a shell's completion, and the hidden one that it asks. */
export function addCompletion(program: Command): void {
  program
    .command("completion")
    .addArgument(new Argument("<shell>", "which").choices(Object.keys(SHELLS)))
    .description("prints what makes your shell complete `longhaul` (docs/guides/9-operators.md)")
    .action((shell: Shell) => {
      const command = [process.execPath, join(root, "scripts/longhaul.ts")].map(quoted).join(" ");
      console.log(SHELLS[shell](command));
    });

  program.command("complete [words...]", { hidden: true }).action(async (words: string[]) => {
    const { endpoint } = program.opts<{ endpoint: string }>();
    const found = await candidates(program, words, (name) => valuesOf(name, words, endpoint));
    for (const { value, description } of found) console.log(description ? `${value}\t${description}` : value);
    // A call that is still out is not waited for.
    process.exit(0);
  });
}

async function valuesOf(name: string, words: readonly string[], otherwise: string): Promise<readonly string[]> {
  if (name === "workflow") return workflowNames();
  if (name === "outcome") return ["approve", "reject"];
  if (name !== "execution" || words.some((word) => /^--(profile|region)\b/.test(word))) return [];
  // Only of the local cloud: a Tab makes no call to AWS.
  const at = words.indexOf("--endpoint");
  const executions = newestExecutions((at >= 0 && words[at + 1]) || otherwise).catch(() => []);
  return Promise.race([executions, sleep(PATIENCE_MS, [])]);
}

async function newestExecutions(endpoint: string): Promise<string[]> {
  const site = await openSite({ endpoint });
  return (await list(site, undefined, { limit: NEWEST })).map(({ name }) => name);
}
