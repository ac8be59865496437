import fc from "fast-check";
import { expect, test } from "vitest";
import { WireError } from "../core/wire-error.ts";
import { applyUpdate } from "./apply.ts";
import type { Change, Execution } from "./execution.ts";
import type { ExecutionRecord } from "./model.ts";
import { type Modelled, model, update } from "./testing-model.ts";
import { CheckpointRequest, OperationUpdate } from "./updates.ts";
import { validateBatch } from "./validate.ts";

function newExecution(): { change: Change; events: number[] } {
  const events: number[] = [];
  const record = { id: "x", name: "x", status: "RUNNING", events: 0, operations: 1, bytes: 0, changes: 0 };
  const execution: Execution = {
    row: 1,
    record: record as unknown as ExecutionRecord,
    operations: new Map(),
    delta: new Set(),
    unsaved: new Set(),
    saved: "",
  };
  const journal = {
    event: (event: object) => void events.push((event as { EventId: number }).EventId),
    timer: () => undefined,
    callback: () => undefined,
    chainedInvoke: () => ({}),
    cancelChainedInvoke: () => undefined,
  };
  return { change: { execution, journal, now: 1 }, events };
}

test("a batch of updates is taken or refused as the table says, and leaves the states that it says", () => {
  let taken = 0;
  let refused = 0;
  const batches = fc.array(fc.array(update, { minLength: 1, maxLength: 4 }), { maxLength: 12 });
  fc.assert(
    fc.property(batches, fc.infiniteStream(fc.boolean()), (all, isDue) => {
      const { change, events } = newExecution();
      const { operations, record } = change.execution;
      let expected: ReadonlyMap<string, Modelled> = new Map();
      for (const batch of all) {
        if (record.status !== "RUNNING") break;
        const next = model(expected, batch);
        const attempt = () => validateBatch(batch, (id) => operations.get(id)?.operation);
        if (next) {
          attempt();
          for (const one of batch) applyUpdate(change, one);
          expected = next;
          taken += 1;
        } else {
          expect(attempt).toThrow(WireError);
          refused += 1;
        }
        expect(new Map([...operations].map(([id, { operation }]) => [id, operation.Status]))).toEqual(
          new Map([...expected].map(([id, { state }]) => [id, state])),
        );
        // A retry's delay passes now and then.
        expected = new Map(
          [...expected].map(([id, one]) => {
            const kept = operations.get(id);
            if (one.state !== "PENDING" || !kept || !isDue.next().value) return [id, one];
            operations.set(id, { ...kept, operation: { ...kept.operation, Status: "READY" } });
            return [id, { ...one, state: "READY" }];
          }),
        );
      }
      expect(events).toEqual(events.map((_, index) => index + 1));
    }),
    { numRuns: 2_000, seed: 42 },
  );
  expect(taken).toBeGreaterThan(1_000);
  expect(refused).toBeGreaterThan(1_000);
});

const accepts = (updates: object[]) => () =>
  validateBatch(
    updates.map((one) => OperationUpdate.parse(one)),
    (id) =>
      id === "named"
        ? { Id: id, Type: "STEP", Name: "n", SubType: "s", Status: "STARTED", StartTimestamp: 1 }
        : undefined,
  );
const step = (contents: object) => ({ Id: "a", Type: "STEP", ...contents });

test.each([
  ["FAIL takes no payload", step({ Action: "FAIL", Payload: "1" })],
  ["SUCCEED takes no error", step({ Action: "SUCCEED", Error: {} })],
  ["RETRY needs a delay", step({ Action: "RETRY" })],
  [
    "RETRY takes a payload or an error, not both",
    step({ Action: "RETRY", Payload: "1", Error: {}, StepOptions: { NextAttemptDelaySeconds: 1 } }),
  ],
  ["a wait needs its seconds", { Id: "a", Type: "WAIT", Action: "START" }],
  ["an invoke needs its function", { Id: "a", Type: "CHAINED_INVOKE", Action: "START" }],
  ["a parent must be there", step({ Action: "START", ParentId: "nobody" })],
  ["a name may not change", { Id: "named", Type: "STEP", SubType: "s", Name: "other", Action: "SUCCEED" }],
  ["a subtype may not change", { Id: "named", Type: "STEP", SubType: "t", Name: "n", Action: "SUCCEED" }],
  ["a type may not change", { Id: "named", Type: "CONTEXT", SubType: "s", Name: "n", Action: "SUCCEED" }],
])("%s", (_, refused) => {
  expect(accepts([refused])).toThrow(WireError);
  expect(accepts([step({ Action: "START" }), step({ Action: "SUCCEED", Payload: "1" })])).not.toThrow();
});

test("the two rules about EXECUTION have the service's words", () => {
  const end = { Id: "r", Type: "EXECUTION", Action: "SUCCEED" };
  expect(accepts([end, end])).toThrow("Cannot checkpoint multiple EXECUTION updates.");
  expect(accepts([end, step({ Action: "START" })])).toThrow("EXECUTION checkpoint must be the last update.");
  expect(accepts([step({ Action: "START", ParentId: "nobody" })])).toThrow("Invalid parent operation id.");
});

test.each([
  ["64 characters of an id", { Id: "i".repeat(64) }, { Id: "i".repeat(65) }],
  ["an id's alphabet", { Id: "a-b_C9" }, { Id: "a.b" }],
  ["256 characters of a name", { Name: "n".repeat(256) }, { Name: "n".repeat(257) }],
  ["a printable name", { Name: "a name" }, { Name: "a\nname" }],
  ["32 characters of a subtype", { SubType: "s".repeat(32) }, { SubType: "s".repeat(33) }],
  ["6 MiB of payload", { Payload: "p".repeat(6 * 1024 * 1024) }, { Payload: `é${"p".repeat(6 * 1024 * 1024 - 1)}` }],
  [
    "366 days of delay",
    { StepOptions: { NextAttemptDelaySeconds: 31_622_400 } },
    { StepOptions: { NextAttemptDelaySeconds: 31_622_401 } },
  ],
  ["a wait of a second", { WaitOptions: { WaitSeconds: 1 } }, { WaitOptions: { WaitSeconds: 0 } }],
  [
    "99,999,999 seconds of a callback, and 0 for none",
    { CallbackOptions: { TimeoutSeconds: 99_999_999, HeartbeatTimeoutSeconds: 0 } },
    { CallbackOptions: { TimeoutSeconds: 100_000_000 } },
  ],
  ["an error of strings", { Error: { ErrorType: "E", StackTrace: ["at"] } }, { Error: { ErrorType: 7 } }],
])("the limit is %s", (_, fits, over) => {
  expect(OperationUpdate.safeParse(step({ Action: "START", ...fits })).success).toBe(true);
  expect(OperationUpdate.safeParse(step({ Action: "START", ...over })).success).toBe(false);
});

test("the limit is 64 characters of a client token", () => {
  const request = { CheckpointToken: "token", Updates: [] };
  expect(CheckpointRequest.safeParse({ ...request, ClientToken: "c".repeat(64) }).success).toBe(true);
  expect(CheckpointRequest.safeParse({ ...request, ClientToken: "c".repeat(65) }).success).toBe(false);
});
