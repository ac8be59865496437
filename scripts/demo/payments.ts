import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Table from "cli-table3";
import { Command } from "commander";
import { names } from "#deployment";
import { executionOf } from "#intake";
import { contract, type Payment } from "../../workflows/payments/contract.ts";
import { formatMoney } from "../../workflows/payments/money.ts";
import { reconcile } from "../../workflows/payments/reconcile.ts";
import { boot, type Platform } from "../platform/boot.ts";
import { diagramOf, LEGEND } from "./diagram.ts";
import { type EndedPayment, listExecutions, readOutcome } from "./executions.ts";
import { createOfficers } from "./officers.ts";
import { orders } from "./orders.ts";

const { json } = new Command("npm run demo -- payments")
  .description(
    "Pays a dozen orders and more on a fresh, temporary local cloud, beside a sandbox that plays provider, stock, ledger and carrier: success, every failure, unknown outcomes, people, a cancel, duplicates and poison.",
  )
  .option("--json", "print the outcome as JSON, and nothing else")
  .parse()
  .opts<{ json?: boolean }>();
const say = (line: string) => {
  if (!json) console.log(line);
};

/** A demo that does not end has failed. */
const DEADLINE_MS = 180_000;

const folder = await mkdtemp(join(tmpdir(), "longhaul-payments-"));
try {
  const platform = await boot({
    folder,
    port: 0,
    consolePort: 0,
    bedrock: "offline",
    onStage: (stage) => say(`… ${stage}`),
  });
  try {
    await demo(platform);
  } finally {
    await platform.close();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function demo({ cloud, clients, sandboxes }: Platform) {
  // From here on this process is a client of the demo's cloud, as a function of it would be.
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: cloud.endpoint,
    AWS_REGION: cloud.region,
    AWS_ACCESS_KEY_ID: "demo",
    AWS_SECRET_ACCESS_KEY: "demo",
    LONGHAUL_REVIEWS_TABLE: names.reviews,
  });
  const sandbox = sandboxes.payments ?? "";
  const { QueueUrl } = await clients.sqs.getQueueUrl({ QueueName: names.queue("payments") });
  const sent = messages();
  for (const MessageBody of sent) await clients.sqs.sendMessage({ QueueUrl, MessageBody });
  say(`${sent.length} messages sent: ${orders.length} orders, one of them twice, and three that cannot be taken.`);

  const act = createOfficers(clients, { sandbox, say });
  const signal = AbortSignal.timeout(DEADLINE_MS);
  let executions = await listExecutions(clients);
  let running: string[] = [];
  do {
    if (signal.aborted) throw new Error(`Not ended within ${DEADLINE_MS} ms: ${running.join(", ")}.`);
    await new Promise((resolve) => setTimeout(resolve, 250));
    executions = await listExecutions(clients);
    running = [];
    for (const order of orders) {
      const name = nameOf(order.payment);
      const { arn, status } = executions.get(name) ?? {};
      if (status && status !== "RUNNING") continue;
      running.push(order.payment.orderId);
      if (arn) await act(order, { name, arn });
    }
  } while (running.length > 0);
  const deadLettered = await settled(clients, signal);
  const ended = await Promise.all(
    orders.map(async ({ payment }) => {
      const { arn = "" } = executions.get(nameOf(payment)) ?? {};
      return readOutcome(clients, arn);
    }),
  );
  const books = await (await fetch(new URL("books", `${sandbox}/`))).json();
  const differences = reconcile(
    ended.map(({ outcome }) => outcome),
    books as Parameters<typeof reconcile>[1],
  );
  // What was neither started nor put aside was there already.
  const duplicatesIgnored = sent.length - executions.size - deadLettered;
  print(ended, { duplicatesIgnored, deadLettered, unreconciled: differences.length });
  for (const { about, problem } of differences) say(`Not reconciled: ${about}: ${problem}`);
  if (differences.length > 0) process.exitCode = 1;
}

function nameOf(payment: Payment) {
  return executionOf(contract, payment, { businessKey: "orderId" });
}

/** Every order, the first one twice, one with another amount under its id, one that is no JSON, one that does not add up. */
function messages(): string[] {
  const event = (data: unknown) =>
    JSON.stringify({
      specversion: "1.0",
      id: crypto.randomUUID(),
      source: "/demo",
      type: "longhaul.payment.requested",
      data,
    });
  const [first, second] = orders.map(({ payment }) => payment);
  const dearer = second && {
    ...second,
    amount: { ...second.amount, minor: 15_000 },
    lines: second.lines.map((line) => ({ ...line, unitMinor: 3_000 })),
  };
  return [
    ...orders.map(({ payment }) => event(payment)),
    event(first),
    event(dearer),
    "pay me",
    event({ ...first, orderId: "order-2000", amount: { minor: 1, currency: "EUR" } }),
  ];
}

/** The dead letters, once the queue is empty. */
async function settled(clients: Platform["clients"], signal: AbortSignal): Promise<number> {
  const count = async (QueueName: string) => {
    const { QueueUrl } = await clients.sqs.getQueueUrl({ QueueName });
    const { Attributes = {} } = await clients.sqs.getQueueAttributes({
      QueueUrl,
      AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    });
    return {
      ready: Number(Attributes.ApproximateNumberOfMessages),
      away: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
    };
  };
  for (;;) {
    const { ready, away } = await count(names.queue("payments"));
    if (ready + away === 0) return (await count(names.deadLetters("payments"))).ready;
    signal.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function print(
  ended: EndedPayment[],
  counts: { duplicatesIgnored: number; deadLettered: number; unreconciled: number },
) {
  const amountOf = (orderId: string) => {
    const { payment } = orders.find((order) => order.payment.orderId === orderId) ?? {};
    return payment ? formatMoney(payment.amount) : "";
  };
  const payments = ended.map(({ orderId, outcome, arn }) => ({
    order: orderId,
    amount: amountOf(orderId),
    outcome: outcome.status,
    steps: outcome.steps.map(({ name, forward, undo }) => ({ name, forward, undo })),
    execution: arn,
  }));
  if (json) return console.log(JSON.stringify({ payments, ...counts }));
  say(`\n${LEGEND}`);
  const table = new Table({
    head: ["order", "amount", "shows", "outcome", "because of"],
    style: { head: [], border: [] },
  });
  for (const [index, { orderId, outcome }] of ended.entries()) {
    const shows = orders[index]?.shows ?? "";
    say(`\n${orderId}, ${shows}: ${outcome.status}`);
    for (const line of diagramOf(outcome)) say(`  ${line}`);
    table.push([orderId, amountOf(orderId), shows, outcome.status, outcome.error?.code ?? ""]);
  }
  const { duplicatesIgnored, deadLettered, unreconciled } = counts;
  say(`\n${table.toString()}`);
  say(
    `Duplicates ignored: ${duplicatesIgnored}. Dead letters: ${deadLettered}. Not reconciled with the books: ${unreconciled}.`,
  );
}
