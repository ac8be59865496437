import type { DurableContext } from "@aws/durable-execution-sdk-js";
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { answering, type Behaviour, createWorld, POLICIES, type World } from "../../test/support/saga.ts";
import { cleanUp, type TestEngine, testEngine } from "../local/engine/testing.ts";
import { type Saga, type SagaOutcome, saga } from "./index.ts";

afterEach(cleanUp);

interface StepPlan {
  name: string;
  run: Behaviour[];
  undo: Behaviour[];
  check: boolean;
}
type Node = StepPlan | { branches: Node[][] };
interface Plan {
  nodes: Node[];
  /** At which calls of the outside, counted from the first, the process is killed; before it happens, or after. */
  crashes: { call: number; when: "before" | "after" }[];
  choices: ("try-again" | "by-hand" | "write-off" | "none")[];
}

const behaviour = fc.constantFrom<Behaviour>("ok", "ok", "ok", "refused", "lost before", "lost after");
const attempts = fc.array(behaviour, { minLength: 1, maxLength: 3 });
const stepPlan = fc.record({ name: fc.constant(""), run: attempts, undo: attempts, check: fc.boolean() });
const nodes = fc.letrec<{ node: Node; sequence: Node[] }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    stepPlan,
    fc.record({ branches: fc.array(tie("sequence"), { minLength: 1, maxLength: 3 }) }),
  ),
  sequence: fc.array(tie("node"), { minLength: 1, maxLength: 4 }),
})).sequence;
const plan: fc.Arbitrary<Plan> = fc.record({
  nodes: nodes.map((sequence) => named(sequence)),
  crashes: fc.array(fc.record({ call: fc.nat(12), when: fc.constantFrom("before" as const, "after" as const) }), {
    maxLength: 3,
  }),
  choices: fc.array(fc.constantFrom("try-again" as const, "by-hand" as const, "write-off" as const, "none" as const), {
    minLength: 1,
    maxLength: 4,
  }),
});

/** Names are static: each step of the plan has its own. */
function named(sequence: Node[], next = { number: 0 }): Node[] {
  return sequence.map((node) =>
    "branches" in node
      ? { branches: node.branches.map((branch) => named(branch, next)) }
      : { ...node, name: `step-${next.number++}x` },
  );
}

async function walk(
  s: Saga,
  sequence: Node[],
  act: (step: StepPlan) => Parameters<Saga["step"]>[1],
  at = "g",
): Promise<void> {
  for (const [index, node] of sequence.entries()) {
    if ("branches" in node) {
      const branches = node.branches.map((branch, number) => [
        `b${number}`,
        (b: Saga) => walk(b, branch, act, `${at}-${index}-${number}`),
      ]);
      await s.parallel(`${at}-${index}`, Object.fromEntries(branches));
    } else await s.step(node.name, act(node));
  }
}

/** Runs the plan on the real engine and the real SDK, killing it where the plan says; the world outside goes on. */
async function play({ nodes: sequence, crashes, choices }: Plan, world: World, asked: string[]): Promise<SagaOutcome> {
  let calls = 0;
  let alive = 0;
  let crash: Promise<string> | undefined;
  const engines: TestEngine[] = [];

  const outside = async (life: number, happen: () => string) => {
    if (life !== alive || crash) throw new Error("This process is dead.");
    const due = crashes.filter(({ call }) => call === calls);
    calls++;
    const die = () => {
      crash ??= engines.at(-1)?.kill();
      throw new Error("This process is dead.");
    };
    if (due.some(({ when }) => when === "before")) die();
    const result = happen();
    if (due.some(({ when }) => when === "after")) die();
    return result;
  };
  const functions = (life: number) => {
    const act = (step: StepPlan): Parameters<Saga["step"]>[1] => {
      const nth = (list: Behaviour[], attempt: number) => list[Math.min(attempt, list.length) - 1];
      return {
        run: (key, { attempt }) => outside(life, () => world.act(key, nth(step.run, attempt))),
        undo: async (key, _result, { actionKey, attempt }) =>
          (await outside(life, () => world.takeBack(key, actionKey, nth(step.undo, attempt)))) as "undone",
        ...(step.check && {
          check: async (key) =>
            world.done.has(key) ? { happened: true, result: world.done.get(key) ?? "" } : { happened: false },
        }),
      };
    };
    // A person who has tried again twice does something else.
    const ask = answering((name) => {
      const choice = choices[name.length % choices.length] ?? "none";
      return choice === "try-again" && /-[3-9]$/.test(name) ? "by-hand" : choice;
    }, asked);
    return {
      workflow: {
        durable: async (_input: unknown, ctx: DurableContext) =>
          saga(ctx, "random", (s) => walk(s, sequence, act), { officer: { ask }, policies: POLICIES }),
      },
    };
  };

  engines.push(await testEngine(functions(0)));
  const arn = (await engines[0]?.start("workflow", { name: "case" })) ?? "";
  for (;;) {
    const engine = engines.at(-1);
    if (!engine) throw new Error("There is no engine.");
    await new Promise((resolve) => setImmediate(resolve));
    if (crash) {
      const offset = engine.clock.now() - Date.now();
      const folder = await crash;
      alive++;
      crash = undefined;
      const next = await testEngine(functions(alive), { folder, offset });
      engines.push(next);
      await next.engine.resume();
    } else {
      const { invoked, waiting } = engine.engine.stats();
      if (invoked + waiting > 0) continue;
      const execution = await engine.describe(arn);
      if (execution.Status === "SUCCEEDED") return JSON.parse(String(execution.Result));
      if (execution.Status !== "RUNNING") throw new Error(`${execution.Status}: ${JSON.stringify(execution.Error)}`);
      await engine.clock.advance(10_000);
    }
  }
}

