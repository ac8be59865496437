import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { dirname, join } from "node:path";
import { zipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startLambda, type TestLambda, temporaryFolder } from "../support/cloud.ts";

let cloud: TestLambda;
let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
let folder: string;
beforeAll(async () => {
  temporary = await temporaryFolder();
  folder = join(temporary.folder, "data");
  cloud = await startLambda(folder);
  writeFileSync(join(temporary.folder, "secret.mjs"), "export const handler = async () => 'secret';");
});
afterAll(async () => {
  await cloud.close();
  await temporary.remove();
});

const made = { Handler: "index.handler", Runtime: "nodejs24.x" as const, Role: "arn:aws:iam::000000000000:role/test" };
const code = new TextEncoder().encode("export const handler = async () => 'own';");

test.each(["../../outside.mjs", "a/../../../outside.mjs", "/outside.mjs", "..\\..\\outside.mjs"])(
  "a zip with a path outside itself (%s) is refused, and writes nothing outside its folder",
  async (path) => {
    const ZipFile = zipSync({ "index.mjs": code, [path]: code });
    await expect(
      cloud.lambda.createFunction({ ...made, FunctionName: "slips", Code: { ZipFile } }),
    ).rejects.toMatchObject({
      name: "InvalidParameterValueException",
    });
    for (const parent of [folder, temporary.folder, dirname(temporary.folder), "/"])
      expect(existsSync(join(parent, "outside.mjs"))).toBe(false);
    const left = existsSync(join(folder, "code")) ? readdirSync(join(folder, "code"), { recursive: true }) : [];
    expect(left.filter((name) => String(name).includes("outside"))).toEqual([]);
  },
);

test.each(["../secret.handler", "a/../../../../secret.handler", "/etc/passwd.handler"])(
  "a handler outside the bundle (%s) is refused",
  async (Handler) => {
    const ZipFile = zipSync({ "index.mjs": code });
    const create = cloud.lambda.createFunction({ ...made, FunctionName: "outside", Handler, Code: { ZipFile } });
    await expect(create).rejects.toMatchObject({ name: "InvalidParameterValueException" });
  },
);

test.each(["..%2F..%2Fsecret", "%2e%2e%2f%2e%2e", "..", "a%00b", "%E0%A4%A"])(
  "a name with a path in it (%s) is no function, by any route",
  async (name) => {
    const asked = await Promise.all(
      [
        ["GET", `/2015-03-31/functions/${name}`],
        ["POST", `/2015-03-31/functions/${name}/invocations`],
        ["GET", `/2015-03-31/functions/${name}/aliases/live`],
        ["GET", `/2015-03-31/functions/x/aliases/${name}`],
        ["DELETE", `/_longhaul/functions/${name}`],
        ["GET", `/2025-12-01/functions/${name}/durable-executions?Qualifier=1`],
        ["GET", `/2025-12-01/durable-executions/${name}`],
        ["POST", `/2025-12-01/durable-execution-callbacks/${name}/heartbeat`],
      ].map(async ([method = "", path = ""]) => {
        // As it is: fetch would tidy the path up.
        const asking = request(`${cloud.endpoint}${path}`, { method, path });
        asking.end();
        const [response] = (await once(asking, "response")) as [IncomingMessage];
        response.resume();
        return response.statusCode;
      }),
    );
    for (const status of asked) expect([400, 404]).toContain(status);
  },
);

test("a zip that unpacks to more than Lambda takes is refused before it is unpacked", async () => {
  const ZipFile = Buffer.from(zipSync({ "index.mjs": code }));
  // What the central directory says of its one file's size.
  ZipFile.writeUInt32LE(251 * 1024 * 1024, ZipFile.indexOf("PK\x01\x02") + 24);
  const create = cloud.lambda.createFunction({ ...made, FunctionName: "bomb", Code: { ZipFile } });
  await expect(create).rejects.toMatchObject({ message: expect.stringContaining("Unzipped size") });
});

test("the data folder is its owner's alone, and nothing in it is readable through the cloud", async () => {
  expect(statSync(folder).mode & 0o077).toBe(0);
  const store = readFileSync(join(folder, "longhaul.db"));
  expect(store.length).toBeGreaterThan(0);
  for (const path of ["/longhaul.db", "/../longhaul.db", "/..%2flonghaul.db", "/code/../longhaul.db"]) {
    const response = await fetch(`${cloud.endpoint}${path}`);
    expect(response.status).toBeGreaterThanOrEqual(400);
  }
});
