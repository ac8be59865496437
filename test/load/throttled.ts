import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Command, InvalidArgumentError } from "commander";
import { names } from "#deployment";
import { listExecutions } from "../../scripts/demo/executions.ts";
import { boot } from "../../scripts/platform/boot.ts";
import { limiter } from "./limiter.ts";
import { eventOf, paymentOf } from "./orders.ts";

const whole = (text: string) => {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a whole number from 1 on.");
};

const { payments, rate, minutes } = new Command("node test/load/throttled.ts")
  .description(
    "Sends payments at once where the service starts only so many a second and refuses the others, as Lambda does over its rate. Prints one line of JSON; exit code 1 where one is lost, doubled or set aside.",
  )
  .option("--payments <count>", "how many", whole, 1_000)
  .option("--rate <count>", "starts a second that are taken", whole, 20)
  .option("--minutes <count>", "give up after", whole, 10)
  .parse()
  .opts<{ payments: number; rate: number; minutes: number }>();

const starts = limiter(rate);
const isStart = (path: string) =>
  path.includes(`/functions/${names.workflow("payments")}`) && path.endsWith("/invocations");
const folder = await mkdtemp(join(tmpdir(), "longhaul-throttled-"));
const platform = await boot({
  folder,
  port: 0,
  consolePort: 0,
  bedrock: "offline",
  only: "payments",
  faults: {
    answer: ({ service, path, road }) =>
      service === "lambda" && road === "http" && isStart(decodeURIComponent(path)) && !starts.take()
        ? "throttle"
        : undefined,
  },
  onStage: (stage) => process.stderr.write(`${stage}\n`),
});
try {
  const { clients, cloud } = platform;
  const { QueueUrl } = await clients.sqs.getQueueUrl({ QueueName: names.queue("payments") });
  const began = performance.now();
  for (let first = 0; first < payments; first += 10)
    await clients.sqs.sendMessageBatch({
      QueueUrl,
      Entries: Array.from({ length: Math.min(10, payments - first) }, (_, index) => ({
        Id: String(index),
        MessageBody: eventOf(paymentOf(first + index)),
      })),
    });
  const until = began + minutes * 60_000;
  let [started, dead, stood] = [0, 0, 0];
  let movedSeconds = 0;
  while (started + dead < payments && performance.now() < until) {
    await sleep(1_000);
    const now = (await listExecutions(clients)).size;
    dead = await depthOf(names.deadLetters("payments"));
    stood = now === started ? stood + 1 : 0;
    started = now;
    // All that is left hides until its visibility timeout: nobody waits for that here.
    if (stood >= 4 && started + dead < payments) {
      await cloud.clock.advance(180_000);
      movedSeconds += 180;
      stood = 0;
    }
  }
  const seconds = (performance.now() - began) / 1_000;
  console.log(
    JSON.stringify({
      payments,
      rate,
      started,
      deadLettered: dead,
      refused: starts.refused(),
      seconds: Math.round(seconds),
      startsPerSecond: Math.round((started / seconds) * 10) / 10,
      hiddenSeconds: movedSeconds,
    }),
  );
  if (started !== payments || dead > 0) process.exitCode = 1;

  async function depthOf(QueueName: string): Promise<number> {
    const { QueueUrl: url } = await clients.sqs.getQueueUrl({ QueueName });
    const { Attributes } = await clients.sqs.getQueueAttributes({
      QueueUrl: url,
      AttributeNames: ["ApproximateNumberOfMessages"],
    });
    return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
  }
} finally {
  await platform.close();
  await rm(folder, { recursive: true, force: true });
}
