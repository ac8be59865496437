import type { Store } from "../core/store.ts";
import type { Execution, KeptOperation } from "./execution.ts";
import { type ExecutionRecord, stateOf } from "./model.ts";
import { OWNED, SCHEMA } from "./schema.ts";

export type Tables = ReturnType<typeof createTables>;

const ARN = /:function:([^:]+):[^/]+\/durable-execution\/([^/]+)\//;
const savedAs = (record: ExecutionRecord) => `${record.status} ${stateOf(record)}`;

/** Executions and their operations on disk. What writes is called within a transaction. */
export function createTables(store: Store) {
  store.migrate("engine", SCHEMA);
  const { sql } = store;
  const recordOf = (text: unknown) => JSON.parse(String(text)) as ExecutionRecord;
  const select = (arn: string) => {
    const [, functionName = "", name = ""] = ARN.exec(arn) ?? [];
    const text = "SELECT row, record FROM executions WHERE function = ? AND name = ? AND arn = ?";
    return sql(text).get(functionName, name, arn);
  };

  let lastRow = Number(sql("SELECT max(row) AS last FROM executions").get()?.last ?? 0);
  const writeRow = (execution: Execution, text: string) => {
    const { row, record } = execution;
    const { arn, functionName, version, name, startedAt, status } = record;
    const before = execution.saved;
    execution.saved = savedAs(record);
    if (before === undefined)
      sql("INSERT INTO executions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)").run(
        ...[row, arn, functionName, version, name, startedAt, status, stateOf(record), text],
      );
    else if (before === execution.saved) sql("UPDATE executions SET record = ? WHERE row = ?").run(text, row);
    else
      sql("UPDATE executions SET status = ?, state = ?, record = ? WHERE row = ?").run(
        ...[status, stateOf(record), text, row],
      );
  };

  return {
    /** A new execution. Its input is on disk; the rest is when it is saved. */
    create(record: ExecutionRecord, input: string): Execution {
      lastRow += 1;
      sql("INSERT INTO inputs VALUES (?, ?)").run(lastRow, input);
      const [operations, delta, unsaved] = [new Map(), new Set<string>(), new Set<string>()];
      return { row: lastRow, record, operations, delta, unsaved, saved: undefined };
    },

    /** Writes a change: its events, the operations that it changed, and the record. */
    save(execution: Execution, events: readonly object[]) {
      const { row, record, operations, unsaved } = execution;
      const kept = Array.from(unsaved, (id) => operations.get(id));
      unsaved.clear();
      record.saves += 1;
      const text = JSON.stringify(record);
      const isAppended = events.length + kept.length > 0;
      // The record goes along with the change where its row, and the row's indexes, can be left alone.
      const isLeft = isAppended && execution.saved === savedAs(record);
      if (!isLeft) writeRow(execution, text);
      if (!isAppended) return;
      const first = record.events - events.length + 1;
      sql("INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?, ?)").run(
        ...[
          row,
          record.saves,
          first,
          record.events,
          JSON.stringify(events),
          JSON.stringify(kept),
          isLeft ? text : null,
        ],
      );
    },

    load(arn: string): Execution | undefined {
      const found = select(arn);
      if (!found) return undefined;
      const row = Number(found.row);
      const last = sql("SELECT record FROM changes WHERE row = ? ORDER BY number DESC LIMIT 1").get(row)?.record;
      const records = [recordOf(found.record), ...(last ? [recordOf(last)] : [])];
      const record = records.reduce((one, other) => (other.saves > one.saves ? other : one));
      const operations = new Map<string, KeptOperation>();
      for (const { operations: text } of sql("SELECT operations FROM changes WHERE row = ? ORDER BY number").iterate(
        row,
      ))
        for (const kept of JSON.parse(String(text)) as KeptOperation[]) operations.set(kept.operation.Id, kept);
      const fresh = [...operations.values()]
        .filter(({ changed }) => changed > record.watermark)
        .sort((one, other) => one.changed - other.changed);
      return {
        row,
        record,
        operations,
        delta: new Set(fresh.map(({ operation }) => operation.Id)),
        unsaved: new Set(),
        saved: savedAs(recordOf(found.record)),
      };
    },

    find(arn: string): { row: number; record: ExecutionRecord } | undefined {
      const found = select(arn);
      return found && { row: Number(found.row), record: recordOf(found.record) };
    },
    findByName(functionName: string, name: string): { row: number; record: ExecutionRecord } | undefined {
      const found = sql("SELECT row, record FROM executions WHERE function = ? AND name = ?").get(functionName, name);
      return found && { row: Number(found.row), record: recordOf(found.record) };
    },
    input: (row: number): string => String(sql("SELECT input FROM inputs WHERE row = ?").get(row)?.input ?? ""),

    running(functionName?: string, version?: string): number {
      const text =
        "SELECT count(*) AS n FROM executions WHERE status = 'RUNNING' AND (?1 IS NULL OR function = ?1) AND (?2 IS NULL OR version = ?2)";
      return Number(sql(text).get(functionName ?? null, version ?? null)?.n);
    },
    runningArns(functionName: string, version?: string): string[] {
      const text =
        "SELECT arn FROM executions WHERE status = 'RUNNING' AND function = ?1 AND (?2 IS NULL OR version = ?2) ORDER BY row";
      return sql(text)
        .all(functionName, version ?? null)
        .map(({ arn }) => String(arn));
    },
    /** The ARNs of the executions in a state, oldest first. */
    inState: (state: "invoked" | "due"): string[] =>
      sql("SELECT arn FROM executions WHERE state = ? ORDER BY row")
        .all(state)
        .map(({ arn }) => String(arn)),

    /** The end of retention: nothing of the execution is left. */
    remove(row: number) {
      for (const table of OWNED) sql(`DELETE FROM ${table} WHERE row = ?`).run(row);
    },
  };
}
