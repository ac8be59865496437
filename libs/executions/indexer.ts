import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { z } from "zod";
import { createTable, listExecutions, logger, readEnvironment } from "#platform";
import { readUse } from "./counting.ts";
import { type Budget, tellOverrun } from "./overrun.ts";
import { createPace } from "./pace.ts";
import type { ExecutionRecord } from "./record.ts";
import { createRepair, type Repaired } from "./repair.ts";
import { recordOfEvent } from "./status-event.ts";
import { createExecutionStore, type ExecutionStore } from "./store.ts";
import { traceEnd } from "./trace-end.ts";

/** What the index needs of a contract. */
export interface Indexed {
  name: string;
  retentionDays: number;
  budget: Budget;
}

export interface IndexerPorts {
  /** Default: the table that LONGHAUL_EXECUTIONS_TABLE names. */
  store?: ExecutionStore;
  list?: typeof listExecutions;
  /** Ends what an execution that came to no good end had asked of people; repeated, it changes nothing. */
  withdraw: (execution: string, reason: string) => Promise<unknown>;
  /** What an ended execution has used. Default: by its history. */
  readUse?: typeof readUse;
  now?: () => number;
  /** Between two calls that list. */
  callsApartMs?: number;
}

/** Histories are read 15 times a second for everybody in the account, and several indexers can run at once. */
const COUNTS = { perSecond: 1, atOnce: 3 };

const ENDS = {
  STOPPED: "The execution was stopped before anybody decided.",
  FAILED: "The execution failed before anybody decided.",
  TIMED_OUT: "The execution ran out of time before anybody decided.",
} as const;

/**
 * The function that keeps the index: a batch of status events from its queue, or a scheduled `{"repair":true}` that compares
 * the index with the service. Either way an execution that was stopped, failed or ran out of time leaves no review open.
 */
export function createIndexer(contracts: readonly Indexed[], ports: IndexerPorts) {
  let take: ReturnType<typeof createTaking> | undefined;
  return async (event: SQSEvent | { repair: true }): Promise<SQSBatchResponse | Repaired> => {
    take ??= createTaking(contracts, { ...ports, store: ports.store ?? storeFromEnvironment() });
    const { repair, note, endedIn } = take;
    if ("repair" in event) return repair();
    // Of one that began and ended within a batch the end says all.
    const ended = endedIn(event.Records.map(({ body }) => body));
    const failures = await Promise.all(
      event.Records.map(async ({ messageId, body }) => {
        try {
          await note(body, ended);
          return undefined;
        } catch (error) {
          logger.error("A status event comes again", {
            messageId,
            error: error instanceof Error ? error.name : "unknown",
          });
          return messageId;
        }
      }),
    );
    return { batchItemFailures: failures.flatMap((itemIdentifier) => (itemIdentifier ? [{ itemIdentifier }] : [])) };
  };
}

function createTaking(contracts: readonly Indexed[], ports: IndexerPorts & { store: ExecutionStore }) {
  const { store, list = listExecutions, withdraw, now = Date.now, callsApartMs } = ports;
  const count = async (arn: string) => (ports.readUse ?? readUse)(arn).catch(() => undefined);
  const mayCount = createPace(COUNTS, now);
  const note = async (record: ExecutionRecord): Promise<boolean> => {
    const { status, name, workflow } = record;
    // First the reviews: an end that is in the index is not followed a second time.
    if (status !== "RUNNING" && status !== "SUCCEEDED") await withdraw(name, ENDS[status]);
    const contract = contracts.find((one) => one.name === workflow);
    // Most are counted as they end; where many end at once, the repair counts the rest.
    const use = status !== "RUNNING" && mayCount() ? await count(record.arn) : undefined;
    const isNews = await store.note({ ...record, ...(use && { use }) }, contract?.retentionDays ?? 90);
    if (isNews && use && contract) tellOverrun(record, use, contract.budget);
    if (isNews) await traceEnd(record);
    return isNews;
  };
  const repair = createRepair({ contracts, store, list, note, count, now, callsApartMs });
  return {
    repair,
    endedIn: (bodies: readonly string[]): ReadonlySet<string> =>
      new Set(
        bodies.flatMap((body) => {
          const record = recordOfEvent(parsed(body), contracts);
          return record && record.status !== "RUNNING" ? [record.arn] : [];
        }),
      ),
    async note(body: string, ended: ReadonlySet<string>) {
      const record = recordOfEvent(parsed(body), contracts);
      if (record?.status === "RUNNING" && ended.has(record.arn)) return;
      if (record) await note(record);
      else logger.warn("An event that is no execution's of ours was dropped");
    },
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function storeFromEnvironment(): ExecutionStore {
  const { LONGHAUL_EXECUTIONS_TABLE } = readEnvironment({ LONGHAUL_EXECUTIONS_TABLE: z.string().min(3) });
  return createExecutionStore(createTable(LONGHAUL_EXECUTIONS_TABLE));
}
