import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { reviewsFromEnvironment } from "#callbacks";
import { names } from "#deployment";
import { executionOf } from "#intake";
import { type AdminClients, createAdminClients } from "#platform/admin";
import { realNow } from "../../libs/local/core/moved-date.ts";
import { memoryMb } from "../../scripts/bench/memory.ts";
import { outcomeFor, hires as people } from "../../scripts/demo/hires.ts";
import { contract, type Onboarding } from "../../workflows/onboarding/contract.ts";
import { startSandbox } from "../../workflows/onboarding/sandbox/index.ts";
import { createPlatform } from "./platform.ts";
import { createRemoteClock } from "./weeks-clock.ts";
import { buildOnboarding, laterVersion } from "./weeks-functions.ts";

const whole = (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("Expected a whole number from 1 on.");
  return value;
};

const options = new Command("npm run weeks --")
  .description(
    "Hires live their ninety days on the local cloud, whose clock is moved. It is killed by SIGKILL on the way, asleep and at work by turns, and after half of the kills it comes back with a later version of the workflow, for later hires. With --asleep all of them sleep, and it is killed once. Prints one line of JSON; exit code 1 where anything is lost.",
  )
  .option("--hires <count>", "how many", whole, 4)
  .option("--kills <count>", "how often the platform is killed", whole, 4)
  .option("--asleep", "put them all to sleep, and measure memory and restart")
  .parse()
  .opts<{ hires: number; kills: number; asleep?: true }>();

const folder = await mkdtemp(join(tmpdir(), "longhaul-weeks-"));
const sandbox = await startSandbox({ folder });
const first = await buildOnboarding(join(folder, "dist"));
const { settings } = sandbox;
const platform = createPlatform({ workflow: contract.name, clock: "virtual", folder, settings, functions: first });
try {
  const { endpoint } = await platform.start();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "load",
    AWS_SECRET_ACCESS_KEY: "load",
    LONGHAUL_REVIEWS_TABLE: names.reviews,
  });
  const clients = await createAdminClients({ endpoint, region: "eu-west-1" });
  const clock = createRemoteClock(endpoint, sandbox.url);
  await clock.settle();
  const figures = options.asleep ? await sleepThrough(clients, clock) : await live(clients, clock);
  console.log(JSON.stringify(figures));
  if (figures.lost > 0) process.exitCode = 1;
  clients.close();
} finally {
  await platform.kill();
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
}

type Clock = ReturnType<typeof createRemoteClock>;

/** A hire whom all goes well with, by number, whose first day is 35 days on. */
function hireOf(number: number, now: number): Onboarding {
  const [smooth] = people(now);
  if (!smooth) throw new Error("The demo has no hires.");
  return { ...smooth.input, employee: `L-${number}` };
}

async function send({ sqs }: AdminClients, hires: readonly Onboarding[]) {
  const { QueueUrl } = await sqs.getQueueUrl({ QueueName: names.queue(contract.name) });
  for (let from = 0; from < hires.length; from += 10) {
    const Entries = hires.slice(from, from + 10).map((data, index) => {
      const event = { specversion: "1.0", id: data.employee, source: "/load", type: "longhaul.onboarding.requested" };
      return { Id: String(index), MessageBody: JSON.stringify({ ...event, data }) };
    });
    await sqs.sendMessageBatch({ QueueUrl, Entries });
  }
}

async function list({ lambda }: AdminClients) {
  const found: { arn: string; name: string; status: string }[] = [];
  let Marker: string | undefined;
  do {
    const page = await lambda.listDurableExecutionsByFunction({
      FunctionName: names.workflow(contract.name),
      MaxItems: 1_000,
      ...(Marker && { Marker }),
    });
    for (const one of page.DurableExecutions ?? [])
      found.push({
        arn: one.DurableExecutionArn ?? "",
        name: one.DurableExecutionName ?? "",
        status: one.Status ?? "",
      });
    Marker = page.NextMarker;
  } while (Marker);
  return found;
}

/** How one ended: read at once, for the service forgets it ninety days later. */
async function endOf({ lambda }: AdminClients, arn: string) {
  const { Result } = await lambda.getDurableExecution({ DurableExecutionArn: arn, IncludeExecutionData: true });
  const { Events = [] } = await lambda.getDurableExecutionHistory({ DurableExecutionArn: arn, MaxItems: 1_000 });
  const version = /:function:[^:]+:(\d+)\//.exec(arn)?.[1];
  const isLater = Events.some(({ Name }) => Name === "a step of the later version");
  return { outcome: (JSON.parse(Result ?? "{}") as { outcome?: string }).outcome, version, isLater };
}

