import type { Clock } from "../core/clock.ts";
import type { EventPort, FunctionPort, QueuePort } from "../core/ports.ts";
import type { Store } from "../core/store.ts";
import { createListing } from "./listing.ts";
import { createNotes, type Notes } from "./notes.ts";
import { createTables, type Tables } from "./tables.ts";
import { createTransactions, type Transactions } from "./transactions.ts";
import { createWaiters, type Waiters } from "./waiters.ts";

export interface EngineOptions {
  store: Store;
  clock: Clock;
  functions: FunctionPort;
  queues?: Pick<QueuePort, "send">;
  events?: EventPort;
  region: string;
  account: string;
}

/** What the engine's parts share. */
export interface EngineContext extends EngineOptions {
  tables: Tables;
  notes: Notes;
  listing: ReturnType<typeof createListing>;
  transactions: Transactions;
  waiters: Waiters;
  /** Nothing new is begun once it is set. */
  closed: boolean;
}

export function createContext(options: EngineOptions): EngineContext {
  const { store, clock } = options;
  const tables = createTables(store);
  const notes = createNotes(store);
  return {
    ...options,
    tables,
    notes,
    listing: createListing(store),
    transactions: createTransactions({ store, clock, tables, notes }),
    waiters: createWaiters(),
    closed: false,
  };
}
