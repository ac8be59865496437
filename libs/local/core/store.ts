import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { DataFolderInUseError } from "./errors.ts";

/** The one SQLite file behind every local service: one writer, WAL, synchronous FULL. */
export interface Store {
  /** A prepared statement, made once per text. */
  sql(text: string): StatementSync;
  /** Applies the statements of `service` that this file has not seen; append to the list, never edit it. */
  migrate(service: string, statements: readonly string[]): void;
  /**
   * Runs `work` in a transaction shared with whatever else arrives in the same tick; resolves after the commit is on
   * disk, rejects with what `work` threw, whose writes alone are taken back. `work` must be synchronous.
   */
  write<T>(work: () => T): Promise<T>;
  /** Finishes what is queued, then closes the file. */
  close(): Promise<void>;
}

interface Job {
  work: () => unknown;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

/** Opens `<folder>/longhaul.db`. @throws DataFolderInUseError when another process has it open. */
export function openStore(folder: string): Store {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const db = open(join(folder, "longhaul.db"), folder);
  const statements = new Map<string, StatementSync>();
  const sql = (text: string) => {
    let statement = statements.get(text);
    if (!statement) {
      statement = db.prepare(text);
      statements.set(text, statement);
    }
    return statement;
  };

  let queue: Job[] = [];
  let scheduled = false;
  const flush = () => {
    scheduled = false;
    const jobs = queue;
    queue = [];
    try {
      commitTogether(sql, jobs);
    } catch (error) {
      for (const job of jobs) job.reject(error);
    }
  };

  return {
    sql,
    migrate(service, list) {
      const applied = Number(sql("SELECT count(*) AS n FROM migrations WHERE service = ?").get(service)?.n ?? 0);
      db.exec("BEGIN IMMEDIATE");
      list.slice(applied).forEach((text, index) => {
        db.exec(text);
        sql("INSERT INTO migrations VALUES (?, ?)").run(service, applied + index);
      });
      db.exec("COMMIT");
    },
    write<T>(work: () => T) {
      return new Promise<T>((resolve, reject) => {
        queue.push({ work, resolve: resolve as (value: unknown) => void, reject });
        if (scheduled) return;
        scheduled = true;
        setImmediate(flush);
      });
    },
    async close() {
      if (queue.length > 0) flush();
      db.close();
    },
  };
}

/** `EXCLUSIVE` holds the file's lock for as long as the process lives, so a second process is refused, also after a kill. */
function open(file: string, folder: string) {
  const db = new DatabaseSync(file);
  try {
    db.exec(
      "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY",
    );
    db.exec(
      "CREATE TABLE IF NOT EXISTS migrations (service TEXT, step INTEGER, PRIMARY KEY (service, step)) WITHOUT ROWID",
    );
    db.exec("BEGIN IMMEDIATE; COMMIT");
    return db;
  } catch (error) {
    db.close();
    if (error instanceof Error && /locked|busy/i.test(error.message)) throw new DataFolderInUseError(folder);
    throw error;
  }
}

function commitTogether(sql: Store["sql"], jobs: readonly Job[]) {
  const outcomes: (() => void)[] = [];
  sql("BEGIN IMMEDIATE").run();
  try {
    for (const job of jobs) {
      sql("SAVEPOINT job").run();
      try {
        const value = job.work();
        outcomes.push(() => job.resolve(value));
      } catch (error) {
        sql("ROLLBACK TO job").run();
        outcomes.push(() => job.reject(error));
      }
      sql("RELEASE job").run();
    }
    sql("COMMIT").run();
  } catch (error) {
    sql("ROLLBACK").run();
    throw error;
  }
  for (const settle of outcomes) settle();
}
