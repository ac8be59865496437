import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Command } from "commander";
import { loadContracts, root } from "./build/functions.ts";
import type { Difference } from "./history/history.ts";
import { folderOf, loadHandler, loadHistories } from "./history/load.ts";
import type { Path } from "./history/world.ts";

// What the workflows log would stand between the lines, and in the JSON.
process.env.POWERTOOLS_LOG_LEVEL ??= "SILENT";

const program = new Command("npm run history --").description(
  "The histories of the workflows' paths: what an execution that sleeps on an older version has behind it.",
);
program
  .command("record [workflow]")
  .description("runs each path of workflows/<name>/histories/paths.ts and keeps its history beside it, anew")
  .action(record);
program
  .command("verify [workflow]", { isDefault: true })
  .description(
    "replays the recorded histories with today's code, each invocation of them. Exit code 1, and the operation's name, where one leaves its record, or where a workflow has none.",
  )
  .option("--from <folder>", "where each workflow's histories lie, by its name; default: workflows/<name>/histories")
  .option("--json", "print the outcome as JSON, and nothing else")
  .action(verify);
await program.parseAsync();
// What was replayed up to a sleep sleeps on: nothing wakes it.
process.exit();

async function contractsOf(workflow: string | undefined) {
  const all = await loadContracts();
  const chosen = all.filter(({ name }) => workflow === undefined || name === workflow);
  if (chosen.length > 0) return chosen;
  throw new Error(`Expected a workflow of ${all.map(({ name }) => name).join(", ")}, got ${JSON.stringify(workflow)}.`);
}

async function record(workflow: string | undefined) {
  const [{ startWorld }, recorder] = await Promise.all([import("./history/world.ts"), import("./history/record.ts")]);
  const world = await startWorld();
  try {
    for (const contract of await contractsOf(workflow)) {
      const folder = folderOf(contract.name);
      const { paths } = (await import(pathToFileURL(join(folder, "paths.ts")).href)) as { paths: Record<string, Path> };
      for (const old of await loadHistories(contract.name)) await rm(join(folder, `${old.path}.json`));
      await mkdir(folder, { recursive: true });
      for (const [name, path] of Object.entries(paths)) {
        const history = await recorder.record(contract, { name, path, world });
        await writeFile(join(folder, `${name}.json`), `${JSON.stringify(history, null, 2)}\n`);
        console.log(`${contract.name}/${name}: ${history.status}, ${history.operations} operations.`);
      }
    }
  } finally {
    await world.close();
  }
}

async function verify(workflow: string | undefined, { from, json }: { from?: string; json?: boolean }) {
  const { verify: verifyOne } = await import("./history/verify.ts");
  const differences: Difference[] = [];
  let histories = 0;
  for (const contract of await contractsOf(workflow)) {
    const handler = await loadHandler(join(root, "workflows", contract.name, "workflow.ts"), contract);
    const recorded = await loadHistories(contract.name, from && join(from, contract.name));
    const nothing = {
      workflow: contract.name,
      path: "",
      invocation: 0,
      operation: "",
      problem: "Nothing is recorded.",
    };
    if (recorded.length === 0) differences.push(nothing);
    for (const history of recorded) {
      histories += 1;
      const difference = await verifyOne(handler, history, contract);
      if (difference) differences.push(difference);
    }
  }
  if (json) console.log(JSON.stringify({ histories, differences }));
  else {
    for (const { workflow: name, path, invocation, operation, problem } of differences)
      console.log(
        `${name}${path && `/${path}`}${invocation ? `, invocation ${invocation}` : ""}: ${operation && `"${operation}": `}${problem}`,
      );
    console.log(`${histories} histories replayed, ${differences.length} left their record.`);
  }
  process.exitCode = differences.length > 0 ? 1 : 0;
}
