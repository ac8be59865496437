import { isDeepStrictEqual } from "node:util";
import { type Item, queryAll, type Table } from "#platform";
import { createChain } from "./chain/chain.ts";
import { ReviewNotFoundError } from "./errors.ts";
import {
  isReview,
  type Kept,
  type Key,
  keptOf,
  keyOf,
  LIST_KEYS,
  listKeys,
  OURS,
  REVIEW_PREFIX,
  toItem,
  WITHDRAWN,
} from "./item.ts";
import type { AuditEntry, Decision, Review } from "./review.ts";

export type ReviewStore = ReturnType<typeof createReviewStore>;

/** One act on a review: its audit entry, and the attributes that it sets and removes. */
export interface Act {
  entry: AuditEntry;
  set?: Item;
  remove?: readonly string[];
  /** Takes place only if the review is still as it was read; undefined means that it is right whatever it is now. */
  revision?: number;
  /** Whether the review must be open; undefined: it does not matter. */
  open?: true;
}

const STATUS = { approved: "decided", rejected: "decided", expired: "expired", withdrawn: "withdrawn" } as const;

/**
 * The table behind the reviews. Each change of a review is one conditional write that also appends to its audit list and
 * puts it into the outbox, from which the case's chain, and an owed delivery, are made.
 */
export function createReviewStore(table: Table) {
  const find = async (key: Key): Promise<Item> => {
    const item = await table.get(key);
    if (!item) throw new ReviewNotFoundError(`${key.case}.${key.entry}`);
    return item;
  };

  /** Undefined where the act's conditions do not hold any more. */
  const act = async (id: string, { entry, set = {}, remove = [], revision, open }: Act): Promise<Kept | undefined> => {
    const all: Item = { ...set, outbox: "yes", outboxAt: entry.at };
    const names = [...Object.keys(all), ...remove, "audit", "revision", "entry", ...(open ? ["status"] : [])];
    const assignments = Object.keys(all).map((name) => `#${name} = :${name}`);
    const conditions = [
      "attribute_exists(#entry)",
      ...(open ? ["#status = :mustBeOpen"] : []),
      ...(revision === undefined ? [] : ["#revision = :madeFrom"]),
    ];
    const item = await table.update(keyOf(id), {
      update: [
        `SET ${[...assignments, "#audit = list_append(#audit, :entries)"].join(", ")}`,
        ...(remove.length > 0 ? [`REMOVE ${remove.map((name) => `#${name}`).join(", ")}`] : []),
        "ADD #revision :one",
      ].join(" "),
      condition: conditions.join(" AND "),
      names: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      values: {
        ...Object.fromEntries(Object.entries(all).map(([name, value]) => [`:${name}`, value])),
        ":entries": [entry],
        ":one": 1,
        ...(open && { ":mustBeOpen": "open" }),
        ...(revision !== undefined && { ":madeFrom": revision }),
      },
    });
    return item && keptOf(item);
  };

  return {
    table,
    chain: createChain(table),
    act,
    find: async (id: string): Promise<Kept> => keptOf(await find(keyOf(id))),
    get: async (id: string): Promise<Review> => keptOf(await find(keyOf(id))).review,

    /** Does nothing where the review is recorded already. */
    add: (review: Review, callbackId: string) => table.putNew(toItem(review, callbackId), "entry"),

    /**
     * An execution asks once more for an open review, by another callback: a stage of it was interrupted and runs again. The
     * review is then as it is asked for now, and agreements to another one are void. A callback that is known changes nothing.
     */
    async askAgain({ id, request, deadlineAt, escalatedTo }: Review, callbackId: string): Promise<void> {
      const { review: known } = keptOf(await find(keyOf(id)));
      const isOther = !isDeepStrictEqual(known.request, request);
      const lists = known.status === "open" ? listKeys({ ...known, request, ...(escalatedTo && { escalatedTo }) }) : {};
      const set = { deadlineAt, request, ...lists };
      await table.update(keyOf(id), {
        update: [
          `SET ${Object.keys(set).map((name) => `#${name} = :${name}`)}`,
          ", askedAgain = list_append(if_not_exists(askedAgain, :none), :again)",
          isOther ? " REMOVE votes" : "",
          " ADD revision :one",
        ].join(""),
        condition: "#status = :open AND callbackId <> :callbackId AND NOT contains(askedAgain, :callbackId)",
        names: Object.fromEntries([...Object.keys(set), "status"].map((name) => [`#${name}`, name])),
        values: {
          ...Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])),
          ":none": [],
          ":again": [callbackId],
          ":callbackId": callbackId,
          ":one": 1,
          ":open": "open",
        },
      });
    },

    /** Ends an open review. Undefined where it had ended or changed before. `owed`: the execution has to be told. */
    async settle(
      { id, workflow }: Review,
      decision: Decision,
      options: { entry: AuditEntry; owed: boolean; revision?: number },
    ): Promise<Kept | undefined> {
      const { entry, owed, revision } = options;
      const ended = { status: STATUS[decision.outcome], decision, settled: workflow, settledAt: decision.at };
      return act(id, {
        entry,
        open: true,
        set: { ...ended, ...(owed ? { owed: "yes" } : { delivered: true }) },
        remove: [...LIST_KEYS, "pausedAt"],
        ...(revision !== undefined && { revision }),
      });
    },

    /** Puts an ended review's redacted self in its place. */
    async replace(review: Review): Promise<void> {
      const item = await find(keyOf(review.id));
      const { id: _id, execution: _execution, ...rest } = review;
      const beside = Object.fromEntries(Object.entries(item).filter(([name]) => OURS.includes(name)));
      await table.put({ ...rest, ...beside });
    },

    /** Notes that the chain holds the first `chained` entries, and leaves the outbox if these are all and nothing is owed. */
    async kept(id: string, chained: number): Promise<void> {
      const key = keyOf(id);
      const values = { ":chained": chained };
      await table.update(key, {
        update: "SET chained = :chained REMOVE outbox, outboxAt",
        condition: "size(audit) = :chained AND attribute_not_exists(owed)",
        values,
      });
    },

    /** What is to be delivered or chained, page by page, the oldest first. Reviews and other entries alike. */
    async *outbox(): AsyncGenerator<Item[]> {
      let after: Item | undefined;
      do {
        const wanted = { index: "outbox", key: "outbox = :yes", values: { ":yes": "yes" }, limit: 100 };
        const page = await table.query({ ...wanted, ...(after && { after }) });
        yield page.items;
        after = page.next;
      } while (after);
    },

    async ofExecution(execution: string): Promise<Review[]> {
      const items = await queryAll(table, {
        key: "#case = :case AND begins_with(entry, :review)",
        names: { "#case": "case" },
        values: { ":case": execution, ":review": REVIEW_PREFIX },
      });
      return items.filter(isReview).map((item) => keptOf(item).review);
    },

    /** The keys of an execution's one-person links. */
    async links(execution: string): Promise<Key[]> {
      const items = await queryAll(table, {
        key: "#case = :case AND begins_with(entry, :link)",
        names: { "#case": "case" },
        values: { ":case": execution, ":link": "link#" },
      });
      return items.map(({ entry }) => ({ case: execution, entry: String(entry) }));
    },

    async markWithdrawn(execution: string, reason: string, at: string) {
      await table.putNew({ case: execution, entry: WITHDRAWN, reason, at }, "entry");
    },

    /** Why the execution was withdrawn, if it was. */
    async withdrawal(execution: string): Promise<string | undefined> {
      const item = await table.get({ case: execution, entry: WITHDRAWN });
      return item && String(item.reason);
    },
  };
}
