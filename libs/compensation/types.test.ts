import { expect, test } from "vitest";
import type { Saga, SagaStep } from "./index.ts";

const run = async () => "r";

test("the type asks each step how it is undone, or why it is not: exactly one of the four", () => {
  const accepts = (_: SagaStep<string>) => undefined;
  accepts({ run, undo: async () => "undone" });
  accepts({ run, noUndo: "It only reads." });
  accepts({ run, irreversible: "A letter is in the post." });
  accepts({ run, pointOfNoReturn: "It has left.", check: async () => ({ happened: false }) });
  // @ts-expect-error nothing is said of its undo
  accepts({ run });
  // @ts-expect-error two things are said of its undo
  accepts({ run, undo: async () => "undone", noUndo: "It only reads." });
  // @ts-expect-error a point of no return must be possible to ask about
  accepts({ run, pointOfNoReturn: "It has left." });
  // @ts-expect-error an undo says what it found
  accepts({ run, undo: async () => undefined });
  // @ts-expect-error "declared" means with a reason
  accepts({ run, noUndo: true });
});

test("a step's result is what JSON can hold, and arrives with its type", () => {
  const use = async (s: Saga) => {
    // @ts-expect-error a Map does not survive a checkpoint
    await s.step("one", { run: async () => new Map(), noUndo: "It only reads." });
    const both = await s.parallel("both", {
      a: (b) => b.step("two", { run: async () => 2, noUndo: "It only reads." }),
    });
    // @ts-expect-error the group's result has the branch's type, a number
    const wrong: string = both.a;
    return wrong;
  };
  expect(use).toBeTypeOf("function");
});

test("an undo is given the result only where it is known", () => {
  const step: SagaStep<{ id: string }> = {
    run: async () => ({ id: "1" }),
    // @ts-expect-error the result may be undefined: the outcome is unknown
    undo: async (_key, result) => (result.id ? "undone" : "nothing-to-undo"),
  };
  void step;
});
