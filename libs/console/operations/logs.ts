import { z } from "zod";
import { names } from "#deployment";
import { type LogLine, searchLog } from "#platform";

/** A line of an execution's log, as far as everybody who sees executions may read it. */
export interface LogEntry {
  at: number;
  level: string;
  message: string;
  /** Names, codes and numbers that the line holds beside its message. */
  facts: string[];
  /** The line as it was written; only for those who may see personal data. */
  whole?: string;
}

export interface ExecutionLog {
  group: string;
  entries: LogEntry[];
  /** There are, or may be, more lines than these. */
  more: boolean;
}

export const MOST_LINES = 200;
/** A line is written after what it tells of. */
const LATE_MS = 60_000;

/** What our own logger writes; whatever else a line holds is not shown to everybody. */
const Structured = z.looseObject({ level: z.string(), message: z.string() });
const Metrics = z.looseObject({ _aws: z.object({ CloudWatchMetrics: z.array(z.unknown()) }) });
const FACTS = ["operationName", "attempt", "code", "error", "errorType", "review", "field", "status"];
/** Lambda's own lines: they hold ids and figures. */
const PLATFORM = /^(START|END|REPORT|INIT_START|INIT_REPORT) /;

/** The lines that name an execution, bounded; undefined where its function has no log yet. */
export async function executionLog(
  arn: string,
  { workflow, from, to, data }: { workflow: string; from: number; to: number; data: boolean },
): Promise<ExecutionLog | undefined> {
  const group = `/aws/lambda/${names.workflow(workflow)}`;
  const found = await searchLog({ group, text: arn, from, to: to + LATE_MS, limit: MOST_LINES });
  return found && { group, entries: found.lines.map((line) => entryOf(line, data)), more: found.more };
}

/** A line without what could be anybody's: text that is not ours is left out unless `data` says that it may be seen. */
export function entryOf({ at, message: whole }: LogLine, data: boolean): LogEntry {
  const line = json(whole);
  const seen = data ? { whole } : {};
  const structured = Structured.safeParse(line).data;
  if (structured) {
    const { level, message, ...rest } = structured;
    return { at, level, message, facts: factsOf(rest), ...seen };
  }
  const metrics = Metrics.safeParse(line).data;
  if (metrics) {
    const { _aws, ...values } = metrics;
    return { at, level: "METRICS", message: "Metrics", facts: numbersOf(values), ...seen };
  }
  if (PLATFORM.test(whole))
    return { at, level: "LAMBDA", message: whole.split(" DurableExecutionArn")[0] ?? "", facts: [] };
  return { at, level: "OTHER", message: `A line in a form of its own, ${whole.length} characters`, facts: [], ...seen };
}

const factsOf = (line: Record<string, unknown>) =>
  FACTS.flatMap((name) => {
    const value = line[name];
    return typeof value === "string" || typeof value === "number" ? [`${name} ${String(value).slice(0, 200)}`] : [];
  });

const numbersOf = (line: Record<string, unknown>) =>
  Object.entries(line).flatMap(([name, value]) => (typeof value === "number" ? [`${name} ${value}`] : []));

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
