import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Lambda } from "@aws-sdk/client-lambda";
import { afterEach, expect, test } from "vitest";
import { createFunction, eventually, temporaryFolder } from "../support/cloud.ts";
import { createVictim } from "./victim.ts";

const SOURCE = `
import { withDurableExecution } from "@aws/durable-execution-sdk-js";
export const handler = withDurableExecution(async ({ size }, ctx) => {
  const text = await ctx.step("grow", async () => "x".repeat(size));
  return ctx.step("measure", async () => text.length);
});
`;
const SIZE = 200_000;

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

/** A disk of 16 MB, or undefined, with a printed line, where none can be mounted. */
async function smallDisk(): Promise<string | undefined> {
  const temporary = await temporaryFolder();
  cleanups.push(temporary.remove);
  const disk = join(temporary.folder, "disk");
  mkdirSync(disk);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=16m", "tmpfs", disk], { stdio: "pipe" });
    cleanups.push(() => execFileSync("umount", [disk]));
    return disk;
  } catch {
    console.log("SKIPPED: the test of a full disk; a tmpfs cannot be mounted here (that needs root).");
    return undefined;
  }
}

test("a full disk gives errors and no corruption; with room again, all that was acknowledged goes on", async (context) => {
  const disk = await smallDisk();
  if (!disk) return context.skip();
  const data = join(disk, "data");
  const victim = await createVictim(data, 1, { quiet: true });
  await victim.start();
  cleanups.push(() => victim.kill().catch(() => undefined));
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const lambda = new Lambda({ endpoint: victim.endpoint, region: "eu-west-1", credentials, maxAttempts: 1 });
  cleanups.push(() => lambda.destroy());
  await createFunction(lambda, "grows", { source: SOURCE, durable: true });

  // What others have on the disk; taken away later, there is room again.
  const other = join(disk, "other");
  writeFileSync(other, Buffer.alloc(8 * 1024 * 1024));
  const acknowledged: string[] = [];
  const refused: Error[] = [];
  for (let index = 0; refused.length < 3; index += 1) {
    const start = lambda.invoke({
      FunctionName: "grows:live",
      InvocationType: "Event",
      DurableExecutionName: `grow-${index}`,
      Payload: JSON.stringify({ size: SIZE, index, padding: "p".repeat(SIZE) }),
    });
    await start.then(
      ({ DurableExecutionArn = "" }) => void acknowledged.push(DurableExecutionArn),
      (error: Error) => void refused.push(error),
    );
    expect(index).toBeLessThan(200);
  }
  for (const error of refused) expect(error).toMatchObject({ $metadata: { httpStatusCode: 500 } });
  expect(acknowledged.length).toBeGreaterThan(3);
  // It answers still: what is read needs no room.
  expect((await lambda.listFunctions({})).Functions).toHaveLength(1);

  rmSync(other);
  const results = async () => {
    const ended = await Promise.all(
      acknowledged.map((arn) => lambda.getDurableExecution({ DurableExecutionArn: arn, IncludeExecutionData: true })),
    );
    return ended.every(({ Status }) => Status !== "RUNNING") && ended.map(({ Result }) => Result);
  };
  expect(new Set(await eventually(results, 60_000))).toEqual(new Set([String(SIZE)]));
  await victim.kill();
  const file = new DatabaseSync(join(data, "longhaul.db"));
  expect(file.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
  file.close();
}, 120_000);
