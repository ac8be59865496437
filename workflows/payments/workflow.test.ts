import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { outcomeOf, type SagaOutcome } from "#compensation";
import { cleanUp, quiet, testEngine } from "../../libs/local/engine/testing.ts";
import { contract, type Payment } from "./contract.ts";
import { reconcile } from "./reconcile.ts";
import { startSandbox } from "./sandbox/index.ts";
import { handler } from "./workflow.ts";

let folder: string;
let sandbox: Awaited<ReturnType<typeof startSandbox>>;
const outcomes: SagaOutcome[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "longhaul-payments-test-"));
  sandbox = await startSandbox({ folder });
  Object.assign(process.env, sandbox.settings, {
    LONGHAUL_MAIL_FROM: "longhaul@example.com",
    LONGHAUL_READER: "not asked in these tests",
    LONGHAUL_REVIEWS_TABLE: "nor is this",
  });
});
afterEach(cleanUp);
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true });
});

let number = 0;
interface Triggers {
  card?: string;
  sku?: string;
  payee?: string;
  zone?: string;
}

/** Pays one order on the real engine, with the workflow as it ships, beside the sandbox. */
async function pay({ card = "", sku = "", payee = "", zone = "" }: Triggers = {}) {
  const orderId = `order-${++number}`;
  const payment: Payment = {
    orderId,
    payer: { account: `customer-${number}`, cardToken: `card:${card}` },
    payee: { account: `shop:${payee}` },
    amount: { minor: 1_500, currency: "EUR" },
    lines: [{ sku: `lamp:${sku}`, description: "Desk lamp", quantity: 3, unitMinor: 500 }],
    shipTo: { zone: `north:${zone}` },
  };
  const engine = await testEngine({ payments: { handler } });
  const arn = await engine.start("payments", { input: payment, name: `payments-${orderId}` });
  for (let turn = 0; turn < 100; turn++) {
    await quiet(engine);
    const { Status, Result, Error: error } = await engine.describe(arn);
    if (Status === "RUNNING") {
      await engine.clock.advance(3_600_000);
      continue;
    }
    const { ErrorType, ErrorData } = (error ?? {}) as { ErrorType?: string; ErrorData?: string };
    const outcome = Result ? (JSON.parse(String(Result)).outcome as SagaOutcome) : outcomeOf(ErrorData);
    if (!outcome) throw new Error(`${Status}: ${JSON.stringify(error)}`);
    outcomes.push(outcome);
    const history = await engine.history(arn);
    const operations = new Set(history.map(({ Id }) => Id).filter(Boolean)).size;
    return {
      status: Status,
      type: ErrorType,
      outcome,
      operations,
    };
  }
  throw new Error("The payment did not end.");
}
const steps = ({ steps: all }: SagaOutcome) =>
  Object.fromEntries(all.map(({ name, forward, undo }) => [name, `${forward}/${undo}`]));

test.each<[string, Triggers, string, string]>([
  ["sold out", { sku: "reserve=declined" }, "reserve-stock", "RESERVE_DECLINED"],
  ["card declined", { card: "authorise=declined" }, "authorise", "AUTHORISE_DECLINED"],
  ["charge declined", { card: "capture=declined" }, "capture", "CAPTURE_DECLINED"],
  ["ledger refuses", { payee: "post=declined" }, "post", "POST_DECLINED"],
  ["carrier refuses", { zone: "ship=declined" }, "ship", "SHIP_DECLINED"],
])("%s: all before it is taken back, and the execution is no success", async (_, triggers, step, code) => {
  const { status, type, outcome, operations } = await pay(triggers);
  expect([status, type, outcome.error?.step, outcome.error?.code]).toEqual(["FAILED", "SagaCompensated", step, code]);
  for (const { name, forward, undo } of outcome.steps)
    if (forward === "done" && name !== "screen") expect(undo).toBe("undone");
  expect(operations).toBeLessThanOrEqual(contract.budget.operations);
});

test("a payment that goes well leaves a hold, a charge, a posting and a shipment, within its budget", async () => {
  const { status, outcome, operations } = await pay();
  expect([status, outcome.status]).toEqual(["SUCCEEDED", "completed"]);
  expect(operations).toBe(8);
});

test("a charge whose answer was lost is asked about and not given back; a hold whose answer was lost is let go", async () => {
  expect(steps((await pay({ card: "capture=lost-after" })).outcome).capture).toBe("done/not-run");
  const hold = await pay({ card: "authorise=lost-after" });
  expect(steps(hold.outcome)).toMatchObject({ "reserve-stock": "done/undone", authorise: "unknown/undone" });
});

test("a server that breaks and a network that repeats change nothing", async () => {
  for (const card of ["capture=500x2", "authorise=twice,capture=twice"])
    expect((await pay({ card })).outcome.status).toBe("completed");
});

test("a carrier that needs time is looked at again, and one that never comes ends in everything taken back", async () => {
  expect((await pay({ zone: "ship=pendingx2" })).outcome.status).toBe("completed");
  const never = await pay({ zone: "ship=pendingx99" });
  expect([never.outcome.error?.code, steps(never.outcome).capture]).toEqual(["NOT_COLLECTED", "done/undone"]);
});

test("after all of these the books and the outcomes agree, and every posting balances", () => {
  expect(outcomes.length).toBeGreaterThan(8);
  expect(reconcile(outcomes, sandbox.books())).toEqual([]);
  expect(sandbox.books().entries.reduce((sum, { minor }) => sum + minor, 0)).toBe(0);
});
