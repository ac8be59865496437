import type { Clock } from "../core/clock.ts";
import type { Store } from "../core/store.ts";
import { errors } from "./errors.ts";
import type { ChainedTarget, Change, Execution, Journal } from "./execution.ts";
import type { Notes } from "./notes.ts";
import type { Tables } from "./tables.ts";

export type Transactions = ReturnType<typeof createTransactions>;

interface Unit {
  touched: Set<string>;
  afterCommit: (() => void)[];
  afterRollback: (() => void)[];
  soonestTimer: number;
}

/**
 * Executions in memory, and how they change: in transactions that the store commits together. Memory is never ahead of the
 * disk: what a failed transaction touched is dropped, and read again when it is next needed. An execution that neither runs
 * nor changes is not kept.
 */
export function createTransactions(parts: { store: Store; clock: Clock; tables: Tables; notes: Notes }) {
  const { store, clock, tables, notes } = parts;
  const loaded = new Map<string, Execution>();
  let unit: Unit | undefined;

  const current = (): Unit => {
    if (!unit) throw new Error("This is done within a transaction only.");
    return unit;
  };
  const find = (arn: string): Execution => {
    const execution = loaded.get(arn) ?? tables.load(arn);
    if (!execution) throw errors.notFound(`Durable execution: ${arn}`);
    return execution;
  };
  const hooks = {
    /** Last within each change: begins an invocation where one is due. */
    settle: (_change: Change): void => undefined,
    /** After a commit that set timers, with the time of the earliest. */
    timerSet: (_at: number): void => undefined,
    /** After a commit that posted something to the outbox. */
    posted: (): void => undefined,
    /** Within a change: an execution invokes another function. */
    chainedInvoke: (
      _change: Change,
      _operation: string,
      _target: ChainedTarget,
    ): ReturnType<Journal["chainedInvoke"]> => ({}),
  };

  const changeOf = (execution: Execution, events: object[]): Change => {
    const { row } = execution;
    const journal: Journal = {
      event: (event) => void events.push(event),
      timer(operation, kind, at) {
        notes.setTimer(row, { operation, kind }, at);
        if (at !== undefined) current().soonestTimer = Math.min(current().soonestTimer, at);
      },
      callback: (id, operation) => notes.addCallback(id, row, operation),
      chainedInvoke: (operation, target) => hooks.chainedInvoke(change, operation, target),
      cancelChainedInvoke: (operation) => notes.removeChainedInvoke(row, operation),
    };
    const change: Change = { execution, journal, now: clock.now() };
    return change;
  };

  /** Changes an execution within the transaction under way. */
  const within = <T>(arn: string, work: (change: Change) => T): T => {
    current().touched.add(arn);
    const execution = find(arn);
    loaded.set(arn, execution);
    const events: object[] = [];
    const change = changeOf(execution, events);
    const value = work(change);
    hooks.settle(change);
    tables.save(execution, events);
    return value;
  };

  const run = async <T>(work: () => T): Promise<T> => {
    const mine: Unit = {
      touched: new Set(),
      afterCommit: [],
      afterRollback: [],
      soonestTimer: Number.POSITIVE_INFINITY,
    };
    const undo = () => {
      for (const arn of mine.touched) loaded.delete(arn);
      for (const step of mine.afterRollback.splice(0)) step();
    };
    const whole = () => {
      unit = mine;
      try {
        return work();
      } catch (error) {
        undo();
        throw error;
      } finally {
        unit = undefined;
      }
    };
    // A commit that fails does so after the work.
    const value = await store.write(whole).catch((error: unknown) => {
      undo();
      throw error;
    });
    for (const arn of mine.touched) if (!loaded.get(arn)?.record.invocation) loaded.delete(arn);
    if (mine.soonestTimer < Number.POSITIVE_INFINITY) hooks.timerSet(mine.soonestTimer);
    for (const step of mine.afterCommit) step();
    return value;
  };

  return {
    hooks,
    run,
    within,
    /** Changes one execution in a transaction of its own. @throws WireError ResourceNotFoundException */
    change: <T>(arn: string, work: (change: Change) => T): Promise<T> => run(() => within(arn, work)),
    /** Takes a new execution into the transaction under way. */
    adopt(execution: Execution) {
      current().touched.add(execution.record.arn);
      loaded.set(execution.record.arn, execution);
    },
    afterCommit: (step: () => void) => void current().afterCommit.push(step),
    afterRollback: (step: () => void) => void current().afterRollback.push(step),
    /** Reads an execution, as it is in memory or on disk, and keeps nothing. */
    find,
    loaded: () => loaded.size,
  };
}
