import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { RerunDiffersError } from "../errors.ts";
import { Rerun, type Taken } from "./event.ts";

/** In place of a callback's id, which nothing recorded asks for again. */
const ANSWERED = "answered-before";

/** What no recorded result can stand for: it is refused while there is something to take over. */
const OTHERS = [
  "invoke",
  "runInChildContext",
  "waitForCallback",
  "waitForCondition",
  "map",
  "parallel",
  "_executeConcurrently",
] as const;

type Operation = (...given: unknown[]) => unknown;

export interface TakingOver {
  /** The event that the first execution had. */
  event: unknown;
  /** Call it when the body has ended. @throws RerunDiffersError where the code no longer fits, or asked for less */
  finish: () => void;
}

/**
 * Where the event is a rerun from a step: the first operations of the body are answered from the record, by place and name. A
 * step is still a step, whose work is to give the recorded result: so it is checkpointed, and a replay needs no rule of its own.
 * So is an answer that had come: nobody is asked again. A wait is one of a second. What differs stops the execution before any step of its own has run.
 */
export function takeOver(ctx: DurableContext, event: unknown): TakingOver {
  const parsed = Rerun.safeParse(event);
  if (!parsed.success) return { event, finish: () => undefined };
  const { of, taken } = parsed.data.rerun;
  const operations = ctx as unknown as Record<string, Operation | undefined>;
  let place = 0;
  let differs: RerunDiffersError | undefined;

  /** The recorded operation at this place; undefined where all were taken. What differs once differs for good: a body may catch it. */
  function next(asked: string): Taken | undefined {
    if (differs) throw differs;
    const recorded = taken[place];
    if (!recorded) return undefined;
    if (asked !== `${recorded.kind} ${JSON.stringify(recorded.name)}`) refuse(asked);
    place += 1;
    return recorded;
  }
  function refuse(asked: string): never {
    const { kind, name } = taken[place] as Taken;
    differs = new RerunDiffersError({ of, place: place + 1, expected: `${kind} ${JSON.stringify(name)}`, asked });
    throw differs;
  }
  function replace(name: string, made: (real: Operation) => Operation) {
    const real = operations[name]?.bind(ctx);
    if (real) operations[name] = made(real);
  }

  const asking = (kind: string, name: unknown) =>
    `${kind} ${typeof name === "string" ? JSON.stringify(name) : "with no name"}`;
  const realStep = operations.step?.bind(ctx);

  replace("step", (real) => (name, ...more) => {
    const asked = asking("step", name);
    // What may run once only is an action of a saga: its undo has a key of this execution, and would not find what it did.
    const { semantics } = (more[1] ?? {}) as { semantics?: string };
    if (taken[place] && semantics === "AT_MOST_ONCE_PER_RETRY") refuse(`${asked}, an action that can be undone`);
    const recorded = next(asked);
    if (recorded?.kind !== "step") return real(name, ...more);
    return real(name, async () => recorded.result, ...more.slice(1));
  });
  replace("wait", (real) => (name, ...more) => {
    return next(asking("wait", name)) ? real(name, { seconds: 1 }) : real(name, ...more);
  });
  replace("createCallback", (real) => (name, ...more) => {
    const recorded = next(asking("callback", name));
    if (recorded?.kind !== "callback") return real(name, ...more);
    const answer = realStep?.(name, async () => recorded.result) as Promise<string>;
    return answer.then((given) => [Promise.resolve(given), ANSWERED]);
  });
  for (const other of OTHERS) {
    replace(other, (real) => (...given) => {
      if (differs || taken[place])
        next(`${other} ${typeof given[0] === "string" ? JSON.stringify(given[0]) : ""}`.trim());
      return real(...given);
    });
  }

  return {
    event: parsed.data.input,
    finish() {
      if (differs) throw differs;
      if (taken[place]) refuse("the end");
    },
  };
}
