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

test("killed while a review sleeps and uploads are on their way, it loses neither: all goes on at the next start", async () => {
  const first = await startLonghaul(folder, "--no-samples");
  await first.upload("grey.pdf", await greyRequest("asleep"));
  const { id } = await first.waiting("grey.pdf");
  const files = Array.from({ length: 8 }, (_, index) => `${index}.txt`);
  await Promise.all(files.map((file) => first.upload(file, `Role: driver\nTraining: Wine tasting\nReasons: ${file}`)));
  expect(await first.end("SIGKILL")).toBeNull();

  const second = await startLonghaul(folder, "--no-samples", ...samePort(first));
  expect((await second.waiting("grey.pdf")).id).toBe(id);
  await second.decide(id, "approved", "After the power cut.");
  expect(await second.result("grey.pdf")).toMatchObject({ decision: "approved", why: "After the power cut." });
  const results = await Promise.all(files.map((file) => second.result(file)));
  expect(results.map(({ decision }) => decision)).toEqual(files.map(() => "rejected"));
  expect(await second.end()).toBe(0);
});
