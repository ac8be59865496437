import { afterAll, beforeAll, expect, test } from "vitest";
import { startTables } from "../../../test/support/tables.ts";
import { desk, hana, ravi, roles } from "../testing.ts";

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());

test("who repeated an execution, and what was taken over of the first, stands in the chains of both", async () => {
  const { reviews, open, id, execution } = desk();
  await open();
  await reviews.decide(id, { outcome: "approved", reason: "It fits.", by: hana, roles });
  const as = `${execution}-a1`;
  const taken = ["load request", "review-request"];
  await reviews.repeated(execution, ravi, { as, taken });
  await reviews.repeated(execution, ravi, { as, taken });

  const [first, again] = [await reviews.history(execution), await reviews.history(as)];
  const told = first.filter(({ act }) => act === "repeated");
  expect(told).toEqual([expect.objectContaining({ by: ravi.name, details: { as, taken } })]);
  const { seq, hash } = told[0] ?? {};
  expect(again).toEqual([
    expect.objectContaining({ act: "repeats", by: ravi.name, details: { of: execution, seq, hash, taken } }),
  ]);
  expect(await reviews.verify(execution)).toMatchObject({ valid: true });
  expect(await reviews.verify(as)).toMatchObject({ valid: true, entries: 1 });
});

test("what was noted and never started may be repeated in another way, and both stand there", async () => {
  const { reviews, execution } = desk();
  const as = `${execution}-a1`;
  await reviews.repeated(execution, ravi, { as, taken: ["load request"] });
  await reviews.repeated(execution, ravi, { as });
  const told = (await reviews.history(as)).map(({ act, details }) => [act, details?.taken ?? details?.from]);
  expect(told).toEqual([
    ["repeats", ["load request"]],
    ["repeats", "the beginning"],
  ]);
});

test("one that asked nobody has a chain once it is repeated, which says that all of it runs again", async () => {
  const { reviews, execution } = desk();
  await reviews.repeated(execution, ravi, { as: `${execution}-a1` });
  expect(await reviews.history(execution)).toEqual([
    expect.objectContaining({ act: "repeated", details: { as: `${execution}-a1`, from: "the beginning" } }),
  ]);
});
