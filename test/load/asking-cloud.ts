import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createReviewStore, createReviews } from "#callbacks";
import { names } from "#deployment";
import { deploy, type LocalCloudOptions, startLocalCloud } from "#local";
import { createTable, succeedCallback } from "#platform";
import { createAdminClients } from "#platform/admin";
import { buildAll } from "../../scripts/build/all.ts";
import { functionSources, workflowNames } from "../../scripts/build/functions.ts";
import { contract } from "./asking.ts";

const FunctionName = names.workflow(contract.name);

export type AskingCloud = Awaited<ReturnType<typeof startAsking>>;

/** A local cloud whose one workflow asks a person. The sweeper runs when it is told to. This process becomes a client of it. */
export async function startAsking(faults: NonNullable<LocalCloudOptions["faults"]>) {
  const folder = await mkdtemp(join(tmpdir(), "longhaul-asking-"));
  const others = await workflowNames();
  const shared = (await functionSources()).filter(({ name }) => !others.includes(name));
  const own = { name: contract.name, entry: `export { handler } from "./test/load/asking.ts";` };
  const functions = await buildAll(join(folder, "dist"), [...shared, own]);
  const cloud = await startLocalCloud({
    folder,
    port: 0,
    consolePort: 0,
    bedrock: { mode: "offline" },
    faults,
    onError: (error) => console.error(error),
  });
  const clients = await createAdminClients(cloud);
  const { consoleUrl, consoleEnvironment } = cloud;
  await deploy(clients, { contracts: [contract], functions, consoleUrl, consoleEnvironment });
  const { endpoint: AWS_ENDPOINT_URL, region: AWS_REGION } = cloud;
  const credentials = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  Object.assign(process.env, { AWS_ENDPOINT_URL, AWS_REGION, ...credentials });
  const table = createTable(names.reviews);
  const reviews = createReviews({ store: createReviewStore(table), answerCallback: succeedCallback });
  const { lambda } = clients;

  return {
    reviews,
    /** Starts executions and waits until each of them sleeps; answers their names. */
    async ask(count: number): Promise<string[]> {
      const cases = Array.from({ length: count }, (_, index) => `asking-${index}`);
      await atOnce(cases, 20, (name) =>
        lambda.invoke({
          FunctionName,
          Qualifier: names.alias,
          InvocationType: "Event",
          DurableExecutionName: name,
          Payload: Buffer.from(JSON.stringify({ id: name })),
        }),
      );
      while ((await table.count({ index: "tally", key: "inbox = :role", values: { ":role": "hr-reviewer" } })) < count)
        await sleep(250);
      return cases;
    },
    decide: (name: string) =>
      reviews.decide(`${name}.review`, {
        outcome: "approved",
        reason: `Because of ${name}.`,
        by: { subject: "hana.holm", name: "Hana Holm" },
        roles: ["hr-reviewer"],
      }),
    /** How many reviews the sweeper has to look at. */
    left: () => table.count({ index: "outbox", key: "outbox = :yes", values: { ":yes": "yes" } }),
    /** One run of the sweeper, as the schedule starts it: what it answers, or why it failed. */
    async sweep(): Promise<{ failed?: string; millis: number }> {
      const start = performance.now();
      const answer = await lambda.invoke({ FunctionName: names.sweeper, Qualifier: names.alias, Payload: "{}" });
      const millis = performance.now() - start;
      if (!answer.FunctionError) return { millis };
      return { millis, failed: Buffer.from(answer.Payload ?? []).toString() };
    },
    /** The executions' results, by name; of those alone that have ended well. */
    async results(): Promise<Map<string, string>> {
      const found = new Map<string, string>();
      let Marker: string | undefined;
      do {
        const page = await lambda.listDurableExecutionsByFunction({
          FunctionName,
          Statuses: ["SUCCEEDED"],
          MaxItems: 1_000,
          ...(Marker && { Marker }),
        });
        await atOnce(page.DurableExecutions ?? [], 20, async ({ DurableExecutionArn, DurableExecutionName = "" }) => {
          const { Result } = await lambda.getDurableExecution({ DurableExecutionArn, IncludeExecutionData: true });
          found.set(DurableExecutionName, JSON.parse(Result ?? "{}").reason);
        });
        Marker = page.NextMarker;
      } while (Marker);
      return found;
    },
    async close() {
      clients.close();
      await cloud.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Does the work for each of them, so many at once. */
export async function atOnce<T>(all: readonly T[], width: number, work: (one: T) => Promise<unknown>): Promise<void> {
  const rest = all.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const one of rest) await work(one);
    }),
  );
}
