import { createHash, randomUUID } from "node:crypto";
import { S3 } from "@aws-sdk/client-s3";
import { SQS } from "@aws-sdk/client-sqs";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { startMoto } from "../../../test/support/moto.ts";
import { startServices } from "../../../test/support/services.ts";

const services = await startServices();
const moto = await startMoto();
afterAll(async () => {
  moto?.close();
  await services.close();
});

const targets = [
  { name: "the local S3", endpoint: services.endpoint },
  ...(moto ? [{ name: "moto", endpoint: moto.endpoint }] : []),
];
const options = { region: "eu-west-1", credentials: { accessKeyId: "test", secretAccessKey: "test" }, maxAttempts: 1 };
const textOf = (answer: { Body?: { transformToString(): Promise<string> } }) => answer.Body?.transformToString();

/** What an SDK makes of an error: its name and the HTTP status. */
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => "taken",
    (error: { name: string; $metadata?: { httpStatusCode?: number } }) =>
      `${error.name} ${error.$metadata?.httpStatusCode}`,
  );

describe.each(targets)("$name", ({ endpoint }) => {
  const s3 = new S3({ ...options, endpoint, forcePathStyle: true });
  const sqs = new SQS({ ...options, endpoint });
  let Bucket: string;
  beforeEach(async () => {
    Bucket = `test-${randomUUID()}`;
    await s3.createBucket({ Bucket, CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } });
  });

  test("an object comes back as it was put, with its type, metadata, size and digest", async () => {
    const Body = "Grüße, 世界";
    const ETag = `"${createHash("md5").update(Body).digest("hex")}"`;
    const put = { Bucket, Key: "a.md", Body, ContentType: "text/markdown", Metadata: { by: "ada" } };
    expect(await s3.putObject(put)).toMatchObject({ ETag });
    const got = await s3.getObject({ Bucket, Key: "a.md" });
    expect(await textOf(got)).toBe(Body);
    const expected = {
      ETag,
      ContentType: "text/markdown",
      Metadata: { by: "ada" },
      ContentLength: Buffer.byteLength(Body),
    };
    expect(got).toMatchObject(expected);
    expect(await s3.headObject({ Bucket, Key: "a.md" })).toMatchObject(expected);
  });

  test.each(["a b+c.md", "100%.md", "ü/世界 😀.md", "a//b", "../../etc/passwd", "a&b=c?d#e", "'\"<>"])(
    "the key %s is data like any other",
    async (Key) => {
      await s3.putObject({ Bucket, Key, Body: Key });
      expect(await textOf(await s3.getObject({ Bucket, Key }))).toBe(Key);
      const { Contents } = await s3.listObjectsV2({ Bucket });
      expect(Contents?.map((object) => object.Key)).toEqual([Key]);
      await s3.deleteObject({ Bucket, Key });
      expect(await refusal(s3.getObject({ Bucket, Key }))).toBe("NoSuchKey 404");
    },
  );

  test("If-None-Match: of twenty writers at once exactly one is taken, and what it wrote stays", async () => {
    const put = (index: number) => s3.putObject({ Bucket, Key: "once", Body: `writer ${index}`, IfNoneMatch: "*" });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => refusal(put(index))));
    expect(answers.filter((answer) => answer === "taken")).toHaveLength(1);
    expect(new Set(answers)).toEqual(new Set(["taken", "PreconditionFailed 412"]));
    expect(await textOf(await s3.getObject({ Bucket, Key: "once" }))).toBe(`writer ${answers.indexOf("taken")}`);
  });

  test("If-Match writes over the version that it names, and over no other", async () => {
    const { ETag } = await s3.putObject({ Bucket, Key: "a", Body: "one" });
    const put = (key: string, IfMatch?: string) => s3.putObject({ Bucket, Key: key, Body: "two", IfMatch });
    expect(await refusal(put("a", '"00000000000000000000000000000000"'))).toBe("PreconditionFailed 412");
    expect(await refusal(put("a", ETag))).toBe("taken");
    expect(await refusal(put("a", ETag))).toBe("PreconditionFailed 412");
    expect(await refusal(put("none", ETag))).toBe("NoSuchKey 404");
  });

  test("a read asks only for what has changed, or for the version that it names", async () => {
    const { ETag } = await s3.putObject({ Bucket, Key: "a", Body: "one" });
    expect(await refusal(s3.getObject({ Bucket, Key: "a", IfNoneMatch: ETag }))).toMatch(/ 304$/);
    expect(await refusal(s3.getObject({ Bucket, Key: "a", IfMatch: '"0"' }))).toMatch(/ 412$/);
    expect(await refusal(s3.getObject({ Bucket, Key: "a", IfMatch: ETag }))).toBe("taken");
  });

  test("a part of an object, by range", async () => {
    await s3.putObject({ Bucket, Key: "a", Body: "0123456789" });
    const part = async (Range: string) => {
      const answer = await s3.getObject({ Bucket, Key: "a", Range });
      return [await textOf(answer), answer.ContentRange];
    };
    expect(await part("bytes=2-4")).toEqual(["234", "bytes 2-4/10"]);
    expect(await part("bytes=7-")).toEqual(["789", "bytes 7-9/10"]);
    expect(await part("bytes=-2")).toEqual(["89", "bytes 8-9/10"]);
    expect(await refusal(s3.getObject({ Bucket, Key: "a", Range: "bytes=10-12" }))).toBe("InvalidRange 416");
  });

  test("what is not there is refused as S3 refuses it; deleting it is no error", async () => {
    expect(await refusal(s3.getObject({ Bucket, Key: "none" }))).toBe("NoSuchKey 404");
    expect(await refusal(s3.headObject({ Bucket, Key: "none" }))).toBe("NotFound 404");
    expect(await refusal(s3.getObject({ Bucket: "no-such-bucket", Key: "a" }))).toBe("NoSuchBucket 404");
    expect(await refusal(s3.headBucket({ Bucket: "no-such-bucket" }))).toBe("NotFound 404");
    expect(await refusal(s3.deleteObject({ Bucket, Key: "none" }))).toBe("taken");
  });

  test("listing goes by the keys' bytes, in pages, below a prefix, after a key", async () => {
    const keys = ["b/1", "a/1", "a/2", "Z", "a", "ä", "😀", "｡"];
    await Promise.all(keys.map((Key) => s3.putObject({ Bucket, Key, Body: "x" })));
    const sorted = ["Z", "a", "a/1", "a/2", "b/1", "ä", "｡", "😀"];
    const all: string[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await s3.listObjectsV2({ Bucket, MaxKeys: 3, ContinuationToken });
      expect(page.KeyCount).toBe(page.Contents?.length);
      all.push(...(page.Contents ?? []).map(({ Key = "" }) => Key));
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken);
    expect(all).toEqual(sorted);
    const below = await s3.listObjectsV2({ Bucket, Prefix: "a/" });
    expect(below.Contents?.map(({ Key }) => Key)).toEqual(["a/1", "a/2"]);
    const after = await s3.listObjectsV2({ Bucket, StartAfter: "a/2" });
    expect(after.Contents?.map(({ Key }) => Key)).toEqual(sorted.slice(4));
  });

  test("a delimiter rolls keys up into prefixes, page by page, in both versions of the call", async () => {
    const keys = ["a/1", "a/2", "b", "c/1", "c/2", "d"];
    await Promise.all(keys.map((Key) => s3.putObject({ Bucket, Key, Body: "x" })));
    const seen: (string | undefined)[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await s3.listObjectsV2({ Bucket, Delimiter: "/", MaxKeys: 2, ContinuationToken });
      seen.push(
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
        ...(page.Contents ?? []).map(({ Key }) => Key),
      );
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken);
    expect(seen.sort()).toEqual(["a/", "b", "c/", "d"]);
    const first = await s3.listObjects({ Bucket, Delimiter: "/" });
    expect(first.CommonPrefixes).toEqual([{ Prefix: "a/" }, { Prefix: "c/" }]);
    expect(first.Contents?.map(({ Key }) => Key)).toEqual(["b", "d"]);
  });

  test("several objects are deleted at once; a bucket that holds some is not", async () => {
    await Promise.all(["a", "b", "c"].map((Key) => s3.putObject({ Bucket, Key, Body: "x" })));
    expect(await refusal(s3.deleteBucket({ Bucket }))).toBe("BucketNotEmpty 409");
    const { Deleted } = await s3.deleteObjects({
      Bucket,
      Delete: { Objects: [{ Key: "a" }, { Key: "b" }, { Key: "c" }] },
    });
    expect(Deleted?.map(({ Key }) => Key).sort()).toEqual(["a", "b", "c"]);
    expect(await refusal(s3.deleteBucket({ Bucket }))).toBe("taken");
  });

  test("a copy has the bytes and the metadata of its source", async () => {
    await s3.putObject({ Bucket, Key: "from ü", Body: "text", Metadata: { by: "ada" } });
    await s3.copyObject({ Bucket, Key: "to", CopySource: `${Bucket}/${encodeURIComponent("from ü")}` });
    const got = await s3.getObject({ Bucket, Key: "to" });
    expect([await textOf(got), got.Metadata]).toEqual(["text", { by: "ada" }]);
    expect(await refusal(s3.copyObject({ Bucket, Key: "to", CopySource: `${Bucket}/none` }))).toBe("NoSuchKey 404");
  });

  test("an upload in parts is one object once it is completed", async () => {
    const parts = [Buffer.alloc(5 * 1024 * 1024, "a"), Buffer.from("the end")];
    const { UploadId } = await s3.createMultipartUpload({ Bucket, Key: "big" });
    const sent = [];
    for (const [index, Body] of parts.entries()) {
      const PartNumber = index + 1;
      const { ETag } = await s3.uploadPart({ Bucket, Key: "big", UploadId, PartNumber, Body });
      sent.push({ ETag, PartNumber });
    }
    expect(await refusal(s3.headObject({ Bucket, Key: "big" }))).toBe("NotFound 404");
    const { ETag } = await s3.completeMultipartUpload({
      Bucket,
      Key: "big",
      UploadId,
      MultipartUpload: { Parts: sent },
    });
    const digests = Buffer.concat(parts.map((part) => createHash("md5").update(part).digest()));
    expect(ETag).toBe(`"${createHash("md5").update(digests).digest("hex")}-2"`);
    expect((await s3.headObject({ Bucket, Key: "big" })).ContentLength).toBe(5 * 1024 * 1024 + 7);
  });

  test("a notification tells the queue of each object below the prefix: its key, size, digest and order", async () => {
    const { QueueUrl = "" } = await sqs.createQueue({ QueueName: `notified-${randomUUID()}` });
    const { Attributes } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ["QueueArn"] });
    const Filter = { Key: { FilterRules: [{ Name: "prefix" as const, Value: "in/" }] } };
    await s3.putBucketNotificationConfiguration({
      Bucket,
      NotificationConfiguration: {
        QueueConfigurations: [{ QueueArn: Attributes?.QueueArn, Events: ["s3:ObjectCreated:*"], Filter }],
      },
    });
    await s3.putObject({ Bucket, Key: "elsewhere/a", Body: "x" });
    const { ETag = "" } = await s3.putObject({ Bucket, Key: "in/a b+ü.md", Body: "text" });
    await s3.copyObject({ Bucket, Key: "in/copy", CopySource: `${Bucket}/elsewhere/a` });
    const bodies: { Event?: string; Records?: { eventName: string; s3: { object: Record<string, unknown> } }[] }[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
      if (Messages.length === 0) break;
      for (const { Body = "", ReceiptHandle } of Messages) {
        bodies.push(JSON.parse(Body));
        await sqs.deleteMessage({ QueueUrl, ReceiptHandle });
      }
    }
    expect(bodies[0]).toMatchObject({ Service: "Amazon S3", Event: "s3:TestEvent", Bucket });
    const records = bodies.flatMap(({ Records = [] }) => Records);
    // Keys come URL-encoded, a space as a plus.
    const decoded = (key: unknown) => decodeURIComponent(String(key).replaceAll("+", " "));
    expect(records.map(({ eventName, s3: { object } }) => [eventName, decoded(object.key), object.size])).toEqual([
      ["ObjectCreated:Put", "in/a b+ü.md", 4],
      ["ObjectCreated:Copy", "in/copy", 1],
    ]);
    expect(records[0]?.s3.object.eTag).toBe(ETag.replaceAll('"', ""));
    const order = records.map(({ s3: { object } }) => String(object.sequencer));
    expect(order).toEqual(order.toSorted());
  });
});

