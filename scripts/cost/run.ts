import { bucketTrigger, type Contract } from "#workflow";
import { cleanUp } from "../../libs/local/engine/testing.ts";
import type { HistoryEvent } from "../history/history.ts";
import { BEGIN, eventOf, live, usageOf } from "../history/record.ts";
import type { Path, World } from "../history/world.ts";
import { WAIT_MS } from "./assumptions.ts";
import { as, type createMeter, nothing, type Requests, type Seen } from "./meter.ts";

/** What one path of a workflow used, counted on the local cloud. */
export interface Used {
  workflow: string;
  path: string;
  /** As the service counts them: the start, each operation, each retry. */
  operations: number;
  /** Of the input and of all payloads that checkpoints wrote. */
  bytesWritten: number;
  /** How long it lives, in days, and how long it is kept after its end. */
  days: number;
  retentionDays: number;
  invocations: number;
  /** Of all invocations: measured here, and what they would wait for AWS. */
  milliseconds: number;
  memoryMb: number;
  /** Attempts of steps: what would be a task's invocation elsewhere. */
  attempts: number;
  tokens: { input: number; output: number };
  modelUsd: number;
  /** By the workflow's own functions. */
  requests: Requests;
  /** By people and systems that answer it, through the console. */
  outside: { requests: Requests; acts: number };
}

const DAY_MS = 86_400_000;

/** Lives one path to its end and counts. */
export async function use(
  contract: Contract,
  { name, path, world, meter }: { name: string; path: Path; world: World; meter: ReturnType<typeof createMeter> },
): Promise<Used> {
  const [requests, others] = [nothing(), nothing()];
  const tokens = { input: 0, output: 0 };
  let [acts, invocations, milliseconds] = [0, 0, 0];

  // Only workflows ask a model, by HTTP/2, which carries no account; outside systems call back in a context of their own.
  const seen = ({ kind, request, response }: Seen) => {
    if (kind !== "modelCalls") return;
    requests.modelCalls += 1;
    tokens.input += tokensOf(request);
    tokens.output += tokensOf(textOf(response));
  };
  const accounts = { workflow: { requests }, default: { requests: others, seen } };
  const counted: World = {
    ...world,
    async workflow(wanted) {
      const { handler } = await world.workflow(wanted);
      const timed: typeof handler = async (event, context) => {
        if (invocations === 0) meter.open(accounts);
        const started = performance.now();
        try {
          return await as("workflow", () => handler(event, context));
        } finally {
          invocations += 1;
          milliseconds += performance.now() - started;
        }
      };
      return { handler: timed };
    },
  };
  const { meanwhile } = path;
  const watched: Path = {
    ...path,
    ...(meanwhile && {
      async meanwhile(running) {
        const look = nothing();
        meter.open({ ...accounts, look: { requests: look } });
        const acted = await as("look", () => meanwhile(running));
        // A look that finds nothing to do is this script's own.
        if (!acted) return false;
        acts += 1;
        for (const key of Object.keys(look) as (keyof Requests)[]) others[key] += look[key];
        return true;
      },
    }),
  };

  try {
    const { engine, input, events: happened } = await live(contract, { name, path: watched, world: counted });
    // A model's calls were counted for nobody.
    others.modelCalls = 0;
    const events = happened.map(eventOf);
    const { operations, bytes } = usageOf({ input, events });
    const waited =
      operations * WAIT_MS.checkpoint +
      (requests.dynamoDbReadUnits + requests.dynamoDbWriteUnits) * WAIT_MS.dynamoDb +
      (requests.s3Reads + requests.s3Writes) * WAIT_MS.s3 +
      requests.sqsRequests * WAIT_MS.sqs +
      requests.sesMails * WAIT_MS.ses +
      requests.events * WAIT_MS.event +
      requests.modelCalls * WAIT_MS.model +
      tokens.output * WAIT_MS.modelToken;
    return {
      workflow: contract.name,
      path: name,
      operations,
      bytesWritten: bytes,
      days: (engine.clock.now() - Date.parse(BEGIN)) / DAY_MS,
      retentionDays: contract.retentionDays,
      invocations,
      milliseconds: milliseconds + waited,
      memoryMb: contract.function.memoryMb,
      attempts: attemptsOf(events),
      tokens,
      modelUsd: modelUsd(contract, tokens),
      requests,
      outside: { requests: others, acts },
    };
  } finally {
    meter.open({});
    await cleanUp();
  }
}

export const triggerOf = (contract: Contract) => (bucketTrigger(contract) ? "bucket" : "queue");

const attemptsOf = (events: readonly HistoryEvent[]) =>
  events.filter(({ type }) => type === "StepSucceeded" || type === "StepFailed").length;

/** Four characters each, as the offline model estimates them. */
const tokensOf = (text: string) => Math.ceil(text.length / 4);

function textOf(response: string): string {
  const { output } = JSON.parse(response || "{}") as {
    output?: { message?: { content?: { text?: string }[] } };
  };
  return (output?.message?.content ?? []).map(({ text = "" }) => text).join("");
}

/** By the price that the contract gives for its model, in US dollars. */
function modelUsd({ scoring, drafting }: Contract, { input, output }: Used["tokens"]): number {
  const price = (scoring?.model ?? drafting)?.price ?? { input: 0, output: 0 };
  return (input * price.input + output * price.output) / 1e6;
}
