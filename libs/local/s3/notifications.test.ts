import { afterEach, beforeEach, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/support/cloud.ts";
import { createClock } from "../core/clock.ts";
import { openStore, type Store } from "../core/store.ts";
import { createS3 } from "./index.ts";

let folder: string;
let remove: () => Promise<void>;
let store: Store;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  store = openStore(folder);
});
afterEach(async () => {
  await store.close();
  await remove();
});

const queueArn = "arn:aws:sqs:eu-west-1:000000000000:q";
const configuration = `<NotificationConfiguration><QueueConfiguration><Queue>${queueArn}</Queue><Event>s3:ObjectCreated:*</Event></QueueConfiguration></NotificationConfiguration>`;

/** S3 on the store, as a process that starts would make it. */
function start(notify: (queueArn: string, body: string) => Promise<void>) {
  const { service, resume } = createS3({
    store,
    clock: createClock(),
    region: "eu-west-1",
    account: "000000000000",
    notify,
    queueExists: () => true,
  });
  const put = (target: string, body: string) => {
    const [path = "", query] = target.split("?");
    return service.handle({
      method: "PUT",
      path,
      query: new URLSearchParams(query),
      headers: {},
      body: Buffer.from(body),
    });
  };
  return { put, resume };
}

test("a notification that could not be sent before the process ended is sent at the next start", async () => {
  const first = start(async () => {
    throw new Error("the process ends here");
  });
  await first.put("/bucket", "");
  await first.put("/bucket?notification", configuration).catch(() => undefined);
  await first.put("/bucket/a.md", "text").catch(() => undefined);

  const sent: string[] = [];
  const second = start(async (_, body) => void sent.push(body));
  await second.resume();
  const [testEvent, put] = sent.map((body) => JSON.parse(body));
  expect(testEvent).toMatchObject({ Event: "s3:TestEvent", Bucket: "bucket" });
  expect(put.Records[0].s3.object.key).toBe("a.md");
  await second.resume();
  expect(sent).toHaveLength(2);
});

test("sequencers grow with each write of a key, also over a restart", async () => {
  const sent: string[] = [];
  const notify = async (_: string, body: string) => void sent.push(body);
  const first = start(notify);
  await first.put("/bucket", "");
  await first.put("/bucket?notification", configuration);
  await first.put("/bucket/a.md", "one");
  await start(notify).put("/bucket/a.md", "two");
  const sequencers = sent.slice(1).map((body) => JSON.parse(body).Records[0].s3.object.sequencer as string);
  expect(sequencers).toHaveLength(2);
  expect(new Set(sequencers).size).toBe(2);
  expect(sequencers).toEqual(sequencers.toSorted());
});
