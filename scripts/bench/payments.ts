import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { root } from "../build/functions.ts";
import { type Row, rounded } from "./report.ts";

const Figures = z.looseObject({
  killed: z.number(),
  perSecond: z.number(),
  p50Millis: z.number(),
  p99Millis: z.number(),
});

/**
 * Payments through SQS on the whole local cloud, one in five failing somewhere, the platform killed on the way: `npm run load`
 * as a case. Its latencies are whole payments', those that a kill held up among them.
 * @throws where anything was lost, doubled or not balanced
 */
export async function runPayments(count: number, kills: number): Promise<Row> {
  const args = ["test/load/payments.ts", "--payments", String(count), "--kills", String(kills)];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  const [output, code] = await Promise.all([text(child.stdout), ended]);
  if (code !== 0) throw new Error(`The payments are not whole: ${output.trim() || `exit code ${code}`}`);
  const { killed, perSecond, p50Millis, p99Millis } = Figures.parse(JSON.parse(output.trim().split("\n").at(-1) ?? ""));
  return {
    name: `${count.toLocaleString("en")} payments, 1 in 5 failing, killed ${killed} times`,
    engine: "longhaul",
    p50Ms: rounded(p50Millis),
    p99Ms: rounded(p99Millis),
    perSecond: rounded(perSecond),
    rssMb: null,
  };
}
