import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import { root } from "../../scripts/build/functions.ts";

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

// The six samples: five decided by the policy, both ways, and one by the reviewer. One of the proofs of .ci/run.
const { stdout, stderr } = await promisify(execFile)(process.execPath, ["scripts/demo.ts", "--json"], { cwd: root });
assert.equal(stderr, "");
const { requests, model, millis } = Demo.parse(JSON.parse(stdout));
const by = (who: string) => requests.filter(({ decidedBy }) => decidedBy === who);
assert.equal(by("policy").length, 5);
assert.deepEqual([...new Set(by("policy").map(({ decision }) => decision))].sort(), ["approved", "rejected"]);
for (const { id, decision, score } of by("policy")) assert.ok(decision === "approved" ? score > 76 : score < 50, id);
const [reviewed] = by("reviewer");
assert.ok(reviewed && reviewed.score >= 50 && reviewed.score <= 76, `${reviewed?.id}: ${reviewed?.score}`);
console.log(`${requests.length} requests by ${model} in ${millis} ms`);
