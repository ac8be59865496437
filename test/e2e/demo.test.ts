import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { z } from "zod";
import { root } from "../support/longhaul.ts";

const Demo = z.strictObject({
  requests: z
    .array(
      z.strictObject({
        id: z.string(),
        role: z.string(),
        training: z.string(),
        score: z.number().min(0).max(100),
        decision: z.enum(["approved", "rejected"]),
        decidedBy: z.enum(["policy", "reviewer"]),
        execution: z.string().regex(/^arn:aws:lambda:.+\/durable-execution\/training-[0-9a-f]{32}\/.+$/),
        result: z.string().regex(/^training\/results\/.+\.json$/),
      }),
    )
    .length(6),
  model: z.literal("longhaul-offline"),
  millis: z.int().positive(),
});

test("the demo runs the six samples: five by the policy, both ways, and one by the reviewer", async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["scripts/demo.ts", "--json"], { cwd: root });
  expect(stderr).toBe("");
  const { requests } = Demo.parse(JSON.parse(stdout));
  const policy = requests.filter(({ decidedBy }) => decidedBy === "policy");
  expect(policy).toHaveLength(5);
  expect(new Set(policy.map(({ decision }) => decision))).toEqual(new Set(["approved", "rejected"]));
  for (const { decision, score } of policy) expect(decision === "approved" ? score > 76 : score < 50).toBe(true);
  const [reviewed] = requests.filter(({ decidedBy }) => decidedBy === "reviewer");
  expect(reviewed?.score).toBeGreaterThanOrEqual(50);
  expect(reviewed?.score).toBeLessThanOrEqual(76);
});
