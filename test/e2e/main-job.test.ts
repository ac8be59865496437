import { afterAll, beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "../support/cloud.ts";
import { greyRequest, type Longhaul, sample, startLonghaul } from "../support/longhaul.ts";

let longhaul: Longhaul;
let remove: () => Promise<void>;
beforeAll(async () => {
  const temporary = await temporaryFolder();
  remove = temporary.remove;
  longhaul = await startLonghaul(temporary.folder, "--no-samples");
}, 120_000);
afterAll(async () => {
  expect(await longhaul.end()).toBe(0);
  expect(longhaul.errors).toEqual([]);
  await remove();
});

test("clear requests are decided by the policy, in every format, and their results are in the bucket", async () => {
  const files = ["hiring-specialist.md", "junior-developer.txt", "driver.json", "accountant.txt"];
  await Promise.all(files.map(async (file) => longhaul.upload(file, await sample(file))));
  const results = await Promise.all(files.map((file) => longhaul.result(file)));
  expect(results.map(({ decision, decidedBy }) => [decision, decidedBy])).toEqual([
    ["approved", "policy"],
    ["approved", "policy"],
    ["approved", "policy"],
    ["rejected", "policy"],
  ]);
  for (const [index, { execution, key }] of results.entries()) {
    const file = files[index] ?? "";
    expect(key).toMatch(new RegExp(`^training/results/${file}\\.[0-9a-f]{12}\\.json$`));
    expect((await longhaul.executionOf(file))?.DurableExecutionArn).toBe(execution);
  }
});

test("a grey request waits for a person, who decides it in the console; the result says who, when and why", async () => {
  await longhaul.upload("grey.pdf", await sample("marketing-specialist.pdf"));
  const { id, request } = await longhaul.waiting("grey.pdf");
  expect(request.score?.value).toBeGreaterThanOrEqual(50);
  expect(request.score?.value).toBeLessThanOrEqual(76);
  const page = await longhaul.decide(id, "rejected", "We keep the photographer.");
  expect(page.status).toBe(200);
  expect(await longhaul.result("grey.pdf")).toMatchObject({
    decision: "rejected",
    decidedBy: "reviewer",
    by: { name: "Hana Holm" },
    why: "We keep the photographer.",
  });
  const { status } = await longhaul.reviews().get(id);
  expect(status).toBe("decided");
});

test("the JSON API of the console decides for a signed-out visitor nothing", async () => {
  await longhaul.upload("guarded.pdf", await greyRequest("guarded"));
  const { id } = await longhaul.waiting("guarded.pdf");
  const answer = await fetch(`${longhaul.console}/api/reviews/${id}/decision`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ outcome: "approved", reason: "Me." }),
  });
  expect(answer.status).toBe(401);
  expect((await longhaul.reviews().get(id)).status).toBe("open");
});
