import { LocalDurableTestRunner } from "@aws/durable-execution-sdk-js-testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { defineContract, defineWorkflow, step } from "../index.ts";

const contract = defineContract({
  name: "three",
  title: "Three steps",
  triggers: [{ kind: "queue", eventType: "longhaul.three.requested", businessKey: "id" }],
  input: z.strictObject({ id: z.string() }),
  result: z.strictObject({ all: z.array(z.string()) }),
  executionTimeoutSeconds: 3_600,
  retentionDays: 1,
  function: { memoryMb: 512, timeoutSeconds: 60 },
  reviews: {},
  permissions: { read: ["three/inputs/"], write: [], mail: false },
  budget: { operations: 100, bytes: 1_000_000 },
});

beforeAll(() => LocalDurableTestRunner.setupTestEnvironment({ skipTime: true }));
afterAll(() => LocalDurableTestRunner.teardownTestEnvironment());

const did: string[] = [];
async function run(names: readonly string[], taken: readonly string[]) {
  did.length = 0;
  const handlerFunction = defineWorkflow(
    contract,
    () => undefined,
    async (ctx) => {
      const all: string[] = [];
      for (const name of names) {
        // A body that goes on over an error must not go on over this one.
        const work = async () => {
          did.push(name);
          return `${name}, done`;
        };
        try {
          all.push(await step(ctx, name, work));
        } catch {
          all.push("caught");
        }
        if (name === "one") await ctx.wait("a day", { days: 1 });
      }
      return { all };
    },
  );
  const recorded = taken.map((name) =>
    name === "a day" ? { kind: "wait", name } : { kind: "step", name, result: `${name}, recorded` },
  );
  const payload = { rerun: { of: "three-1", taken: recorded }, input: { id: "1" } };
  return new LocalDurableTestRunner({ handlerFunction }).run({ payload });
}

test("on AWS's runner, recorded results stand for their steps, the rest runs, and the history has the operations that it always has", async () => {
  const ended = await run(["one", "two", "three"], ["one", "a day", "two"]);
  expect(ended.getResult()).toEqual({ all: ["one, recorded", "two, recorded", "three, done"] });
  expect(did).toEqual(["three"]);
  expect(ended.getOperations().map((one) => one.getName())).toEqual(["one", "a day", "two", "three"]);
});

test("code that differs fails for good, also where the body catches errors, and does nothing", async () => {
  const ended = await run(["one", "another", "three"], ["one", "a day", "two"]);
  expect(ended.getError().errorMessage).toMatch(/expected step "two" as its operation 3.*got step "another"/);
  expect(did).toEqual([]);
});
