import { afterEach, expect, test } from "vitest";
import { answering, createWorld, POLICIES, runToEnd, type World, worldStep } from "../../test/support/saga.ts";
import { cleanUp } from "../local/engine/testing.ts";
import { concludeSaga, outcomeOf, type Saga, type SagaOptions, saga } from "./index.ts";

afterEach(cleanUp);

/** Runs a saga on a world and answers its outcome, the world, and the durable steps in the order of their start. */
async function play(body: (s: Saga, world: World) => Promise<unknown>, options: Partial<SagaOptions> = {}) {
  const world = createWorld();
  const { result, names } = await runToEnd(async (_input, ctx) =>
    saga(ctx, "test", (s) => body(s, world), { officer: { ask: answering() }, policies: POLICIES, ...options }),
  );
  const step = (name: string) => result.steps.find((one: { name: string }) => one.name === name);
  return { outcome: result, world, names, step };
}
const key = (step: string) => `case-1.test.${step}`;
const refused = { run: ["refused" as const] };

test("what failed but had happened is undone: the undo is registered before the action runs", async () => {
  const { outcome, world, step } = await play((s, w) => s.step("charge", worldStep(w, { run: ["lost after"] })));
  expect(world.done.has(key("charge"))).toBe(true);
  expect(world.left()).toEqual([]);
  expect(step("charge")).toMatchObject({ forward: "unknown", undo: "undone", attempts: 3 });
  expect(outcome.status).toBe("compensated");
});

test("what is unknown and had not happened is undone harmlessly, and the outcome says that there was nothing", async () => {
  const { step, world } = await play((s, w) => s.step("charge", worldStep(w, { run: ["lost before"] })));
  expect(step("charge")).toMatchObject({ forward: "unknown", undo: "nothing-to-undo" });
  expect(world.undone.size).toBe(0);
});

test("a refusal is no unknown outcome, unless an answer was lost before it", async () => {
  const { step } = await play(async (s, w) => {
    await s.step("hold", worldStep(w));
    await s.step("charge", worldStep(w, refused));
  });
  expect(step("charge")).toMatchObject({ forward: "failed", undo: "not-run", error: { code: "REFUSED" } });
  const later = await play((s, w) => s.step("charge", worldStep(w, { run: ["lost after", "refused"] })));
  expect(later.step("charge")).toMatchObject({ forward: "unknown", undo: "undone" });
});

test("undos run in exact reverse order, each a named durable step with a key of its own that never changes", async () => {
  const { names, world } = await play(async (s, w) => {
    for (const name of ["one", "two", "three"]) await s.step(name, worldStep(w, { undo: ["lost after", "ok"] }));
    await s.step("four", worldStep(w, refused));
  });
  const undos = ["undo three", "undo two", "undo one"];
  expect(names.filter((name) => name.startsWith("undo")).filter((name, at, all) => all.indexOf(name) === at)).toEqual(
    undos,
  );
  expect([...world.undone]).toEqual(["three", "two", "one"].map((name) => [key(name), `${key(name)}.undo`]));
  expect(world.effects()).toBe(3);
});

test("a group that says so is undone in turn, the last branch first, however its branches ended", async () => {
  const { world } = await play(async (s, w) => {
    const branches = ["one", "two", "three"].map((name) => [name, (b: Saga) => b.step(name, worldStep(w))] as const);
    await s.parallel("group", Object.fromEntries(branches), { undo: "in-turn" });
    await s.step("four", worldStep(w, refused));
  });
  expect([...world.undone.keys()]).toEqual(["three", "two", "one"].map(key));
});

test("an undo that fails stops no other, and hides neither the original error nor any undo error", async () => {
  const { outcome, world, step } = await play(async (s, w) => {
    await s.step("one", worldStep(w));
    await s.step("two", worldStep(w, { undo: ["refused"] }));
    await s.step("three", worldStep(w, { undo: ["lost before"] }));
    await s.step("four", worldStep(w, refused));
  });
  expect(world.left()).toEqual([key("two"), key("three")]);
  expect(outcome).toMatchObject({ status: "needs-person", error: { step: "four", code: "REFUSED" } });
  expect(step("one").undo).toBe("undone");
  expect(step("two").undoErrors).toMatchObject([{ code: "REFUSED", attempts: 1, at: expect.any(String) }]);
  expect(step("three").undoErrors).toMatchObject([{ code: "Error", message: "ECONNRESET", attempts: 4 }]);
});

