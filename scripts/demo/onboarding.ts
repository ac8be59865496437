import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { reviewsFromEnvironment } from "#callbacks";
import { names } from "#deployment";
import { executionOf } from "#intake";
import { createBucket } from "#platform";
import type { AdminClients } from "#platform/admin";
import { moveDate, realNow } from "../../libs/local/core/moved-date.ts";
import { contract } from "../../workflows/onboarding/contract.ts";
import { personFor } from "../../workflows/onboarding/histories/people.ts";
import { boot, type Platform } from "../platform/boot.ts";
import { type Hired, hires, outcomeFor } from "./hires.ts";

const { json } = new Command("npm run demo -- onboarding")
  .description(
    "Three hires live their ninety days on a fresh, temporary local cloud whose clock is moved: one smooth, one whose first day moves twice and whose equipment is late, one who withdraws after the contract.",
  )
  .option("--json", "print the outcome as JSON, and nothing else")
  .parse()
  .opts<{ json?: boolean }>();
const say = (line: string) => {
  if (!json) console.log(line);
};

/** A demo that does not end has failed; of real time. */
const DEADLINE_MS = 120_000;
const PEOPLE = ["Mara Moss", "Second Person"].map((name) => ({ subject: name.toLowerCase().replace(" ", "."), name }));

const folder = await mkdtemp(join(tmpdir(), "longhaul-onboarding-"));
try {
  const onStage = (stage: string) => say(`… ${stage}`);
  const ports = { port: 0, consolePort: 0 };
  const only = contract.name;
  const platform = await boot({ folder, ...ports, bedrock: "offline", clock: "virtual", only, sweep: false, onStage });
  // People decide at the moved clock's time.
  moveDate(() => platform.cloud.clock.now());
  try {
    await demo(platform);
  } finally {
    moveDate(realNow);
    await platform.close();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function demo({ cloud, clients, sandboxes }: Platform) {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: cloud.endpoint,
    AWS_REGION: cloud.region,
    AWS_ACCESS_KEY_ID: "demo",
    AWS_SECRET_ACCESS_KEY: "demo",
    LONGHAUL_REVIEWS_TABLE: names.reviews,
  });
  const { clock } = cloud;
  const reviews = reviewsFromEnvironment();
  const { QueueUrl } = await clients.sqs.getQueueUrl({ QueueName: names.queue(contract.name) });
  const send = async (kind: string, data: object) => {
    const time = new Date(clock.now()).toISOString();
    const event = { specversion: "1.0", id: crypto.randomUUID(), source: "/demo", time, data };
    const type = `longhaul.onboarding.${kind}`;
    await clients.sqs.sendMessage({ QueueUrl, MessageBody: JSON.stringify({ ...event, type }) });
  };
  const begin = clock.now();
  const day = () => Math.floor((clock.now() - begin) / 86_400_000);
  const all = hires(begin).map((one) => ({
    ...one,
    execution: executionOf(contract, one.input, { businessKey: "employee" }),
    asked: 0,
  }));
  const tell = ({ input }: Hired, text: string) =>
    say(
      `day ${String(day()).padStart(3)}  ${new Date(clock.now()).toISOString().slice(0, 10)}  ${input.hire.name}: ${text}`,
    );
  for (const { input } of all) await send("requested", input);

  /** Answers what waits for somebody, of two votes the first that is missing; false where nothing does. */
  const answer = async (one: (typeof all)[number]): Promise<boolean> => {
    let answered = false;
    for (const { id, name, status, request, votes = [] } of await reviews.ofCase(one.execution)) {
      const by = personFor(request.addressee, one.input) ?? PEOPLE[votes.length];
      if (status !== "open" || !by) continue;
      const how = outcomeFor(name);
      const { won } = await reviews.decide(id, {
        ...how,
        reason: "As the demo's script says.",
        by,
        roles: [request.role],
      });
      one.asked += 1;
      if (won) tell(one, `"${request.title}" is asked of the ${request.role}: ${how.option}`);
      answered = true;
    }
    return answered;
  };
  const happen = async (one: (typeof all)[number]) => {
    const [next] = one.happenings;
    if (!next || next.at > clock.now()) return;
    one.happenings.shift();
    tell(one, next.text);
    await send(next.signal, { employee: one.input.employee, ...next.payload });
  };

  const until = performance.now() + DEADLINE_MS;
  let running = all;
  let begun = false;
  const ends = new Map<string, Awaited<ReturnType<typeof read>>>();
  while (running.length > 0) {
    if (performance.now() > until)
      throw new Error(`Not ended within ${DEADLINE_MS} ms: ${running.map(({ execution }) => execution).join(", ")}.`);
    for (const one of running) await happen(one);
    await quiet(clock, sandboxes.onboarding ?? "");
    const listed = await statuses(clients);
    begun ||= all.every(({ execution }) => listed.has(execution));
    // Read when it ends: the service forgets an execution ninety days later, which pass here.
    for (const one of running) {
      const { arn = "", status = "RUNNING" } = listed.get(one.execution) ?? {};
      if (status !== "RUNNING") ends.set(one.execution, await read(clients, arn));
    }
    running = running.filter(({ execution }) => !ends.has(execution));
    let acted = !begun;
    for (const one of running) if (begun && (await answer(one))) acted = true;
    if (acted || running.length === 0) continue;
    const happenings = running.flatMap(({ happenings: [next] }) => (next ? [next.at] : []));
    const next = Math.min(clock.next() ?? Number.POSITIVE_INFINITY, ...happenings);
    // None is left where the last ones are about to end.
    if (Number.isFinite(next)) await clock.moveTo(next);
  }

  const outcomes = all.flatMap(({ input, execution, asked }) => {
    const end = ends.get(execution);
    if (!end) return [];
    const { outcome, days, ...rest } = end;
    return [{ employee: input.employee, outcome, days, reviews: asked, ...rest }];
  });
  if (json) console.log(JSON.stringify({ hires: outcomes }));
  else
    for (const { employee, outcome, days, reviews: asked, signals, undone, operations, invocations } of outcomes)
      say(
        `\n${employee}: ${outcome} after ${days} days, ${asked} answers, ${signals} signals, ${operations} operations in ${invocations} invocations.${undone.length > 0 ? ` Taken back: ${undone.join(", ")}.` : ""}`,
      );
}

