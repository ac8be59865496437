import { outcomeOf } from "#compensation";
import { getExecution, getHistory } from "#platform";
import { Rerun, type Taken, withoutRerun } from "#workflow";
import { timelineOf } from "../../libs/console/operations/timeline.ts";
import type { Found } from "./executions.ts";
import { RefusedError } from "./site.ts";

export interface Plan {
  /** The event of the new execution. */
  event: unknown;
  /** The operations whose recorded results are taken over: each is one operation of the new execution too. */
  taken: string[];
  /** What was begun and runs again, the failed one first; what comes after it is not known. */
  again: string[];
}

const TAKEN: readonly string[] = ["step", "callback", "wait"];
/** The service takes an asynchronous input of up to 1 MB; the rest is room for the envelope. */
const LARGEST_EVENT_BYTES = 1_000_000;

/**
 * What a rerun from the failed step takes over: the steps, answers and waits before the first that did not succeed. Only an
 * execution of these has such a rerun; all else stands for something outside that was closed or undone when it failed.
 * @throws RefusedError saying what stands in the way
 */
export async function planFromStep({ arn, name }: Found): Promise<Plan> {
  const [details, history] = await Promise.all([getExecution(arn, true), getHistory(arn, { data: true })]);
  const refuse = (why: string) => new RefusedError(`${name} cannot go on from its failed step: ${why}.`);
  if (!details?.InputPayload) throw refuse("its input is not there any more");
  if (history.more) throw refuse("its history is longer than is read");
  const { operations } = timelineOf(history);
  if (outcomeOf(details.Error?.ErrorData) || operations.some((one) => one.name.startsWith("undo ")))
    throw refuse("it is a saga's, which took back what it did when it failed. Rerun it from its beginning");
  const other = operations.find(({ kind }) => !TAKEN.includes(kind));
  if (other)
    throw refuse(
      `${other.kind} ${JSON.stringify(other.name)} is no step, no answer and no wait. Rerun it from its beginning`,
    );

  const first = operations.findIndex(({ state }) => state !== "succeeded");
  const finished = first === -1 ? operations : operations.slice(0, first);
  // A callback whose id nothing recorded has handed out is made anew: whoever answers has to know the new one.
  while (finished.at(-1)?.kind === "callback") finished.pop();
  if (finished.length === 0) throw refuse("no step of it succeeded. Rerun it from its beginning");
  const results = new Map(
    history.events.flatMap(({ Id = "", StepSucceededDetails, CallbackSucceededDetails }) => {
      const details = StepSucceededDetails ?? CallbackSucceededDetails;
      return details ? [[Id, details.Result] as const] : [];
    }),
  );
  const taken = finished.map((one): Taken => {
    if (one.kind === "wait") return { kind: "wait", name: one.name };
    const { Payload, Truncated } = results.get(one.id) ?? {};
    if (Truncated) throw refuse(`the result of ${one.kind} ${JSON.stringify(one.name)} is not in its history`);
    if (one.kind === "callback") return { kind: "callback", name: one.name, result: Payload ?? "" };
    return { kind: "step", name: one.name, ...(Payload !== undefined && { result: parsed(Payload) }) };
  });
  const input = withoutRerun(JSON.parse(details.InputPayload));
  const event: Rerun = Rerun.parse({ rerun: { of: name, taken }, input });
  const bytes = Buffer.byteLength(JSON.stringify(event));
  if (bytes > LARGEST_EVENT_BYTES)
    throw refuse(`what it recorded has ${bytes} bytes, and an input may have ${LARGEST_EVENT_BYTES}`);
  const again = operations.slice(finished.length).map((one) => one.name);
  return { event, taken: taken.map((one) => one.name), again };

  function parsed(text: string): Extract<Taken, { kind: "step" }>["result"] {
    return text === "" ? undefined : JSON.parse(text);
  }
}