async function live(clients: AdminClients, clock: Clock) {
  const later = await buildOnboarding(join(folder, "later"), laterVersion);
  const reviews = reviewsFromEnvironment();
  const started = performance.now();
  const isEarly = (_: unknown, index: number) => index % 2 === 0;
  const all = Array.from({ length: options.hires }, (_, index) => hireOf(index + 1, clock.now()));
  await send(clients, all.filter(isEarly));
  const ends = new Map<string, Awaited<ReturnType<typeof endOf>>>();
  let sent = all.filter(isEarly);
  let kills = 0;
  let moves = 0;

  /** Answers what waits for somebody; false where nothing does. */
  const answer = async (execution: string) => {
    const open = (await reviews.ofCase(execution)).filter(({ status }) => status === "open");
    for (const { id, name, request } of open) {
      const by = { subject: "mara.moss", name: "Mara Moss", email: request.addressee ?? "mara.moss@example.com" };
      await reviews.decide(id, { ...outcomeFor(name), reason: "As the script says.", by, roles: [request.role] });
    }
    return open.length > 0;
  };
  const restart = async () => {
    await platform.kill();
    kills += 1;
    const isTime = kills === Math.ceil(options.kills / 2);
    await platform.start(isTime ? later : undefined);
    if (!isTime) return;
    // The deploy came while they slept; whoever comes now takes the later version.
    await send(
      clients,
      all
        .filter((hire) => !sent.includes(hire))
        .map((hire) => ({ ...hire, startDate: hireOf(0, clock.now()).startDate })),
    );
    sent = all;
  };

  for (let turn = 1; ends.size < all.length; turn += 1) {
    if (turn > 1_000) throw new Error(`${all.length - ends.size} have not ended.`);
    await clock.settle();
    for (const { arn, name, status } of await list(clients))
      if (status !== "RUNNING" && !ends.has(name)) ends.set(name, await endOf(clients, arn));
    const open = sent
      .map((hire) => executionOf(contract, hire, { businessKey: "employee" }))
      .filter((name) => !ends.has(name));
    const answered = await Promise.all(open.map(answer));
    if (answered.includes(true) || ends.size === all.length) continue;
    moves += 1;
    const isTurn = kills < options.kills && moves % 3 === 0;
    const moved = clock.toNext().catch((error: unknown) => {
      if (!isTurn) throw error;
    });
    // By turns asleep, and in the middle of what the moved clock wakes.
    if (!isTurn || kills % 2 === 0) await moved;
    else await new Promise((resolve) => setTimeout(resolve, 30));
    if (isTurn) await restart();
  }
  const outcomes = [...ends.values()];
  const right = outcomes.filter(
    ({ outcome, version, isLater }) => outcome === "confirmed" && isLater === (version !== "1"),
  );
  const orders = Object.values(sandbox.books().orders);
  return {
    hires: all.length,
    kills,
    seconds: Math.round((performance.now() - started) / 1_000),
    confirmed: outcomes.filter(({ outcome }) => outcome === "confirmed").length,
    onFirstVersion: outcomes.filter(({ version }) => version === "1").length,
    onLaterVersion: outcomes.filter(({ isLater }) => isLater).length,
    orders: orders.length,
    lost: all.length - right.length + Math.abs(orders.length - 5 * all.length) + options.kills - kills,
  };
}

async function sleepThrough(clients: AdminClients, clock: Clock) {
  const begun = realNow();
  await send(
    clients,
    Array.from({ length: options.hires }, (_, index) => hireOf(index + 1, clock.now())),
  );
  const count = async () => (await list(clients)).filter(({ status }) => status === "RUNNING").length;
  while ((await count()) < options.hires) await new Promise((resolve) => setTimeout(resolve, 500));
  await clock.settle();
  const asleepSeconds = Math.round((realNow() - begun) / 1_000);
  const memory = await memoryMb(platform.pid());
  await platform.kill();
  const start = performance.now();
  await platform.start();
  const kept = await count();
  const restartMillis = Math.round(performance.now() - start);
  const after = await memoryMb(platform.pid());
  const [memoryAsleepMb, memoryRestartedMb] = [memory, after].map(Math.round);
  return {
    hires: options.hires,
    asleepSeconds,
    memoryAsleepMb,
    restartMillis,
    memoryRestartedMb,
    lost: options.hires - kept,
  };
}
