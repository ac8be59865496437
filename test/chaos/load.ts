import type { Lambda } from "@aws-sdk/client-lambda";
import { type Kind, kinds } from "./workflows.ts";

export interface Started {
  kind: Kind;
  name: string;
  arn: string;
  /** What a callback's answer was acknowledged to be. */
  answered: string[];
}

/** A whole test of kills, and what is left to do after it, on a machine that others use too. */
const PATIENCE_MS = 300_000;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Asks until it is answered, whatever dies meanwhile; `isFinal` errors are passed on. */
export async function persistently<T>(
  ask: () => Promise<T>,
  isFinal: (error: Error) => boolean = () => false,
): Promise<T> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Error) || isFinal(error) || Date.now() > until) throw error;
      await pause(40);
    }
  }
}

/** Starts `count` executions of all kinds, some at a time, each under its own name until the start is acknowledged. */
export async function startAll(lambda: Lambda, count: number, everyMs: number): Promise<Started[]> {
  const started: Promise<Started>[] = [];
  for (let index = 0; index < count; index += 1) {
    const kind = kinds[index % kinds.length] ?? "steps";
    started.push(startOne(lambda, { kind, name: `${kind}-${index}` }));
    await pause(everyMs);
  }
  return Promise.all(started);
}

async function startOne(lambda: Lambda, { kind, name }: { kind: Kind; name: string }): Promise<Started> {
  const start = () =>
    lambda.invoke({
      FunctionName: "chaos:live",
      InvocationType: "Event",
      DurableExecutionName: name,
      Payload: JSON.stringify({ kind, execution: name }),
    });
  const { DurableExecutionArn: arn = "" } = await persistently(start);
  const answered = kind === "callback" ? await answerTwice(lambda, arn, name) : [];
  return { kind, name, arn, answered };
}

/** Two answers at once, each until it is acknowledged or refused. Answers those that were acknowledged. */
async function answerTwice(lambda: Lambda, arn: string, name: string): Promise<string[]> {
  const find = async () => {
    const { Events = [] } = await lambda.getDurableExecutionHistory({ DurableExecutionArn: arn });
    const id = Events.find(({ EventType }) => EventType === "CallbackStarted")?.CallbackStartedDetails?.CallbackId;
    if (!id) throw new Error("It has not asked yet.");
    return id;
  };
  const CallbackId = await persistently(find);
  const isClosed = ({ name: type }: Error) => type === "CallbackTimeoutException";
  const send = async (answer: string) => {
    const one = () => lambda.sendDurableExecutionCallbackSuccess({ CallbackId, Result: Buffer.from(answer) });
    return persistently(one, isClosed).then(
      () => [answer],
      (error: Error) => {
        if (!isClosed(error)) throw error;
        return [];
      },
    );
  };
  return (await Promise.all([send(`${name} one`), send(`${name} two`)])).flat();
}
