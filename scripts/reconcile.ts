import { Command } from "commander";
import { names } from "#deployment";
import { createAdminClients } from "#platform/admin";
import { reconcile } from "../workflows/payments/reconcile.ts";
import { type EndedPayment, listExecutions, readOutcome } from "./demo/executions.ts";

const { endpoint, region, json } = new Command("npm run reconcile --")
  .description(
    "Holds the sandbox's books against the outcomes of all ended payments on a local cloud that runs. Exit code 1 where they differ.",
  )
  .option("--endpoint <url>", "of the local cloud", "http://127.0.0.1:4566")
  .option("--region <region>", "of the local cloud", "eu-west-1")
  .option("--json", "print the differences as JSON, and nothing else")
  .parse()
  .opts<{ endpoint: string; region: string; json?: boolean }>();

const clients = await createAdminClients({ endpoint, region });
try {
  const { Environment } = await clients.lambda.getFunctionConfiguration({ FunctionName: names.workflow("payments") });
  const books = await (await fetch(new URL("books", `${Environment?.Variables?.LONGHAUL_PAYMENTS_URL}/`))).json();
  const executions = [...(await listExecutions(clients)).values()];
  const ended = executions.filter(({ status }) => status !== "RUNNING");
  const payments: EndedPayment[] = [];
  for (const { arn } of ended) payments.push(await readOutcome(clients, arn));
  // What payments that still run have done so far is nobody's claim yet.
  const running = executions.filter(({ status }) => status === "RUNNING").map(({ arn }) => nameOf(arn));
  const differences = reconcile(
    payments.map(({ outcome }) => outcome),
    books as Parameters<typeof reconcile>[1],
  ).filter(({ about }) => !running.some((name) => about.startsWith(`${name}.`)));
  const figures = { payments: payments.length, running: running.length, unreconciled: differences.length };
  if (json) console.log(JSON.stringify({ ...figures, differences }));
  else {
    for (const { about, problem } of differences) console.log(`${about}: ${problem}`);
    console.log(`${figures.payments} payments ended, ${figures.running} run. Not reconciled: ${figures.unreconciled}.`);
  }
  process.exitCode = differences.length > 0 ? 1 : 0;
} finally {
  clients.close();
}

function nameOf(arn: string): string {
  return arn.split("/durable-execution/")[1]?.split("/")[0] ?? arn;
}