test("an undo is tried longer than an action", () => {
  const { forward, undo } = POLICIES;
  expect(undo.attempts).toBeGreaterThan(forward.attempts);
});

test("check settles an unknown outcome: what happened is not repeated and the saga goes on", async () => {
  const { outcome, world, step } = await play((s, w) =>
    s.step("charge", {
      ...worldStep(w, { run: ["lost after"] }),
      check: async (action) => ({ happened: true, result: w.done.get(action) ?? "" }),
    }),
  );
  expect(step("charge").forward).toBe("done");
  expect(outcome).toMatchObject({ status: "completed", result: "r0" });
  expect(world.left()).toEqual([key("charge")]);
});

test("check settles an unknown outcome: what did not happen is failed and is not undone", async () => {
  const { step, world } = await play((s, w) =>
    s.step("charge", { ...worldStep(w, { run: ["lost before"] }), check: async () => ({ happened: false }) }),
  );
  expect(step("charge")).toMatchObject({ forward: "failed", undo: "not-run", error: { message: "ECONNRESET" } });
  expect(world.undoCalls).toEqual([]);
});

test("where check itself cannot tell, the outcome stays unknown and the undo runs", async () => {
  const { step } = await play((s, w) =>
    s.step("charge", {
      ...worldStep(w, { run: ["lost after"] }),
      check: async () => {
        throw new Error("out of order");
      },
    }),
  );
  expect(step("charge")).toMatchObject({ forward: "unknown", undo: "undone" });
});

test("a saga error that the body swallows is not lost: nothing further begins, and all is undone", async () => {
  const { outcome, world } = await play(async (s, w) => {
    await s.step("one", worldStep(w));
    await s.step("two", worldStep(w, refused)).catch(() => "never mind");
    await s.step("three", worldStep(w)).catch(() => "never mind");
    return "fine";
  });
  expect(world.began).toEqual([key("one"), key("two")]);
  expect(world.left()).toEqual([]);
  expect(outcome).toMatchObject({ status: "compensated", error: { step: "two" } });
});

test("a step that nobody awaits is waited for, and undone with the rest", async () => {
  const { outcome, world } = await play(async (s, w) => {
    void s.step("one", worldStep(w));
    throw new Error("The body's own.");
  });
  expect(world.began).toEqual([key("one")]);
  expect(world.left()).toEqual([]);
  expect(outcome.error).toMatchObject({ step: null, message: "The body's own." });
});

test("steps of one sequence do not run beside each other: that takes s.parallel", async () => {
  const { outcome, world } = await play((s, w) =>
    Promise.all(["one", "two"].map((name) => s.step(name, worldStep(w)))),
  );
  expect(outcome.error).toMatchObject({ code: "SAGA_MISUSE", message: expect.stringContaining("s.parallel") });
  expect(world.left()).toEqual([]);
});

test("a name that is there twice, whose keys would be one, is refused", async () => {
  const { outcome, world } = await play(async (s, w) => {
    await s.step("one", worldStep(w));
    await s.step("one", worldStep(w));
  });
  expect(outcome.error).toMatchObject({
    code: "SAGA_MISUSE",
    message: expect.stringContaining("Two steps are named one"),
  });
  expect([world.effects(), world.left()]).toEqual([1, []]);
});

test("a step that says nothing of its undo is refused before it runs, also where no type has seen it", async () => {
  const { outcome, world } = await play(async (s, w) => {
    const { undo: _, ...silent } = worldStep(w);
    await s.step("one", silent as ReturnType<typeof worldStep>);
  });
  expect(outcome.error).toMatchObject({ code: "SAGA_MISUSE", message: expect.stringContaining("noUndo") });
  expect(world.effects()).toBe(0);
});

