import type { Clock } from "../core/clock.ts";
import type { Store } from "../core/store.ts";

export interface LogLine {
  group: string;
  stream: string;
  requestId: string | undefined;
  executionArn: string | undefined;
  message: string;
}

const KEPT_LINES = 200_000;
const FLUSH_MS = 100;

export type Logs = ReturnType<typeof createLogs>;

/** What functions print, by log group, written in batches; the oldest lines go first. */
export function createLogs({ store, clock }: { store: Store; clock: Clock }) {
  store.migrate("logs", [
    "CREATE TABLE log_events (seq INTEGER PRIMARY KEY AUTOINCREMENT, log_group TEXT, stream TEXT, at INTEGER, request_id TEXT, execution TEXT, message TEXT)",
    "CREATE INDEX log_events_by_group ON log_events (log_group, at)",
  ]);
  let waiting: (LogLine & { at: number })[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = async () => {
    clearTimeout(timer);
    timer = undefined;
    const lines = waiting;
    waiting = [];
    if (lines.length === 0) return;
    await store.write(() => {
      for (const { group, stream, at, requestId, executionArn, message } of lines) {
        store
          .sql(
            "INSERT INTO log_events (log_group, stream, at, request_id, execution, message) VALUES (?, ?, ?, ?, ?, ?)",
          )
          .run(group, stream, at, requestId ?? null, executionArn ?? null, message.slice(0, 65_536));
      }
      store.sql("DELETE FROM log_events WHERE seq <= (SELECT max(seq) FROM log_events) - ?").run(KEPT_LINES);
    });
  };
  return {
    add(line: LogLine) {
      waiting.push({ ...line, at: clock.now() });
      timer ??= setTimeout(() => void flush().catch(() => undefined), FLUSH_MS);
    },
    flush,
    /** A group's lines since an instant (epoch milliseconds), the oldest first. */
    filter: ({ group, since = 0, limit = 1_000 }: { group: string; since?: number; limit?: number }) =>
      store
        .sql("SELECT * FROM log_events WHERE log_group = ? AND at >= ? ORDER BY seq LIMIT ?")
        .all(group, since, limit),
  };
}