const keyOf = (name: string) => `case.random.${name}`;
const namesIn = (node: Node): string[] => ("branches" in node ? node.branches.flat().flatMap(namesIn) : [node.name]);

/** In each sequence, every undo of what came later was called before any of what came earlier. */
function expectReverse(sequence: Node[], undoCalls: readonly string[]) {
  const positions = sequence.map((node) =>
    namesIn(node).flatMap((name) => {
      const first = undoCalls.indexOf(keyOf(name));
      return first < 0 ? [] : [first];
    }),
  );
  for (const [index, earlier] of positions.entries())
    for (const later of positions.slice(index + 1))
      for (const position of later) expect(position).toBeLessThan(Math.min(...earlier, Number.POSITIVE_INFINITY));
  for (const node of sequence)
    if ("branches" in node) for (const branch of node.branches) expectReverse(branch, undoCalls);
}

test("whatever fails, is lost or is killed: undone in reverse, nothing left without an undo or a review, nothing twice, all told", async () => {
  let crashed = 0;
  await fc.assert(
    fc.asyncProperty(plan, async (one) => {
      const world = createWorld();
      const asked: string[] = [];
      const outcome = await play(one, world, asked);
      crashed += one.crashes.length;
      const report = (name: string) => outcome.steps.find((step) => step.name === name);

      expectReverse(one.nodes, world.undoCalls);
      expect(world.effects()).toBe(world.done.size);
      for (const [action, undo] of world.undone) expect(undo.startsWith(`${action}.undo`)).toBe(true);

      for (const key of world.done.keys()) expect(report(key.replace("case.random.", ""))).toBeDefined();
      for (const { name, key, forward, undo } of outcome.steps) {
        const happened = world.done.has(key);
        const isUndone = world.undone.has(key);
        if (forward === "done") expect(happened).toBe(true);
        if (forward === "failed" || forward === "not-run") expect(happened).toBe(false);
        if (outcome.status === "completed") expect([forward, undo, isUndone]).toEqual(["done", "not-run", false]);
        else if (happened && !isUndone) {
          expect(["failed", "by-hand", "written-off"]).toContain(undo);
          expect(asked).toContain(`undo-${name}`);
        }
        if (undo === "undone") expect(isUndone).toBe(true);
        if (undo === "nothing-to-undo") expect(happened).toBe(false);
      }
      const undos = outcome.steps.map(({ undo }) => undo);
      if (outcome.status === "compensated")
        expect(world.left().every((key) => report(key.slice(12))?.undo === "by-hand")).toBe(true);
      expect(outcome.status === "needs-person").toBe(undos.includes("failed"));
      expect(outcome.status === "completed").toBe(outcome.error === null);
      await cleanUp();
    }),
    { numRuns: Number(process.env.LONGHAUL_PROPERTY_RUNS ?? 40) },
  );
  expect(crashed).toBeGreaterThan(0);
}, 120_000);
