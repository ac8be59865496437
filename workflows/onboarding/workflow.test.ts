import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createBucket } from "#platform";
import { cleanUp, quiet, type TestEngine } from "../../libs/local/engine/testing.ts";
import { loadHistories } from "../../scripts/history/load.ts";
import { engineFor, live } from "../../scripts/history/record.ts";
import { startWorld, type World } from "../../scripts/history/world.ts";
import { contract } from "./contract.ts";
import { hireOf, paths } from "./histories/paths.ts";
import { people } from "./histories/people.ts";

interface Books {
  reminders: Record<string, { what: string; employee: string }>;
}

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
afterEach(cleanUp);

const read = async (key: string) => new TextDecoder().decode((await createBucket("longhaul-documents").get(key)).body);

/** Lives a path from the signed offer to its end, months in seconds, and reads what lies in the bucket then. */
async function liveOn(name: string, { path = paths[name], kill = false } = {}) {
  if (!path) throw new Error(`There is no path ${name}.`);
  let kills = 0;
  /** What a kill leaves of an engine, started again. */
  const restarted = async (engine: TestEngine) => {
    const [folder, now] = [await engine.kill(), engine.clock.now()];
    await engine.close();
    kills += 1;
    const next = await engineFor(contract, world, { folder, now });
    world.attach(next);
    await next.engine.resume();
    await quiet(next);
    return next;
  };
  const { engine, arn, events } = await live(contract, { name, path, world, ...(kill && { asleep: restarted }) });
  const { Status: status } = await engine.describe(arn);
  const result = JSON.parse(await read(`onboarding/results/onboarding-${name}.json`));
  return { status, events, kills, result, timeline: await read(`onboarding/results/onboarding-${name}.md`) };
}

test("killed in each of its sleeps and started again, a first day that moves twice and late equipment are lived through: no operation is lost or made twice", async () => {
  const { events, kills, result, timeline } = await liveOn("moved-twice-with-late-equipment", { kill: true });
  expect(kills).toBeGreaterThan(10);
  expect(result).toMatchObject({ outcome: "confirmed", signals: 2, startDate: "2027-03-08" });
  expect(timeline.match(/The contract is signed/g)).toHaveLength(1);
  expect(timeline).toContain("HR went on without what was late: equipment.");
  const { reminders } = (await (await fetch(`${world.sandboxes.onboarding}/books`)).json()) as Books;
  // Half-way the carrier was reminded, once for all that the stage ran again; nobody else was late.
  expect(Object.values(reminders)).toEqual([{ what: "delivered", employee: "R-2" }]);
  expect(timeline).toMatch(/15 Mar 2027, 08:0\d: Day 7/);
  expect(timeline).toContain("The first week's plan was drafted by eu.anthropic.claude-sonnet-4-6.");

  const recorded = (await loadHistories("onboarding")).find(({ path }) => path === "moved-twice-with-late-equipment");
  // Of what runs at once one or the other comes first.
  const begun = (all: { type: unknown; name: unknown }[]) =>
    all.flatMap(({ type, name }) => (/^(?!Exec).+Started$/.test(String(type)) ? `${type} ${name}` : [])).sort();
  expect(begun(events.map(({ EventType: type, Name: name }) => ({ type, name })))).toEqual(
    begun((recorded?.events ?? []).map(({ type, name }) => ({ type, name }))),
  );
});

test.each([
  ["withdrawn-after-the-contract", "withdrawn", ["account", "equipment", "access", "contract"], "Withdrawn: Another"],
  [
    "withdrawn-after-the-first-day",
    "withdrawn",
    ["activate", "account", "equipment", "access", "contract"],
    "Withdrawn: Not as expected.",
  ],
])("%s: nothing is left behind; it is taken back in the reverse order", async (name, outcome, order, why) => {
  const { status, result, timeline, events } = await liveOn(name);
  expect(status).toBe("SUCCEEDED");
  expect(result).toMatchObject({ outcome, undone: order });
  expect(timeline).toContain(why);
  const undos = events.filter(({ EventType, Name }) => EventType === "StepStarted" && /^undo /.test(String(Name)));
  expect(undos.map(({ Name }) => String(Name).replace("undo ", ""))).toEqual(order);
});

test.each([
  ["background-not-cleared", "The background check was not cleared.", "2027-01-11"],
  ["given-up-for-want-of-a-signature", "Without contract the onboarding does not go on.", "2027-02-19"],
])("%s: it ends there and then, whatever else is under way", async (name, why, day) => {
  const { result, timeline, events } = await liveOn(name);
  expect(result).toMatchObject({ outcome: "not-ready", undone: ["account", "equipment", "access", "contract"] });
  expect(timeline).toContain(why);
  const end = events.at(-1);
  expect(end?.EventType).toBe("ExecutionSucceeded");
  expect(new Date(Number(end?.EventTimestamp) * 1_000).toISOString()).toMatch(new RegExp(`^${day}`));
});

test.each([
  ["Europe/Berlin", "2027-03-26", ["03-26T07", "04-02T06", "04-25T06", "05-25T06", "06-24T06"], /25 Apr 2027, 08:0\d/],
  [
    "America/New_York",
    "2027-03-10",
    ["03-10T13", "03-17T12", "04-09T12", "05-09T12", "06-08T12"],
    /9 Apr 2027, 08:0\d/,
  ],
])(
  "ninety days that go well in %s are confirmed, and each of its days begins at eight in the morning, before and after the clocks change",
  async (zone, startDate, hours, day30) => {
    const onboarding = hireOf(`Z-${zone.length}`, { zone, startDate });
    // No model answers here: the plan comes from the template, and the timeline says so.
    world.script.next = { error: "AccessDeniedException", status: 403 };
    const path = { input: () => onboarding, meanwhile: people(onboarding) };
    const { events, result, timeline } = await liveOn(onboarding.employee, { path });
    expect(result).toMatchObject({ outcome: "confirmed", signals: 0, undone: [] });
    expect(timeline).toContain("The contract is signed.");
    expect(timeline).toMatch(new RegExp(`${day30.source}: Day 30`));
    const at = (name: string) => {
      const event = events.find(({ Name }) => Name === name);
      return new Date(Number(event?.EventTimestamp) * 1_000).toISOString().slice(5, 13);
    };
    expect(["welcome", ...[7, 30, 60, 90].map((day) => `check-in-${day}-hire`)].map(at)).toEqual(hours);
  },
);
