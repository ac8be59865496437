import { setTimeout as sleep } from "node:timers/promises";
import { getExecution } from "#platform";
import { executionLog, type LogEntry } from "../../libs/console/operations/logs.ts";
import { findExecution } from "./executions.ts";
import { RefusedError, type Site } from "./site.ts";

const POLL_MS = 2_000;
/** Lines can come to CloudWatch late, and out of order: the last minute is read again. */
const OVERLAP_MS = 60_000;

/**
 * The lines of an execution's log, handed on as they are found; `follow` goes on until the execution has ended. Without
 * `data` a line's own words are left out where they are not the platform's.
 */
export async function logs(
  site: Site,
  wanted: string,
  { follow, data, take }: { follow: boolean; data: boolean; take: (entry: LogEntry) => void },
): Promise<{ lines: number; more: boolean }> {
  const { arn, contract } = await findExecution(site, wanted);
  const seen = new Set<string>();
  let more = false;
  let from: number | undefined;
  for (;;) {
    const details = await getExecution(arn, false);
    if (!details) throw new RefusedError(`There is no execution ${wanted}.`);
    const ended = details.EndTimestamp?.getTime();
    from ??= details.StartTimestamp?.getTime() ?? 0;
    const to = ended ?? Date.now();
    const log = await executionLog(arn, { workflow: contract.name, from, to, data });
    for (const entry of log?.entries ?? []) {
      const id = JSON.stringify(entry);
      if (seen.has(id)) continue;
      seen.add(id);
      take(entry);
    }
    more = log?.more ?? false;
    if (!follow || ended !== undefined) return { lines: seen.size, more };
    from = Math.max(from, Date.now() - OVERLAP_MS);
    await sleep(POLL_MS);
  }
}

export const lineOfLog = ({ at, level, message, facts, whole }: LogEntry) =>
  `${new Date(at).toISOString()} ${level.padEnd(7)} ${whole ?? [message, ...facts].join(", ")}`;
