import { expect, test } from "vitest";
import { z } from "zod";
import { bucketTrigger, defineContract, queueTrigger } from "./index.ts";

const valid = {
  name: "training",
  title: "Training request",
  triggers: [{ kind: "bucket" as const, prefix: "training/requests/", maxBytes: 100 }],
  input: z.string(),
  result: z.string(),
  executionTimeoutSeconds: 3_600,
  retentionDays: 14,
  function: { memoryMb: 512, timeoutSeconds: 60 },
  reviews: { "review-request": { role: "hr-reviewer", deadlineSeconds: 600, onExpiry: "No approval." } },
  permissions: { read: [], write: [], mail: false },
  budget: { operations: 10, bytes: 1_000 },
};

const mondays = { zone: "UTC", hours: { mon: [["09:00", "17:00"]] }, holidays: [] };
const review = (more: object) =>
  ({ "review-request": { ...valid.reviews["review-request"], ...more } }) as typeof valid.reviews;

const queue = { kind: "queue" as const, eventType: "longhaul.training.requested", businessKey: "request.id" };

test("a queue starts a workflow that may read its large inputs", () => {
  const permissions = { ...valid.permissions, read: ["training/inputs/"] };
  const contract = defineContract({ ...valid, triggers: [queue], permissions });
  expect(queueTrigger(contract)).toEqual(queue);
  expect(bucketTrigger(contract)).toBeUndefined();
});

test("events and a bucket's objects start the same workflow", () => {
  const permissions = { ...valid.permissions, read: ["training/inputs/"] };
  const contract = defineContract({ ...valid, triggers: [...valid.triggers, queue], permissions });
  expect([queueTrigger(contract)?.kind, bucketTrigger(contract)?.kind]).toEqual(["queue", "bucket"]);
});

test("a valid contract is taken as it is", () => {
  expect(defineContract(valid)).toMatchObject({ name: "training", retentionDays: 14 });
});

test.each([
  [{ executionTimeoutSeconds: 31_622_401 }, /executionTimeoutSeconds/],
  [{ retentionDays: 91 }, /retentionDays/],
  [{ name: "Training Requests" }, /name/],
  [{ budget: { operations: 3_001, bytes: 1 } }, /budget\.operations/],
  [{ triggers: [] }, /triggers/],
  [{ triggers: [...valid.triggers, ...valid.triggers] }, /at most one trigger of a kind/],
  [{ triggers: [{ ...queue, eventType: "Payment Requested" }] }, /triggers\[0\]\.eventType/],
  [{ triggers: [{ ...queue, businessKey: "order..id" }] }, /triggers\[0\]\.businessKey/],
  [{ triggers: [queue] }, /permissions\.read to hold "training\/inputs\/".*got \[\]/],
  [{ retention: 3 }, /retention/],
  [{ reviews: review({ quorum: 3 }) }, /quorum/],
  [{ reviews: review({ reminders: [600] }) }, /reminders and escalation before deadlineSeconds/],
  [{ reviews: review({ escalation: { afterSeconds: 700, role: "officer" } }) }, /before deadlineSeconds/],
  [{ reviews: review({ calendar: { zone: "Mars", hours: { mon: [["09:00", "17:00"]] }, holidays: [] } }) }, /IANA/],
  [{ reviews: review({ calendar: { zone: "UTC", hours: { mon: [["9", "17:00"]] }, holidays: [] } }) }, /HH:MM/],
  [{ reviews: review({ calendar: mondays }) }, /executionTimeoutSeconds.*got 1209600/],
  [{ reviews: review({ pauseSeconds: 3_500 }) }, /executionTimeoutSeconds.*got 4100/],
  [{ executionTimeoutSeconds: 500 }, /reviews\.review-request\.deadlineSeconds.*got 600/],
])("%j is refused by the name of its field", (change, message) => {
  expect(() => defineContract({ ...valid, ...change })).toThrow(message);
});
