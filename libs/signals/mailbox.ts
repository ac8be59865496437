import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { type Item, logger, queryAll, type Table } from "#platform";
import { InvalidSignalError } from "./errors.ts";
import { MAX_SIGNAL_BYTES, Signal } from "./signal.ts";

/** A wait that listens: which signals it takes, and the callback that wakes it. */
export interface Listener {
  execution: string;
  /** The wait's own name, unique in its execution: a wait that is tried again finds what it had taken. */
  wait: string;
  names: readonly string[];
}

export interface Mailboxes {
  /**
   * Puts a signal into an execution's mailbox, whether or not anything listens yet, and wakes a wait that does. `new: false`:
   * it was there before. @throws InvalidSignalError
   */
  send(execution: string, signal: Signal): Promise<{ new: boolean }>;
  /** A wait is ready to be woken; it is at once where a signal lies there already. */
  listen(listener: Listener & { callbackId: string }): Promise<void>;
  /** The oldest signal that the wait takes, now its own; null where there is none. The wait no longer listens. */
  take(listener: Listener): Promise<Signal | null>;
  /** Wakes what a crash between a signal's writing and its ringing left asleep; answers how many signals it looked at. */
  sweep(): Promise<number>;
}

const SIGNAL = "signal#";
const WAIT = "wait#";
/** What may not have rung yet stands under this key in the table's outbox. */
const OUTBOX = "signals";
const SWEPT_AT_ONCE = 100;

const Waiting = z.object({ entry: z.string(), names: z.array(z.string()), callbackId: z.string() });

/**
 * Mailboxes in the reviews' table: an execution's signals and waits lie in its own partition. Every write comes before the
 * read that could miss it: a sender writes its signal and then looks for waits, a wait writes itself down and then looks for
 * signals, with consistent reads. So one of the two sees the other, and no signal is lost between two waits. `ring`
 * completes a callback; false where that has been done before.
 */
export function createMailboxes(options: { table: Table; ring: (callbackId: string) => Promise<boolean> }): Mailboxes {
  const { table, ring } = options;
  const entries = (execution: string, prefix: string): Promise<Item[]> =>
    queryAll(table, {
      key: "#case = :case AND begins_with(entry, :prefix)",
      names: { "#case": "case" },
      values: { ":case": execution, ":prefix": prefix },
    });
  const forget = (execution: string, entry: string) => table.remove({ case: execution, entry });

  const wake = async (execution: string, name: string) => {
    for (const item of await entries(execution, WAIT)) {
      const { entry, names, callbackId } = Waiting.parse(item);
      if (!names.includes(name)) continue;
      // All that fit: one may be of a stage that was left, whose callback still takes a ring. Who finds nothing listens again.
      if (!(await ring(callbackId))) await forget(execution, entry);
    }
  };
  const delivered = (execution: string, id: string) =>
    table.update({ case: execution, entry: SIGNAL + id }, { update: "REMOVE outbox, outboxAt" });

  return {
    async send(execution, given) {
      const parsed = Signal.safeParse(given);
      if (!parsed.success) throw new InvalidSignalError(z.prettifyError(parsed.error));
      const signal = parsed.data;
      const text = JSON.stringify(signal);
      if (Buffer.byteLength(text) > MAX_SIGNAL_BYTES)
        throw new InvalidSignalError(`Expected a signal of at most ${MAX_SIGNAL_BYTES} bytes as JSON, got more.`);
      const { id, name, at } = signal;
      const item = { case: execution, entry: SIGNAL + id, name, signal: text, at, outbox: OUTBOX, outboxAt: at };
      const isNew = await table.putNew(item, "entry");
      if (!isNew) refuseAnother(signal, await table.get({ case: execution, entry: item.entry }));
      // Also for one that was there: its first sender may have died before it rang.
      await wake(execution, name);
      await delivered(execution, id);
      return { new: isNew };
    },

    async listen({ execution, wait, names, callbackId }) {
      await table.put({ case: execution, entry: WAIT + wait, names: [...names], callbackId });
      const waiting = await entries(execution, SIGNAL);
      if (waiting.some((item) => isFor(item, { wait, names }))) await ring(callbackId);
    },

    async take({ execution, wait, names }) {
      const mine = (await entries(execution, SIGNAL)).filter((item) => isFor(item, { wait, names })).sort(inOrder);
      // What an earlier attempt of this wait took comes first: it is the one that was acknowledged to nobody yet.
      const sorted = [...mine.filter(({ takenBy }) => takenBy === wait), ...mine.filter(({ takenBy }) => !takenBy)];
      for (const { entry, signal } of sorted) {
        const taken = await table.update(
          { case: execution, entry },
          {
            update: "SET takenBy = :wait",
            condition: "attribute_not_exists(takenBy) OR takenBy = :wait",
            values: { ":wait": wait },
          },
        );
        if (!taken) continue;
        await forget(execution, WAIT + wait);
        return Signal.parse(JSON.parse(String(signal)));
      }
      await forget(execution, WAIT + wait);
      return null;
    },

    async sweep() {
      const { items } = await table.query({
        index: "outbox",
        key: "outbox = :signals",
        values: { ":signals": OUTBOX },
        limit: SWEPT_AT_ONCE,
      });
      // One whose ring is refused, as over Lambda's rate, holds up none of the others.
      for (const { case: execution, name, entry } of items) {
        try {
          await wake(String(execution), String(name));
          await delivered(String(execution), String(entry).slice(SIGNAL.length));
        } catch (error) {
          const what = error instanceof Error ? error.name : "unknown";
          logger.warn("A signal waits for the next sweep", { execution, entry, error: what });
        }
      }
      return items.length;
    },
  };
}

/** @throws InvalidSignalError where another signal has this one's id */
function refuseAnother({ id, name, payload }: Signal, item: Item | undefined) {
  const known = Signal.safeParse(JSON.parse(String(item?.signal ?? "null"))).data;
  if (!known || (known.name === name && isDeepStrictEqual(known.payload, payload))) return;
  throw new InvalidSignalError(`Expected id ${id} to be new, or to come with what it came with before.`);
}

const isFor = ({ name, takenBy }: Item, { wait, names }: Pick<Listener, "wait" | "names">) =>
  names.includes(String(name)) && (takenBy === undefined || takenBy === wait);

const inOrder = (one: Item, other: Item) =>
  String(one.at).localeCompare(String(other.at)) || String(one.entry).localeCompare(String(other.entry));
