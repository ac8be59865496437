import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import type { DeployClients } from "#platform/admin";
import { loadContracts, root } from "./build/functions.ts";
import type { Difference } from "./history/history.ts";
import { folderOf, loadHandler, loadHistories } from "./history/load.ts";

// What the workflows log would stand between the lines, and in the JSON.
process.env.POWERTOOLS_LOG_LEVEL ??= "SILENT";
process.env.POWERTOOLS_METRICS_DISABLED ??= "true";

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
const endpoint = [
  "--endpoint <url>",
  "of the local cloud, or none for AWS; default: AWS_ENDPOINT_URL, else npm start's",
] as const;
program
  .command("versions [workflow]")
  .description("says what is open on each deployed version, and since when the oldest")
  .option(...endpoint)
  .option("--json", "print the outcome as JSON, and nothing else")
  .action((workflow: string | undefined, options: { endpoint?: string; json?: boolean }) =>
    withLambda(options, async (lambda, { reportVersions }) => {
      const { workflows, lines } = await reportVersions(lambda, await contractsOf(workflow));
      console.log(options.json ? JSON.stringify({ workflows }) : lines.join("\n"));
    }),
  );
program
  .command("remove <workflow> <version>")
  .description("removes a deployed version. Exit code 1 where an execution is open on it, or it takes new ones.")
  .option(...endpoint)
  .action((workflow: string, version: string, options: { endpoint?: string }) =>
    withLambda(options, async (lambda, { removeVersion }) => {
      for (const contract of await contractsOf(workflow)) await removeVersion(lambda, contract, version);
      console.log(`${workflow} ${version} is removed.`);
    }),
  );
await program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
// What was replayed up to a sleep sleeps on: nothing wakes it.
process.exit();

async function contractsOf(workflow: string | undefined) {
  const all = await loadContracts();
  const chosen = all.filter(({ name }) => workflow === undefined || name === workflow);
  if (chosen.length > 0) return chosen;
  throw new Error(`Expected a workflow of ${all.map(({ name }) => name).join(", ")}, got ${JSON.stringify(workflow)}.`);
}

async function withLambda(
  { endpoint: url = process.env.AWS_ENDPOINT_URL ?? "http://127.0.0.1:4566" }: { endpoint?: string },
  work: (lambda: DeployClients["lambda"], module: typeof import("./history/versions.ts")) => Promise<void>,
) {
  if (url !== "none") {
    process.env.AWS_ENDPOINT_URL = url;
    process.env.AWS_ACCESS_KEY_ID ??= "local";
    process.env.AWS_SECRET_ACCESS_KEY ??= "local";
  }
  const { createDeployClients } = await import("#platform/admin");
  const { lambda, close } = await createDeployClients(process.env.AWS_REGION ?? "eu-west-1");
  try {
    await work(lambda, await import("./history/versions.ts"));
  } finally {
    close();
  }
}

async function record(workflow: string | undefined) {
  const [{ startWorld }, { recordAll }] = await Promise.all([
    import("./history/world.ts"),
    import("./history/record-all.ts"),
  ]);
  const world = await startWorld();
  try {
    for (const contract of await contractsOf(workflow)) {
      const before = await loadHistories(contract.name);
      const histories = await recordAll(join(root, "workflows", contract.name), world);
      const gone = before.filter(({ path }) => histories.every((one) => one.path !== path));
      for (const { path } of gone) await rm(join(folderOf(contract.name), `${path}.json`));
      for (const { path, status, operations } of histories)
        console.log(`${contract.name}/${path}: ${status}, ${operations} operations.`);
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
    if (differences.length > 0)
      console.log(
        "Executions that sleep stay with their version. Where new ones are to do this, record it: npm run history -- record WORKFLOW. See docs/guides/6-change-while-runs-sleep.md.",
      );
  }
  process.exitCode = differences.length > 0 ? 1 : 0;
}