describe("the local S3 alone", () => {
  const s3 = new S3({ ...options, endpoint: services.endpoint, forcePathStyle: true });
  const Bucket = "alone";
  beforeEach(() => refusal(s3.createBucket({ Bucket })));

  test("what it does not know it refuses as S3 does, and says what it was", async () => {
    const attempts = {
      tagging: () => s3.getObjectTagging({ Bucket, Key: "a" }),
      acl: () => s3.getBucketAcl({ Bucket }),
      versioning: () => s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: "Enabled" } }),
      versions: () => s3.listObjectVersions({ Bucket }),
    };
    for (const [name, attempt] of Object.entries(attempts)) {
      await expect(attempt()).rejects.toMatchObject({
        name: "NotImplemented",
        message: expect.stringContaining(name),
        $metadata: { httpStatusCode: 501 },
      });
    }
  });

  test("an upload that was aborted is gone", async () => {
    const { UploadId } = await s3.createMultipartUpload({ Bucket, Key: "none" });
    const { ETag } = await s3.uploadPart({ Bucket, Key: "none", UploadId, PartNumber: 1, Body: "x" });
    await s3.abortMultipartUpload({ Bucket, Key: "none", UploadId });
    const Parts = [{ ETag, PartNumber: 1 }];
    const complete = s3.completeMultipartUpload({ Bucket, Key: "none", UploadId, MultipartUpload: { Parts } });
    expect(await refusal(complete)).toBe("NoSuchUpload 404");
  });

  test("a body that is not what its digest says is refused and not kept", async () => {
    expect(
      await refusal(s3.putObject({ Bucket, Key: "a", Body: "text", ContentMD5: "AAAAAAAAAAAAAAAAAAAAAA==" })),
    ).toBe("BadDigest 400");
    expect(await refusal(s3.putObject({ Bucket, Key: "a", Body: "text", ChecksumCRC32: "AAAAAA==" }))).toBe(
      "BadDigest 400",
    );
    expect(await refusal(s3.headObject({ Bucket, Key: "a" }))).toBe("NotFound 404");
  });

  test("keys over 1,024 bytes, bodies over 64 MB and names that no bucket has are refused", async () => {
    expect(await refusal(s3.putObject({ Bucket, Key: "ü".repeat(513), Body: "x" }))).toBe("KeyTooLongError 400");
    expect(await refusal(s3.createBucket({ Bucket: "UPPER_case" }))).toBe("InvalidBucketName 400");
    const large = await fetch(`${services.endpoint}/${Bucket}/large`, {
      method: "PUT",
      body: Buffer.alloc(64 * 1024 * 1024 + 1),
    });
    expect([large.status, await large.text()]).toEqual([400, expect.stringContaining("EntityTooLarge")]);
  });

  test("notifications to a queue that is not there, or of other events, are refused when they are configured", async () => {
    const configure = (QueueArn: string, event: string) =>
      s3.putBucketNotificationConfiguration({
        Bucket,
        NotificationConfiguration: { QueueConfigurations: [{ QueueArn, Events: [event as "s3:ObjectCreated:*"] }] },
      });
    const { QueueUrl } = await services.sqs.createQueue({ QueueName: "events" });
    const { Attributes } = await services.sqs.getQueueAttributes({ QueueUrl, AttributeNames: ["QueueArn"] });
    const arn = Attributes?.QueueArn ?? "";
    expect(await refusal(configure(arn.replace("events", "none"), "s3:ObjectCreated:*"))).toBe("InvalidArgument 400");
    expect(await refusal(configure(arn, "s3:ObjectRemoved:*"))).toBe("NotImplemented 501");
    expect(await refusal(configure(arn, "s3:ObjectCreated:*"))).toBe("taken");
  });
});