test("a branch that goes on while its sibling fails is not forgotten: groups are undone group by group", async () => {
  const { names, world, outcome } = await play(async (s, w) => {
    await s.step("first", worldStep(w));
    await s.parallel("both", {
      left: (b) => b.step("left-one", worldStep(w, { run: ["lost before", "refused"] })),
      right: async (b) => {
        await b.step("right-one", worldStep(w, { run: ["lost before", "lost before", "ok"] }));
        await b.parallel("inner", {
          a: (c) => c.step("inner-a", worldStep(w)),
          b: (c) => c.step("inner-b", worldStep(w)),
        });
        return b.step("right-two", worldStep(w));
      },
    });
  });
  expect(world.left()).toEqual([]);
  expect(outcome).toMatchObject({ status: "compensated", error: { step: "left-one" } });
  const undos = names.filter((name) => name.startsWith("undo"));
  const at = (name: string) => undos.indexOf(`undo ${name}`);
  expect(at("first")).toBe(undos.length - 1);
  expect(at("right-two")).toBeLessThan(Math.min(at("inner-a"), at("inner-b")));
  expect(at("right-one")).toBeGreaterThan(Math.max(at("inner-a"), at("inner-b")));
});

test("results come out of a group by name, and a completed saga undoes nothing", async () => {
  const { outcome, world } = await play((s, w) =>
    s.parallel("both", { a: (b) => b.step("one", worldStep(w)), b: (b) => b.step("two", worldStep(w)) }),
  );
  expect(outcome).toMatchObject({ status: "completed", error: null, result: { a: "r0", b: "r1" } });
  expect(world.undoCalls).toEqual([]);
});

test("irreversible steps are named in the outcome, and steps with nothing to undo are not taken for forgotten", async () => {
  const { outcome, step } = await play(async (s, w) => {
    await s.step("read", { run: async () => "rate", noUndo: "It reads a rate." });
    await s.step("mail", { run: async (action) => w.act(action), irreversible: "A letter cannot be fetched back." });
    await s.step("charge", worldStep(w, refused));
  });
  expect(outcome.status).toBe("partially-compensated");
  expect([step("read").undo, step("mail").undo]).toEqual(["not-needed", "irreversible"]);
});

test("what could not be undone goes to a person: again, by hand, or written off by two", async () => {
  const asked: string[] = [];
  const choices: Record<string, "try-again" | "by-hand" | "write-off"> = {
    "undo-again": "try-again",
    "undo-hand": "by-hand",
    "undo-off": "write-off",
    "off-off": "write-off",
  };
  const { outcome, step, names } = await play(
    async (s, w) => {
      await s.step("again", {
        ...worldStep(w),
        undo: async (action, _, { actionKey }) => w.takeBack(action, actionKey, asked.length > 0 ? "ok" : "refused"),
      });
      await s.step("hand", worldStep(w, { undo: ["refused"] }));
      await s.step("off", worldStep(w, { undo: ["refused"] }));
      await s.step("last", worldStep(w, refused));
    },
    { officer: { ask: answering((name) => choices[name] ?? "none", asked) } },
  );
  expect(step("again")).toMatchObject({ undo: "undone", undoErrors: [{ code: "REFUSED" }] });
  expect(step("hand")).toMatchObject({ undo: "by-hand", reviews: [{ name: "undo-hand", choice: "by-hand" }] });
  expect(step("off")).toMatchObject({ undo: "written-off", reviews: [{ name: "undo-off" }, { name: "off-off" }] });
  expect(names).toContain("undo again (2)");
  expect(outcome.status).toBe("partially-compensated");
});

