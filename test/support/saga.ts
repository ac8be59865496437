import type { DurableContext } from "@aws/durable-execution-sdk-js";
import {
  type Answer,
  type Ask,
  DEFAULT_POLICIES,
  NothingHappenedError,
  type Policies,
  type SagaStep,
  type Undone,
} from "#compensation";
import { quiet, type TestEngine, testEngine } from "../../libs/local/engine/testing.ts";

/** How the outside answers one call: `lost` breaks the connection, before or after it has happened. */
export type Behaviour = "ok" | "refused" | "lost before" | "lost after";

/**
 * The outside world of a saga under test: it keeps what happened by idempotency key, as a good counterparty does, and knows
 * nothing of sagas. It outlives every engine.
 */
export function createWorld() {
  const done = new Map<string, string>();
  const undone = new Map<string, string>();
  const began: string[] = [];
  const undoCalls: string[] = [];
  let effects = 0;
  const answer = (behaviour: Behaviour, happen: () => void) => {
    if (behaviour === "refused") throw new NothingHappenedError("REFUSED", "The other side refuses.");
    if (behaviour === "lost before") throw new Error("ECONNRESET");
    happen();
    if (behaviour === "lost after") throw new Error("ECONNRESET");
  };
  return {
    done,
    undone,
    began,
    undoCalls,
    effects: () => effects,
    /** What happened and was not taken back: the actions' keys. */
    left: () => [...done.keys()].filter((key) => !undone.has(key)),
    act(key: string, behaviour: Behaviour = "ok"): string {
      if (!began.includes(key)) began.push(key);
      answer(behaviour, () => {
        if (!done.has(key)) effects++;
        done.set(key, done.get(key) ?? `r${done.size}`);
      });
      return done.get(key) ?? "";
    },
    /** Harmless where nothing happened; a second time it changes nothing. */
    takeBack(key: string, actionKey: string, behaviour: Behaviour = "ok"): Undone {
      undoCalls.push(actionKey);
      const happened = done.has(actionKey);
      answer(behaviour, () => {
        if (happened && !undone.has(actionKey)) undone.set(actionKey, key);
      });
      return happened ? "undone" : "nothing-to-undo";
    },
  };
}
export type World = ReturnType<typeof createWorld>;

/** A step of the world, whose attempts behave one after another as said, the last for ever. */
export function worldStep(
  world: World,
  { run = ["ok"], undo = ["ok"] }: { run?: Behaviour[]; undo?: Behaviour[] } = {},
): Extract<SagaStep<string>, { undo: unknown }> {
  const nth = (list: Behaviour[], attempt: number) => list[Math.min(attempt, list.length) - 1];
  return {
    run: async (key, { attempt }) => world.act(key, nth(run, attempt)),
    undo: async (key, _result, { actionKey, attempt }) => world.takeBack(key, actionKey, nth(undo, attempt)),
  };
}

/** Retries without long pauses: the engine's clock is moved over them. */
export const POLICIES: Policies = {
  ...DEFAULT_POLICIES,
  forward: { attempts: 3, first: 1, longest: 2 },
  undo: { attempts: 4, first: 1, longest: 2 },
};

/** Answers each review as `choose` says by its name; nobody answers the others. */
export const answering =
  (choose: (name: string) => Answer["choice"] = () => "none", asked: string[] = []): Ask =>
  async (ctx, name, question) =>
    ctx.step(`ask ${name}`, async () => {
      asked.push(name);
      const by = { subject: `officer-${question.not ? 2 : 1}`, name: "Officer" };
      return { choice: choose(name), evidence: "Receipt 7", by };
    });

/** Runs one durable function to its end on an engine of its own, moving the clock over its waits. */
export async function runToEnd(durable: (input: never, ctx: DurableContext) => Promise<unknown>) {
  const engine = await testEngine({ workflow: { durable } });
  const arn = await engine.start("workflow", { name: "case-1" });
  return finish(engine, arn);
}

export async function finish(engine: TestEngine, arn: string) {
  for (let turn = 0; turn < 500; turn++) {
    await quiet(engine);
    const execution = await engine.describe(arn);
    if (execution.Status !== "RUNNING") {
      const history = await engine.history(arn);
      return {
        status: execution.Status,
        result: execution.Result === undefined ? undefined : JSON.parse(String(execution.Result)),
        error: execution.Error as { ErrorType: string; ErrorMessage: string; ErrorData?: string } | undefined,
        names: history.filter(({ EventType }) => EventType === "StepStarted").map(({ Name }) => String(Name)),
      };
    }
    await engine.clock.advance(60_000);
  }
  throw new Error("The execution did not end.");
}
