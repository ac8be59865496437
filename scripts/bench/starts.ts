import { spawn } from "node:child_process";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import Table from "cli-table3";
import { buildAll } from "../build/all.ts";
import { type FunctionSource, functionSources, root } from "../build/functions.ts";
import { rounded } from "./report.ts";

export interface Start {
  name: string;
  zipKb: number;
  /** Read before the handler is there. */
  readKb: number;
  /** From the process's beginning until the handler is there, in milliseconds: what Lambda counts as its init. */
  startMs: number;
  /** What of it is the bundle's import. */
  importMs: number;
  /** The start's, of the bare durable handler's in the same run. */
  ratio: number;
}

const BARE = "a bare durable handler";
const durable = `import { withDurableExecution } from "@aws/durable-execution-sdk-js";
  export const handler = withDurableExecution(async () => "done");`;
const atOnce = `import { z } from "zod";
  import * as bedrock from "./libs/platform/clients/bedrock.ts";
  import * as s3 from "./libs/platform/clients/s3.ts";
  import * as ses from "./libs/platform/clients/ses.ts";
  import * as dynamodb from "./libs/platform/clients/dynamodb.ts";
  export const used = [z, bedrock, s3, ses, dynamodb];`;
/** What the functions are compared with: nothing but the durable SDK, and the same with what workflows need, loaded at once. */
const COMPARED: FunctionSource[] = [
  { name: BARE, entry: durable },
  { name: "bare, zod and 4 AWS clients at once", entry: `${durable}\n${atOnce}` },
  { name: "the same, AWS SDK not bundled", entry: `${durable}\n${atOnce}`, external: ["@aws-sdk/*"] },
];

/**
 * The size of every function's zip and the time of its start: the built bundle in a process of its own, nothing compiled
 * before, the functions in turn so that a disturbance hits them alike; the median of `rounds`.
 */
export async function measureStarts(rounds: number): Promise<Start[]> {
  const folder = await mkdtemp(join(tmpdir(), "longhaul-starts-"));
  try {
    await symlink(join(root, "node_modules"), join(folder, "node_modules"));
    const built = await buildAll(join(folder, "dist"), [...COMPARED, ...(await functionSources())]);
    const taken = new Map(built.map(({ name }) => [name, [] as Taken[]]));
    // The first round warms the disk's cache.
    for (let round = 0; round <= rounds; round += 1)
      for (const [name, all] of taken) {
        const one = await start(join(folder, "dist", name, "index.mjs"));
        if (round > 0) all.push(one);
      }
    const of = (name: string, what: keyof Taken) => median((taken.get(name) ?? []).map((one) => one[what]));
    return built.map(({ name, zipBytes, startBytes }) => ({
      name,
      zipKb: Math.round(zipBytes / 1024),
      readKb: Math.round(startBytes / 1024),
      startMs: rounded(of(name, "startMs")),
      importMs: rounded(of(name, "importMs")),
      ratio: Number((of(name, "startMs") / of(BARE, "startMs")).toFixed(2)),
    }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Taken = Pick<Start, "startMs" | "importMs">;

async function start(bundle: string): Promise<Taken> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "start-process.mjs"), bundle], {
    // The dispatcher asks for its workflow when it starts.
    env: { AWS_REGION: "eu-west-1", LONGHAUL_WORKFLOW: "training" },
    stdio: ["ignore", "ignore", "inherit", "pipe"],
  });
  return JSON.parse(await text(child.stdio[3] as Readable)) as Taken;
}

const median = (values: readonly number[]) => values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;

export function startsTable(starts: readonly Start[]): string {
  const table = new Table({
    head: ["function", "zip", "read at start", "start", "import alone", "of the bare one's"],
    colAligns: ["left", "right", "right", "right", "right", "right"],
    style: { head: [], border: [] },
  });
  for (const { name, zipKb, readKb, startMs, importMs, ratio } of starts)
    table.push([name, `${zipKb} KB`, `${readKb} KB`, `${startMs} ms`, `${importMs} ms`, `${ratio.toFixed(2)} x`]);
  return table.toString();
}
