import { setTimeout as sleep } from "node:timers/promises";
import type { DurableInstrumentationPlugin, InvocationEndInfo } from "@aws/durable-execution-sdk-js";
import { z } from "zod";
import { createTable, readEnvironment } from "#platform";
import { parseExecutionArn } from "./arn.ts";
import { subjectOfKey, type Use } from "./record.ts";
import { createExecutionStore, type ExecutionStore } from "./store.ts";

const DAY_SECONDS = 86_400;
const LONGEST_MS = 1_000;

/** An upload's input, as far as its subject goes. */
const Upload = z.object({ document: z.object({ key: z.string().min(1) }) });
/** What a step's result says of the model that it asked: `Provenance` of `#scoring`. */
const Asked = z.object({
  usage: z.object({ inputTokens: z.int().nonnegative(), outputTokens: z.int().nonnegative() }).optional(),
  cost: z.number().nonnegative(),
});

interface Options {
  workflow: string;
  retentionDays: number;
  executionTimeoutSeconds: number;
  store?: ExecutionStore;
  now?: () => number;
}

/**
 * Tells the index, at the end of each invocation, what the execution has used so far, and, with the first, what an upload's
 * execution is about. One small write an invocation; one that fails is not tried again and holds up nothing. Undefined
 * where LONGHAUL_EXECUTIONS_TABLE names no table.
 */
export function createIndexPlugin(options: Options): DurableInstrumentationPlugin | undefined {
  const { LONGHAUL_EXECUTIONS_TABLE: table } = readEnvironment({
    LONGHAUL_EXECUTIONS_TABLE: z.string().min(3).optional(),
  });
  const store = options.store ?? (table ? createExecutionStore(createTable(table)) : undefined);
  if (!store) return undefined;
  const { workflow, retentionDays, executionTimeoutSeconds, now = Date.now } = options;
  const begun = new Map<string, number>();

  return {
    async onInvocationStart({ requestId, executionArn, executionInput, executionStartTimestamp, isFirstInvocation }) {
      begun.set(requestId, performance.now());
      const { data: upload } = Upload.safeParse(executionInput);
      const parsed = parseExecutionArn(executionArn);
      if (!isFirstInvocation || !upload || !parsed) return;
      const { name, version } = parsed;
      const startedAt = (executionStartTimestamp ?? new Date(now())).toISOString();
      const subject = subjectOfKey(workflow, upload.document.key);
      const record = { arn: executionArn, name, workflow, version, status: "RUNNING" as const, startedAt, subject };
      await briefly(store.about(record, retentionDays));
    },

    async onInvocationEnd(info) {
      const start = begun.get(info.requestId);
      begun.delete(info.requestId);
      const milliseconds = start === undefined ? 0 : Math.round(performance.now() - start);
      const expiresAt = Math.ceil(now() / 1_000) + executionTimeoutSeconds + retentionDays * DAY_SECONDS;
      await briefly(store.use(info.executionArn, { ...useOf(info), invocations: 1, milliseconds }, expiresAt));
    },
  };
}

/** What the operations say of themselves. */
function useOf({ operations }: Pick<InvocationEndInfo, "operations">): Omit<Use, "invocations" | "milliseconds"> {
  const all = Object.values(operations).filter(({ type }) => type !== "EXECUTION");
  const results = all.flatMap(({ result }) => (result === undefined ? [] : [result]));
  const asked = results.flatMap((result) => askedIn(result) ?? []);
  const sum = (values: readonly number[]) => values.reduce((one, other) => one + other, 0);
  return {
    operations: all.length,
    bytes: sum(results.map((result) => Buffer.byteLength(result))),
    ...(asked.length > 0 && {
      inputTokens: sum(asked.map(({ usage }) => usage?.inputTokens ?? 0)),
      outputTokens: sum(asked.map(({ usage }) => usage?.outputTokens ?? 0)),
      modelDollars: sum(asked.map(({ cost }) => cost)),
    }),
  };
}

/** The score that a step answered, or that lies in its answer as `score`. */
function askedIn(result: string): z.infer<typeof Asked> | undefined {
  if (!result.includes('"promptVersion"')) return undefined;
  try {
    const answer = z.looseObject({ score: z.unknown().optional() }).parse(JSON.parse(result));
    return Asked.safeParse(answer.score ?? answer).data;
  } catch {
    return undefined;
  }
}

/** The invocation does not wait longer for the index: the figure is then missing, and the repair finds the execution. */
const briefly = (write: Promise<unknown>) => Promise.race([write, sleep(LONGEST_MS, undefined, { ref: false })]);
