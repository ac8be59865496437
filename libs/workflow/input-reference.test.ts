import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createBucket } from "#platform";
import { cleanUp, ended, testEngine } from "../../libs/local/engine/testing.ts";
import { startServices } from "../../test/support/services.ts";
import { defineContract, defineWorkflow } from "./index.ts";

let services: Awaited<ReturnType<typeof startServices>>;
beforeAll(async () => {
  services = await startServices();
  process.env.LONGHAUL_BUCKET = "longhaul-documents";
});
afterAll(() => services.close());
afterEach(cleanUp);

const contract = defineContract({
  name: "orders",
  title: "Order",
  triggers: [{ kind: "queue", eventType: "shop.order.placed", businessKey: "id" }],
  input: z.strictObject({ id: z.string(), note: z.string() }),
  result: z.strictObject({ characters: z.int() }),
  executionTimeoutSeconds: 60,
  retentionDays: 1,
  function: { memoryMb: 128, timeoutSeconds: 10 },
  reviews: {},
  permissions: { read: ["orders/inputs/"], write: [], mail: false },
  budget: { operations: 10, bytes: 1_000 },
});
const handler = defineWorkflow(
  contract,
  () => undefined,
  async (_ctx, { note }) => ({ characters: note.length }),
);

async function run(text: string, sha256 = createHash("sha256").update(text).digest("hex")) {
  const key = `orders/inputs/${crypto.randomUUID()}.json`;
  await createBucket("longhaul-documents").putNew(key, text, "application/json");
  const engine = await testEngine({ orders: { handler } });
  return ended(engine, await engine.start("orders", { input: { inputReference: { key, sha256 } } }));
}

test("an input that travels by reference arrives whole, and is checked like any other", async () => {
  expect(await run(JSON.stringify({ id: "1", note: "ü".repeat(300_000) }))).toMatchObject({
    Status: "SUCCEEDED",
    Result: '{"characters":300000}',
  });
  expect(await run('{"id":1}')).toMatchObject({ Status: "FAILED", Error: { ErrorType: "InvalidInputError" } });
});

test("another content under the key than the reference says is refused", async () => {
  const other = createHash("sha256").update("what was sent").digest("hex");
  expect(await run('{"id":"1","note":""}', other)).toMatchObject({
    Status: "FAILED",
    Error: { ErrorType: "InvalidInputError" },
  });
});
