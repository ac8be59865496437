import type { Clock } from "../core/clock.ts";
import type { Store } from "../core/store.ts";

export interface LogLine {
  group: string;
  stream: string;
  requestId: string | undefined;
  executionArn: string | undefined;
  message: string;
}

/** A line as it is kept: `seq` grows, `at` is epoch milliseconds. */
export type LogEvent = Omit<LogLine, "group"> & { seq: number; at: number };

const READ_LINES = 1_000;
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
  let writing: Promise<void> = Promise.resolve();
  const write = async () => {
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
  /** Resolves when all lines until now are written, those too that were on their way. */
  const flush = () => {
    writing = writing.catch(() => undefined).then(write);
    return writing;
  };
  return {
    add(line: LogLine) {
      waiting.push({ ...line, at: clock.now() });
      timer ??= setTimeout(() => void flush().catch(() => undefined), FLUSH_MS);
    },
    flush,
    groups: (): string[] =>
      store
        .sql("SELECT DISTINCT log_group FROM log_events ORDER BY log_group")
        .all()
        .map(({ log_group }) => String(log_group)),
    /** A group's lines of a span of time (epoch milliseconds, both ends included), the oldest first, after the line `after`. */
    *read({ group, from, to, after }: { group: string; from: number; to: number; after: number }): Generator<LogEvent> {
      const rows = store.sql(
        "SELECT * FROM log_events WHERE log_group = ? AND at >= ? AND at <= ? AND seq > ? ORDER BY seq LIMIT ?",
      );
      for (let last = after; ; ) {
        const batch = rows.all(group, from, to, last, READ_LINES);
        for (const row of batch) yield toEvent(row);
        if (batch.length < READ_LINES) return;
        last = Number(batch.at(-1)?.seq);
      }
    },
  };
}

const toEvent = (row: Record<string, unknown>): LogEvent => ({
  seq: Number(row.seq),
  at: Number(row.at),
  stream: String(row.stream),
  message: String(row.message),
  requestId: row.request_id === null ? undefined : String(row.request_id),
  executionArn: row.execution === null ? undefined : String(row.execution),
});