test("another round after a refusal is a new request; after a lost answer it is the same one, so that nothing is undone twice", async () => {
  const keys: Record<string, string[]> = { refused: [], lost: [] };
  await play(
    async (s, w) => {
      for (const name of ["refused", "lost"] as const)
        await s.step(name, {
          ...worldStep(w),
          undo: async (action, _, { actionKey }) => {
            const seen = keys[name]?.includes(action) ?? false;
            keys[name]?.push(action);
            const isFirstRound = new Set(keys[name]).size === 1 && (keys[name]?.length ?? 0) <= 4;
            if (name === "refused") return w.takeBack(action, actionKey, seen || isFirstRound ? "refused" : "ok");
            return w.takeBack(action, actionKey, isFirstRound ? "lost before" : "ok");
          },
        });
      await s.step("last", worldStep(w, refused));
    },
    { officer: { ask: answering(() => "try-again") } },
  );
  expect(new Set(keys.refused)).toEqual(new Set([`${key("refused")}.undo`, `${key("refused")}.undo-2`]));
  expect(new Set(keys.lost)).toEqual(new Set([`${key("lost")}.undo`]));
  expect(keys.lost?.length).toBe(5);
});

test("after the point of no return the saga only goes forward, with a person where it must", async () => {
  let broken = true;
  const { outcome, world, names } = await play(
    async (s, w) => {
      await s.step("one", worldStep(w));
      await s.step("ship", {
        run: async (action) => w.act(action),
        check: async () => ({ happened: false }),
        pointOfNoReturn: "The parcel has left.",
      });
      return s.step("invoice", {
        run: async (action) => w.act(action, broken ? "refused" : "ok"),
        undo: async () => "undone",
      });
    },
    {
      officer: {
        ask: answering((name) => {
          broken = false;
          return name === "step-invoice" ? "try-again" : "none";
        }),
      },
    },
  );
  expect(names).toContain("invoice (2)");
  expect(outcome.status).toBe("completed");
  expect(world.undoCalls).toEqual([]);
});

test("past the point of no return nothing is undone, however it ends, and the outcome asks for a person", async () => {
  const { outcome, world } = await play(async (s, w) => {
    await s.step("one", worldStep(w));
    await s.step("ship", {
      run: async (action) => w.act(action),
      check: async () => ({ happened: false }),
      pointOfNoReturn: "The parcel has left.",
    });
    await s.step("invoice", worldStep(w, refused));
  });
  expect(world.undoCalls).toEqual([]);
  expect(outcome).toMatchObject({ status: "needs-person", error: { step: "invoice" } });
});

test("steps of the plan that were never reached are told as not run", async () => {
  const { outcome } = await play((s, w) => s.step("one", worldStep(w, refused)), { plan: ["one", "two"] });
  expect(outcome.steps.map(({ name, forward }: { name: string; forward: string }) => [name, forward])).toEqual([
    ["one", "failed"],
    ["two", "not-run"],
  ]);
});

test("the execution's own status agrees with the outcome, with a type for each, and carries it whole", async () => {
  const run = (undo: "ok" | "refused") => {
    const world = createWorld();
    return runToEnd(async (_input, ctx) => {
      const outcome = await saga(
        ctx,
        "test",
        async (s) => {
          await s.step("one", worldStep(world, { undo: [undo] }));
          await s.step("two", worldStep(world, refused));
        },
        { officer: { ask: answering() }, policies: POLICIES },
      );
      concludeSaga(outcome);
      return outcome;
    });
  };
  const compensated = await run("ok");
  expect(compensated).toMatchObject({ status: "FAILED", error: { ErrorType: "SagaCompensated" } });
  expect(compensated.error?.ErrorMessage).toBe("The saga test ended compensated: it stopped at two with REFUSED.");
  expect(outcomeOf(compensated.error?.ErrorData)).toMatchObject({ status: "compensated", steps: [{}, {}] });
  expect((await run("refused")).error?.ErrorType).toBe("SagaNeedsPerson");
});

test("an action costs one operation, and so does an undo: registering, groups and reports cost none", async () => {
  const { names } = await play(async (s, w) => {
    await s.parallel("both", { a: (b) => b.step("one", worldStep(w)), b: (b) => b.step("two", worldStep(w)) });
    await s.step("three", worldStep(w, refused));
  });
  expect(names.toSorted()).toEqual(["one", "three", "two", "undo one", "undo two"]);
});
