import type { Item, Table } from "#platform";
import { ReviewNotFoundError } from "./errors.ts";
import { fromItem, isReview, type Key, keyOf, toItem, WITHDRAWN } from "./item.ts";
import type { AuditEntry, Decision, Review } from "./review.ts";

export type ReviewStore = ReturnType<typeof createReviewStore>;

const STATUS = { approved: "decided", rejected: "decided", expired: "expired", withdrawn: "withdrawn" } as const;

/** The table behind the reviews: each change of a review is one conditional write that also appends to its audit list. */
export function createReviewStore(table: Table) {
  const find = async (key: Key) => {
    const item = await table.get(key);
    if (!item) throw new ReviewNotFoundError(`${key.case}.${key.entry}`);
    return item;
  };

  return {
    get: async (id: string): Promise<Review> => fromItem(await find(keyOf(id))),

    /** The secret half of a review: only delivery asks for it. */
    callbackId: async (id: string) => String((await find(keyOf(id))).callbackId),

    /** Does nothing where the review is recorded already. */
    add: (review: Review, callbackId: string) => table.putNew(toItem(review, callbackId), "entry"),

    /** Ends an open review. Undefined where it had ended before: somebody else has won. `deliver` leaves it for delivery. */
    async settle(id: string, decision: Decision, deliver: boolean): Promise<Review | undefined> {
      const status = STATUS[decision.outcome];
      const act = status;
      const entry: AuditEntry = { act, at: decision.at, by: decision.by?.name ?? "Longhaul", note: decision.reason };
      const item = await table.update(keyOf(id), {
        update: `SET #status = :status, decision = :decision, settledAt = :at, audit = list_append(audit, :entry)${deliver ? ", undelivered = :yes" : ", delivered = :true"} REMOVE inbox`,
        condition: "#status = :open",
        names: { "#status": "status" },
        values: {
          ":status": status,
          ":open": "open",
          ":decision": decision,
          ":at": decision.at,
          ":entry": [entry],
          ...(deliver ? { ":yes": "yes" } : { ":true": true }),
        },
      });
      return item && fromItem(item);
    },

    /** Records that a settled review's callback was sent, or could not be taken. Undefined where that was recorded before. */
    async delivered(id: string, entry: AuditEntry): Promise<Review | undefined> {
      const item = await table.update(keyOf(id), {
        update: "SET delivered = :delivered, audit = list_append(audit, :entry) REMOVE undelivered",
        condition: "undelivered = :yes",
        values: { ":delivered": entry.act === "delivered", ":entry": [entry], ":yes": "yes" },
      });
      return item && fromItem(item);
    },

    async append(id: string, entry: AuditEntry) {
      await table.update(keyOf(id), {
        update: "SET audit = list_append(audit, :entry)",
        values: { ":entry": [entry] },
      });
    },

    /** Open reviews of a role, the nearest deadline first. */
    listOpen: (role: string, limit: number, after?: Item) =>
      table.query({ index: "inbox", key: "inbox = :role", values: { ":role": role }, limit, ...(after && { after }) }),

    /** Settled, not yet delivered: the oldest first. */
    async undelivered(limit: number): Promise<Review[]> {
      const { items } = await table.query({
        index: "undelivered",
        key: "undelivered = :yes",
        values: { ":yes": "yes" },
        limit,
      });
      return items.map(fromItem);
    },

    async ofExecution(execution: string): Promise<Review[]> {
      const { items } = await table.query({
        key: "#case = :case",
        names: { "#case": "case" },
        values: { ":case": execution },
      });
      return items.filter(isReview).map(fromItem);
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