/** Until the cloud rests, and nobody outside is calling back. */
async function quiet(clock: Platform["cloud"]["clock"], sandbox: string): Promise<void> {
  for (let calm = 0; calm < 2; ) {
    await clock.settle();
    const { calling } = (await (await fetch(`${sandbox}/books`)).json()) as { calling: number };
    calm = calling === 0 ? calm + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

async function statuses({ lambda }: AdminClients) {
  const { DurableExecutions = [] } = await lambda.listDurableExecutionsByFunction({
    FunctionName: names.workflow(contract.name),
    MaxItems: 1_000,
  });
  return new Map(
    DurableExecutions.map((one) => [
      one.DurableExecutionName ?? "",
      { arn: one.DurableExecutionArn ?? "", status: String(one.Status) },
    ]),
  );
}

async function read({ lambda }: AdminClients, arn: string) {
  const execution = await lambda.getDurableExecution({ DurableExecutionArn: arn, IncludeExecutionData: true });
  if (!execution.Result) throw new Error(`${arn}: ${execution.Status}, ${execution.Error?.ErrorMessage}`);
  const { outcome, result } = JSON.parse(execution.Result) as { outcome: string; result: string };
  const text = new TextDecoder().decode((await createBucket(names.bucket).get(result)).body);
  const { signals, undone } = JSON.parse(text) as { signals: number; undone: string[] };
  const { StartTimestamp: from, EndTimestamp: to } = execution;
  const { Events = [] } = await lambda.getDurableExecutionHistory({ DurableExecutionArn: arn, MaxItems: 1_000 });
  // The execution itself is one of them.
  const operations = new Set(Events.flatMap(({ Id }) => Id ?? [])).size;
  const invocations = Events.filter(({ EventType }) => EventType === "InvocationCompleted").length;
  const days = Math.round(((to?.getTime() ?? 0) - (from?.getTime() ?? 0)) / 86_400_000);
  return { outcome, days, signals, undone, operations, invocations, execution: arn };
}
