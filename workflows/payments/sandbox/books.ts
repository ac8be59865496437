import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";

/** Something that happened at a counterparty, once, under the key of the request that asked for it. */
export interface Effect {
  key: string;
  service: string;
  operation: string;
  orderId: string;
  /** In the smallest unit of the currency. */
  minor: number;
  currency: string;
  /** The key of what it rests on: a capture on its authorisation, a shipment on its reserved goods. */
  basedOn: string | null;
  /** How often a shipment is looked at before it is booked. */
  pending: number;
  /** The key of the request that took it back; null while it stands. */
  undoneBy: string | null;
}

/** One line of the double-entry ledger: what an account gains, or loses where it is negative. */
export interface Entry {
  posting: string;
  account: string;
  minor: number;
  currency: string;
}

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

const EFFECT =
  "key, service, operation, order_id AS orderId, minor, currency, based_on AS basedOn, pending, undone_by AS undoneBy";

export type Books = ReturnType<typeof openBooks>;

/** The counterparties' memory: SQLite, and so it outlives a kill. Amounts are whole numbers, and the ledger only ever grows. */
export function openBooks(file: string) {
  const db = new DatabaseSync(file);
  db.exec(`
    PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, request TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS effects (key TEXT PRIMARY KEY, service TEXT NOT NULL, operation TEXT NOT NULL, order_id TEXT NOT NULL,
      minor INTEGER NOT NULL, currency TEXT NOT NULL, based_on TEXT, pending INTEGER NOT NULL, undone_by TEXT) STRICT;
    CREATE INDEX IF NOT EXISTS resting ON effects (based_on) WHERE based_on IS NOT NULL;
    CREATE TABLE IF NOT EXISTS tombstones (key TEXT PRIMARY KEY) STRICT;
    CREATE TABLE IF NOT EXISTS entries (id INTEGER PRIMARY KEY, posting TEXT NOT NULL, account TEXT NOT NULL, minor INTEGER NOT NULL, currency TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS calls (call TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT;
  `);
  const sql = {
    answer: db.prepare("SELECT request, status, body FROM answers WHERE key = ?"),
    keep: db.prepare("INSERT INTO answers VALUES (?, ?, ?, ?)"),
    effect: db.prepare(`SELECT ${EFFECT} FROM effects WHERE key = ?`),
    resting: db.prepare("SELECT 1 FROM effects WHERE based_on = ? AND undone_by IS NULL"),
    add: db.prepare("INSERT INTO effects VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)"),
    undo: db.prepare("UPDATE effects SET undone_by = ? WHERE key = ? AND undone_by IS NULL"),
    bury: db.prepare("INSERT OR IGNORE INTO tombstones VALUES (?)"),
    buried: db.prepare("SELECT 1 FROM tombstones WHERE key = ?"),
    post: db.prepare("INSERT INTO entries (posting, account, minor, currency) VALUES (?, ?, ?, ?)"),
    entries: db.prepare("SELECT posting, account, minor, currency FROM entries WHERE posting = ?"),
    count: db.prepare(
      "INSERT INTO calls VALUES (?, 1) ON CONFLICT (call) DO UPDATE SET count = count + 1 RETURNING count",
    ),
  };

  return {
    /** Does the work once for a key and answers the same for ever; another request under the key is refused. */
    once(key: string, request: unknown, work: () => Answer): Answer {
      const hash = createHash("sha256").update(JSON.stringify(request)).digest("hex");
      db.exec("BEGIN IMMEDIATE");
      try {
        const answer = answered(key, hash) ?? decide(key, hash, work);
        db.exec("COMMIT");
        return answer;
      } catch (error) {
        db.exec("ROLLBACK");
        throw error;
      }
    },
    find: (key: string) => sql.effect.get(key) as Effect | undefined,
    add({ key, service, operation, orderId, minor, currency, basedOn, pending }: Omit<Effect, "undoneBy">) {
      sql.add.run(key, service, operation, orderId, minor, currency, basedOn, pending);
    },
    /** Whether something stands that rests on this. */
    isInUse: (key: string) => sql.resting.get(key) !== undefined,
    /** Takes an effect back. Where there is none, its key is barred: a request that is still under way comes too late. */
    undo(key: string, by: string): boolean {
      if (sql.undo.run(by, key).changes > 0) return true;
      if (!sql.effect.get(key)) sql.bury.run(key);
      return false;
    },
    isBarred: (key: string) => sql.buried.get(key) !== undefined,
    /** @throws where the lines do not balance: nothing is posted then */
    post(posting: string, lines: readonly Omit<Entry, "posting">[]) {
      for (const currency of new Set(lines.map((line) => line.currency))) {
        const sum = lines.filter((line) => line.currency === currency).reduce((total, { minor }) => total + minor, 0);
        if (sum !== 0) throw new Error(`The posting does not balance: ${sum} ${currency}.`);
      }
      for (const { account, minor, currency } of lines) sql.post.run(posting, account, minor, currency);
    },
    entriesOf: (posting: string) => sql.entries.all(posting) as unknown as Entry[],
    /** How often this call has come, this one included. */
    count: (call: string) => Number((sql.count.get(call) as { count: number }).count),
    /** How many things have happened. */
    size: () => Number((db.prepare("SELECT COUNT(*) AS count FROM effects").get() as { count: number }).count),
    all: () => ({
      effects: db.prepare(`SELECT ${EFFECT} FROM effects ORDER BY rowid`).all() as unknown as Effect[],
      entries: db
        .prepare("SELECT posting, account, minor, currency FROM entries ORDER BY id")
        .all() as unknown as Entry[],
    }),
    close: () => db.close(),
  };

  function answered(key: string, request: string): Answer | undefined {
    const kept = sql.answer.get(key) as { request: string; status: number; body: string } | undefined;
    if (!kept) return undefined;
    if (kept.request !== request)
      return { status: 409, body: { code: "KEY_REUSED", message: "The idempotency key belongs to another request." } };
    return { status: kept.status, body: JSON.parse(kept.body) };
  }

  function decide(key: string, request: string, work: () => Answer): Answer {
    const answer = work();
    sql.keep.run(key, request, answer.status, JSON.stringify(answer.body));
    return answer;
  }
}
