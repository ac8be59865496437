import type { Store } from "../core/store.ts";
import type { ChainedTarget } from "./execution.ts";
import type { TimerKind } from "./model.ts";

export interface Timer {
  arn: string;
  operation: string;
  kind: TimerKind;
}

export interface ChainedInvoke {
  arn: string;
  operation: string;
  target: ChainedTarget;
}

export type Notes = ReturnType<typeof createNotes>;

/** What lies on disk beside executions and their changes: timers, callbacks, replies, what is to be invoked or sent. */
export function createNotes({ sql }: Store) {
  const timerOf = ({ arn, operation, kind }: Record<string, unknown>): Timer => ({
    arn: String(arn),
    operation: String(operation),
    kind: kind as TimerKind,
  });
  const TIMERS = "SELECT arn, operation, kind FROM timers JOIN executions USING (row)";

  /** No timer of any execution is earlier. It spares most checkpoints a look. */
  let earliest = Number.NEGATIVE_INFINITY;

  return {
    setTimer(row: number, { operation, kind }: Pick<Timer, "operation" | "kind">, at: number | undefined) {
      if (at === undefined)
        sql("DELETE FROM timers WHERE row = ? AND operation = ? AND kind = ?").run(row, operation, kind);
      else {
        earliest = Math.min(earliest, at);
        sql("INSERT OR REPLACE INTO timers VALUES (?, ?, ?, ?)").run(row, operation, kind, at);
      }
    },
    clearTimers(row: number) {
      sql("DELETE FROM timers WHERE row = ?").run(row);
    },
    nextTimer(): number | undefined {
      const at = sql("SELECT min(at) AS at FROM timers").get()?.at;
      earliest = at === null || at === undefined ? Number.POSITIVE_INFINITY : Number(at);
      return earliest === Number.POSITIVE_INFINITY ? undefined : earliest;
    },
    /** In order of time. */
    dueTimers: (now: number, limit: number): Timer[] =>
      sql(`${TIMERS} WHERE at <= ? ORDER BY at, row, operation, kind LIMIT ?`).all(now, limit).map(timerOf),
    /** What falls due for one execution while its handler runs. */
    dueTimersOf: (row: number, now: number): Timer[] =>
      now < earliest
        ? []
        : sql(`${TIMERS} WHERE row = ? AND at <= ? AND kind <> 'retention' ORDER BY at, operation, kind`)
            .all(row, now)
            .map(timerOf),

    addCallback(id: string, row: number, operation: string) {
      sql("INSERT INTO callbacks VALUES (?, ?, ?)").run(id, row, operation);
    },
    callback(id: string): { arn: string; operation: string } | undefined {
      const found = sql("SELECT arn, operation FROM callbacks JOIN executions USING (row) WHERE id = ?").get(id);
      return found && { arn: String(found.arn), operation: String(found.operation) };
    },

    addReply(row: number, reply: { inbound: string; clientToken: string; at: number; answer: string }) {
      const { inbound, clientToken, at, answer } = reply;
      sql("INSERT OR REPLACE INTO replies VALUES (?, ?, ?, ?, ?)").run(row, inbound, clientToken, at, answer);
    },
    reply(row: number, inbound: string): { clientToken: string; at: number; answer: string } | undefined {
      const found = sql("SELECT client_token, at, answer FROM replies WHERE row = ? AND inbound = ?").get(row, inbound);
      return found && { clientToken: String(found.client_token), at: Number(found.at), answer: String(found.answer) };
    },
    forgetReplies(before: number) {
      sql("DELETE FROM replies WHERE at < ?").run(before);
    },

    addChainedInvoke(row: number, operation: string, target: ChainedTarget) {
      sql("INSERT INTO chained_invokes VALUES (?, ?, ?)").run(row, operation, JSON.stringify(target));
    },
    removeChainedInvoke(row: number, operation: string) {
      sql("DELETE FROM chained_invokes WHERE row = ? AND operation = ?").run(row, operation);
    },
    chainedInvokes: (): ChainedInvoke[] =>
      sql("SELECT arn, operation, target FROM chained_invokes JOIN executions USING (row)")
        .all()
        .map(({ arn, operation, target }) => ({
          arn: String(arn),
          operation: String(operation),
          target: JSON.parse(String(target)) as ChainedTarget,
        })),

    post(deadLetter: object) {
      sql("INSERT INTO engine_outbox (kind, body) VALUES ('dead-letter', ?)").run(JSON.stringify(deadLetter));
    },
    outbox: (after: number, limit: number): { seq: number; body: unknown }[] =>
      sql("SELECT seq, body FROM engine_outbox WHERE seq > ? ORDER BY seq LIMIT ?")
        .all(after, limit)
        .map(({ seq, body }) => ({ seq: Number(seq), body: JSON.parse(String(body)) as unknown })),
    removePosted(seq: number) {
      sql("DELETE FROM engine_outbox WHERE seq = ?").run(seq);
    },
  };
}
