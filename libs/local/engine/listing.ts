import type { Store } from "../core/store.ts";
import type { ExecutionRecord } from "./model.ts";

export interface ListFilter {
  functionName: string;
  version?: string | undefined;
  name?: string | undefined;
  statuses: readonly string[];
  startedAfter: number;
  startedBefore: number;
  reverse: boolean;
  /** Where the page before ended. */
  from?: { startedAt: number; row: number } | undefined;
  limit: number;
}

export type EventRecord = Record<string, unknown> & { EventId: number };

const FORWARD = "SELECT events FROM changes WHERE row = ? AND last > ? AND last >= first ORDER BY number";
const BACKWARD = "SELECT events FROM changes WHERE row = ? AND first < ? AND last >= first ORDER BY number DESC";

/** Reads a page of executions, or of one's history. */
export function createListing({ sql }: Store) {
  return {
    executions(filter: ListFilter): { row: number; record: ExecutionRecord }[] {
      const { functionName, version, name, statuses, startedAfter, startedBefore, reverse, from, limit } = filter;
      const first = reverse ? Number.MAX_SAFE_INTEGER : -1;
      const [beyond, order] = reverse ? ["<", "DESC"] : [">", "ASC"];
      const text = `SELECT row, record FROM executions WHERE function = ?1 AND (?2 IS NULL OR version = ?2) AND (?3 IS NULL OR name = ?3)
        AND (?4 = '[]' OR status IN (SELECT value FROM json_each(?4))) AND started_at > ?5 AND started_at < ?6
        AND (started_at, row) ${beyond} (?7, ?8) ORDER BY started_at ${order}, row ${order} LIMIT ?9`;
      return sql(text)
        .all(
          ...[functionName, version ?? null, name ?? null, JSON.stringify(statuses), startedAfter, startedBefore],
          ...[from?.startedAt ?? first, from?.row ?? first, limit],
        )
        .map(({ row, record }) => ({ row: Number(row), record: JSON.parse(String(record)) as ExecutionRecord }));
    },

    /** Events beyond the one with the id `from`, as they were written. */
    events(row: number, options: { from: number | undefined; reverse: boolean; limit: number }): EventRecord[] {
      const { reverse, limit } = options;
      const from = options.from ?? (reverse ? Number.MAX_SAFE_INTEGER : 0);
      const found: EventRecord[] = [];
      for (const { events } of sql(reverse ? BACKWARD : FORWARD).iterate(row, from)) {
        const together = JSON.parse(String(events)) as EventRecord[];
        const beyond = together.filter(({ EventId }) => (reverse ? EventId < from : EventId > from));
        found.push(...(reverse ? beyond.reverse() : beyond));
        if (found.length >= limit) break;
      }
      return found.slice(0, limit);
    },
  };
}
