import { expect, test } from "vitest";
import { z } from "zod";
import { defineContract } from "./index.ts";

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

test("a valid contract is taken as it is", () => {
  expect(defineContract(valid)).toMatchObject({ name: "training", retentionDays: 14 });
});

test.each([
  [{ executionTimeoutSeconds: 31_622_401 }, /executionTimeoutSeconds/],
  [{ retentionDays: 91 }, /retentionDays/],
  [{ name: "Training Requests" }, /name/],
  [{ budget: { operations: 3_001, bytes: 1 } }, /budget\.operations/],
  [{ triggers: [] }, /triggers/],
  [{ retention: 3 }, /retention/],
  [{ executionTimeoutSeconds: 500 }, /reviews\.review-request\.deadlineSeconds.*got 600/],
])("%j is refused by the name of its field", (change, message) => {
  expect(() => defineContract({ ...valid, ...change })).toThrow(message);
});
