import { afterEach, beforeEach, expect, test } from "vitest";
import { temporaryFolder } from "../support/cloud.ts";
import { greyRequest, startLonghaul } from "../support/longhaul.ts";

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

const samePort = ({ endpoint }: { endpoint: string }) => ["--port", new URL(endpoint).port];

test("killed while a review sleeps, it goes on at the next start: the review is decided and its result lands", async () => {
  const first = await startLonghaul(folder, "--no-samples");
  await first.upload("grey.pdf", await greyRequest("asleep"));
  const { id } = await first.waiting("grey.pdf");
  expect(await first.end("SIGKILL")).toBeNull();

  const second = await startLonghaul(folder, "--no-samples", ...samePort(first));
  expect((await second.waiting("grey.pdf")).id).toBe(id);
  await second.decide(id, "approved", "After the power cut.");
  expect(await second.result("grey.pdf")).toMatchObject({ decision: "approved", why: "After the power cut." });
  expect(await second.end()).toBe(0);
}, 120_000);

test("killed right after uploads were acknowledged, it loses none of them", async () => {
  const first = await startLonghaul(folder, "--no-samples");
  const files = Array.from({ length: 8 }, (_, index) => `${index}.txt`);
  await Promise.all(files.map((file) => first.upload(file, `Role: driver\nTraining: Wine tasting\nReasons: ${file}`)));
  await first.end("SIGKILL");

  const second = await startLonghaul(folder, "--no-samples", ...samePort(first));
  const results = await Promise.all(files.map((file) => second.result(file)));
  expect(results.map(({ decision }) => decision)).toEqual(files.map(() => "rejected"));
  expect(await second.end()).toBe(0);
}, 120_000);
