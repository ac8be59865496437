import { afterAll, beforeAll, expect, test } from "vitest";
import { PRICES } from "#platform";
import { contract } from "../../workflows/training/contract.ts";
import { paths } from "../../workflows/training/histories/paths.ts";
import { loadHistories } from "../history/load.ts";
import { startWorld, type World } from "../history/world.ts";
import { createMeter, indexesOf } from "./meter.ts";
import { priceOf } from "./price.ts";
import { type Used, use } from "./run.ts";

const meter = createMeter();
let world: World;
let used: Used;
beforeAll(async () => {
  world = await startWorld(meter.before);
  meter.knowIndexes(await indexesOf(world.dynamodb));
  const name = "approved-by-a-person";
  const path = paths[name];
  if (path) used = await use(contract, { name, path, world, meter });
});
afterAll(() => world.close());

test("a path uses what its recorded history says, and lives as long", async () => {
  const recorded = (await loadHistories("training")).find(({ path }) => path === "approved-by-a-person");
  expect(used.operations).toBe(recorded?.operations);
  // Results hold times, and words that may change without a change of the operations.
  expect(used.bytesWritten / (recorded?.bytes ?? 0)).toBeCloseTo(1, 1);
  // Once until it sleeps, once with the decision.
  expect(used.invocations).toBe(2);
  expect(used.retentionDays).toBe(contract.retentionDays);
});

test("requests count where they are made: by the workflow, or by who answers it", () => {
  expect(used.requests).toMatchObject({ modelCalls: 1, sesMails: 1, events: 0 });
  expect(used.requests.s3Writes).toBeGreaterThan(0);
  expect(used.requests.dynamoDbWriteUnits).toBeGreaterThan(0);
  expect(used.outside).toMatchObject({ acts: 1, requests: { modelCalls: 0 } });
  expect(used.outside.requests.dynamoDbWriteUnits).toBeGreaterThan(0);
  expect(used.tokens.input).toBeGreaterThan(used.tokens.output);
});

test("the price is the sum of its parts, there and on Step Functions", () => {
  const cost = priceOf(used, "bucket");
  const { durable, lambda, model, services, people } = cost.parts;
  expect(cost.usdPerThousand).toBeCloseTo(durable + lambda + model + services + people, 9);
  const { transitions, transitionsUsd, lambda: tasks, rest } = cost.stepFunctions;
  expect(cost.stepFunctionsUsdPerThousand).toBeCloseTo(transitionsUsd + tasks + rest, 9);
  expect(transitionsUsd).toBeCloseTo(transitions * PRICES.usd.stepFunctionsTransition * 1_000, 9);
  expect(rest).toBeCloseTo(model + services + people, 9);
});

test("each operation more costs eight millionths of a dollar", () => {
  const more = priceOf({ ...used, operations: used.operations + 1 }, "bucket");
  expect(more.parts.durable - priceOf(used, "bucket").parts.durable).toBeCloseTo(0.008, 9);
});
