import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type Contract, queueTrigger } from "#workflow";
import { loadContracts, root } from "../../scripts/build/functions.ts";
import { asyncApi, eventSchemas } from "./index.ts";

let contracts: Contract[];
beforeAll(async () => {
  contracts = await loadContracts();
});
const sample = async (file: string) => JSON.parse(await readFile(join(root, "workflows", file), "utf8"));

test("each event has a schema that takes the samples and refuses what is not one", async () => {
  const schemas = eventSchemas(contracts);
  for (const contract of contracts) {
    const types = [queueTrigger(contract), ...Object.values(contract.signals ?? {})].flatMap(
      (one) => one?.eventType ?? [],
    );
    if (queueTrigger(contract)) expect(Object.keys(schemas)).toEqual(expect.arrayContaining(types));
  }
  const payment = z.fromJSONSchema(schemas["longhaul.payment.requested"] as never);
  const event = await sample("payments/samples/ordinary.json");
  expect(payment.safeParse(event).success).toBe(true);
  expect(payment.safeParse({ ...event, specversion: "0.3" }).success).toBe(false);
  expect(payment.safeParse({ ...event, data: { ...event.data, orderId: "" } }).success).toBe(false);
  const onboarding = z.fromJSONSchema(schemas["longhaul.onboarding.requested"] as never);
  expect(onboarding.safeParse(await sample("onboarding/samples/smooth.json")).success).toBe(true);
});

test("the AsyncAPI document has a channel for each queue, and every reference in it leads somewhere", () => {
  const document = asyncApi(contracts, "1.2.3");
  const { channels } = document as { channels: Record<string, { address: string }> };
  const taking = contracts.filter((contract) => queueTrigger(contract));
  expect(Object.entries(channels).map(([name, { address }]) => [name, address])).toEqual(
    taking.map(({ name }) => [name, `longhaul-${name}`]),
  );
  const text = JSON.stringify(document);
  const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? "");
  expect(references.length).toBeGreaterThan(4);
  for (const path of references) {
    const found = path
      .split("/")
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
    expect(found, path).toBeDefined();
  }
});
