import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Command, InvalidArgumentError } from "commander";
import { names } from "#deployment";
import { type AdminClients, createAdminClients } from "#platform/admin";
import { buildAll } from "../../scripts/build/all.ts";
import { type EndedPayment, listExecutions, readOutcome } from "../../scripts/demo/executions.ts";
import { reconcile } from "../../workflows/payments/reconcile.ts";
import { startSandbox } from "../../workflows/payments/sandbox/index.ts";
import { eventOf, paymentOf } from "./orders.ts";
import { createPlatform } from "./platform.ts";

const whole = (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError("Expected a whole number.");
  return value;
};

const { payments, kills, minutes } = new Command("node test/load/payments.ts")
  .description(
    "Sends payments through SQS on the local cloud, one in five failing somewhere, kills the platform by SIGKILL on the way, and holds the outcomes against the sandbox's books. Prints one line of JSON; exit code 1 where anything is lost, doubled or not balanced.",
  )
  .option("--payments <count>", "how many", whole, 10_000)
  .option("--kills <count>", "how often the platform is killed", whole, 5)
  .option("--minutes <count>", "give up after", whole, 15)
  .parse()
  .opts<{ payments: number; kills: number; minutes: number }>();

const signal = AbortSignal.timeout(minutes * 60_000);
const folder = await mkdtemp(join(tmpdir(), "longhaul-load-"));
const sandbox = await startSandbox({ folder });
const dist = join(folder, "dist");
const functions = (await buildAll(dist)).map(({ name, sha256 }) => ({
  name,
  sha256,
  zip: join(dist, name, "function.zip"),
}));
const platform = createPlatform({ workflow: "payments", folder, settings: sandbox.settings, functions });
try {
  const ready = await platform.start();
  const clients = await createAdminClients({ endpoint: ready.endpoint, region: "eu-west-1" });
  const started = performance.now();
  const [killed] = await Promise.all([killNowAndThen(), send(clients)]);
  await allEnded(clients);
  const seconds = (performance.now() - started) / 1_000;
  const figures = await report(clients, { seconds, killed });
  console.log(JSON.stringify(figures));
  const isWhole =
    figures.executions === payments && figures.lost === 0 && figures.unreconciled === 0 && figures.deadLettered === 0;
  if (!isWhole) process.exitCode = 1;
  clients.close();
} finally {
  await platform.kill();
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
}

/** Kills at moments that the work itself sets: when the books have grown by the next share, whatever is under way then. */
async function killNowAndThen(): Promise<number> {
  const perPayment = 4.4;
  let done = 0;
  while (done < kills) {
    const due = (payments * perPayment * (done + 1)) / (kills + 1);
    while (sandbox.count() < due) {
      if (signal.aborted) return done;
      await sleep(20);
    }
    await platform.kill();
    done++;
    process.stderr.write(`killed ${done} of ${kills} at ${sandbox.count()} entries in the books\n`);
    await platform.start();
  }
  return done;
}

/** Ten a request; one whose answer a kill has taken is sent again, and so may be there twice. */
async function send({ sqs }: AdminClients) {
  const QueueUrl = await patiently(
    async () => (await sqs.getQueueUrl({ QueueName: names.queue("payments") })).QueueUrl,
  );
  for (let from = 0; from < payments; from += 10) {
    const Entries = Array.from({ length: Math.min(10, payments - from) }, (_, index) => ({
      Id: String(index),
      MessageBody: eventOf(paymentOf(from + index)),
    }));
    await patiently(() => sqs.sendMessageBatch({ QueueUrl, Entries }));
  }
}

async function allEnded(clients: AdminClients) {
  for (;;) {
    const isOver = await patiently(async () => {
      const [requests, running] = await Promise.all([depth(clients, names.queue("payments")), anyRunning(clients)]);
      return requests === 0 && !running;
    });
    if (isOver) return;
    await sleep(500, undefined, { signal });
  }
}

async function anyRunning({ lambda }: AdminClients) {
  const page = await lambda.listDurableExecutionsByFunction({
    FunctionName: names.workflow("payments"),
    Statuses: ["RUNNING"],
    MaxItems: 1,
  });
  return (page.DurableExecutions?.length ?? 0) > 0;
}

async function depth({ sqs }: AdminClients, QueueName: string) {
  const { QueueUrl } = await sqs.getQueueUrl({ QueueName });
  const { Attributes = {} } = await sqs.getQueueAttributes({
    QueueUrl,
    AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
  });
  return Number(Attributes.ApproximateNumberOfMessages) + Number(Attributes.ApproximateNumberOfMessagesNotVisible);
}

async function report(clients: AdminClients, { seconds, killed }: { seconds: number; killed: number }) {
  const executions = await listExecutions(clients);
  const outcomes: EndedPayment[] = [];
  for (const { arn } of executions.values()) outcomes.push(await readOutcome(clients, arn));
  const orders = new Set(outcomes.map(({ orderId }) => orderId));
  const count = (status: string) => outcomes.filter(({ outcome }) => outcome.status === status).length;
  const durations = [...executions.values()].map(({ millis }) => millis).sort((one, other) => one - other);
  const at = (share: number) => durations[Math.min(durations.length - 1, Math.floor(durations.length * share))] ?? 0;
  const differences = reconcile(
    outcomes.map(({ outcome }) => outcome),
    sandbox.books(),
  );
  for (const { about, problem } of differences.slice(0, 20)) process.stderr.write(`${about}: ${problem}\n`);
  return {
    payments,
    killed,
    seconds: Math.round(seconds),
    perSecond: Math.round((payments / seconds) * 10) / 10,
    p50Millis: at(0.5),
    p99Millis: at(0.99),
    executions: executions.size,
    lost: payments - orders.size,
    completed: count("completed"),
    compensated: count("compensated"),
    partiallyCompensated: count("partially-compensated"),
    needsPerson: count("needs-person"),
    deadLettered: await depth(clients, names.deadLetters("payments")),
    unreconciled: differences.length,
  };
}

/** Asks until it is answered: the platform may be down at this moment. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (signal.aborted) throw error;
      await sleep(200);
    }
  }
}
