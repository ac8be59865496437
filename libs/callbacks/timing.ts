import type { Core } from "./core.ts";
import { entryOfEnd } from "./core.ts";
import { keyOf, listKeys } from "./item.ts";
import { type AuditEntry, type Decision, type Review, roundOf } from "./review.ts";
import { newsFor, toldOf } from "./told.ts";
import { pauseLeft } from "./working.ts";

/** What happens to a review by the workflow and its timers. All of it can be repeated: a step may run twice. */
export interface Timing {
  /**
   * Opens a review; repeated, it changes nothing. Asked again by another callback (a stage that runs again), an open review
   * answers that one too; one that had ended answers here. A withdrawn execution's review ends at once.
   */
  open(review: Review, callbackId: string): Promise<Decision | undefined>;
  /** Ends a review whose deadline has passed, unless a person was faster; answers how it ended. */
  expire(id: string): Promise<Decision>;
  /** Ends every open review of an execution but an audit sample's, and every one that it would still open. Answers those that it ended. */
  withdraw(execution: string, reason: string): Promise<Review[]>;
  /** Ends one review, if it is open: the case goes on without it. */
  close(id: string, reason: string): Promise<void>;
  /** Notes that the holders of a role, or whoever has the review, were told of it as it is now. */
  told(id: string): Promise<void>;
  /** Notes that they were reminded for the `count`th time. */
  reminded(id: string, count: number): Promise<void>;
  /** Moves an open review to the inbox of a higher role; nobody has claimed it any more. */
  escalate(id: string, role: string): Promise<void>;
  /** Seconds for which the clock has stood still or may still stand, beyond `deadlineAt`, an earlier answer's; 0: it is over. */
  extension(id: string, deadlineAt: string): Promise<number>;
}

export function createTiming(core: Core): Timing {
  const { store, at, end, expiry, finishSoon } = core;
  const note = async (id: string, entry: AuditEntry, key?: string) => {
    const { review } = await store.find(id);
    const isNoted = review.audit.some(
      ({ act, details }) => act === entry.act && (!key || details?.[key] === entry.details?.[key]),
    );
    if (isNoted) return;
    const noted = await store.act(id, { entry });
    if (noted) await finishSoon(noted);
  };
  const by = "Longhaul";
  const withdrawal = (review: Review, reason: string): Decision => ({
    outcome: "withdrawn",
    at: at(),
    reason,
    comment: "",
    round: roundOf(review),
  });

  return {
    // The withdrawal is looked for after the review is in the table, as `withdraw` looks for reviews after its mark is:
    // whichever comes first, one of the two sees the other.
    async open(review, callbackId) {
      const isNew = await store.add(review, callbackId);
      if (!isNew) await store.askAgain(review, callbackId);
      const kept = await store.find(review.id);
      if (!isNew && kept.review.decision) return kept.review.decision;
      // A case that has ended is looked at all the same, whatever has taken its place.
      const reason = review.request.isSample ? undefined : await store.withdrawal(review.execution);
      if (reason !== undefined && kept.review.status === "open") await end(kept.review, withdrawal(review, reason), {});
      else await finishSoon(kept);
      return undefined;
    },

    // The execution that asks is awake: it takes the answer with it, and nothing has to be sent to it any more.
    async expire(id) {
      const { review } = await store.find(id);
      const decision = expiry(review);
      const settled = await store.settle(review, decision, { entry: entryOfEnd(decision), owed: false });
      const kept = settled ?? (await taken(await store.find(id)));
      return (await finishSoon(kept)).review.decision ?? decision;
    },

    async withdraw(execution, reason) {
      keyOf(`${execution}.any`);
      await store.markWithdrawn(execution, reason, at());
      const open = (await store.ofExecution(execution)).filter(
        ({ status, request }) => status === "open" && !request.isSample,
      );
      const ended = await Promise.all(open.map((review) => end(review, withdrawal(review, reason), {})));
      return ended.flatMap((settlement) => (settlement ? [settlement.review] : []));
    },

    async close(id, reason) {
      const { review } = await store.find(id);
      if (review.status === "open") await end(review, withdrawal(review, reason), {});
    },

    async told(id) {
      const review = await store.get(id);
      if (!newsFor(review)) return;
      const noted = await store.act(id, { entry: { act: "told", at: at(), by, details: toldOf(review) } });
      if (noted) await finishSoon(noted);
    },
    reminded: (id, count) => note(id, { act: "reminded", at: at(), by, details: { count } }, "count"),

    async escalate(id, role) {
      const { review } = await store.find(id);
      if (review.status !== "open" || review.escalatedTo) return;
      const moved = listKeys({ ...review, escalatedTo: role });
      const escalated = await store.act(id, {
        entry: { act: "escalated", at: at(), by, details: { role } },
        open: true,
        set: { escalatedTo: role, ...moved },
        remove: ["assignee", "assigned"],
      });
      if (escalated) await finishSoon(escalated);
    },

    async extension(id, deadlineAt) {
      const { review } = await store.find(id);
      if (review.status !== "open") return 0;
      const moved = (Date.parse(review.deadlineAt) - Date.parse(deadlineAt)) / 1_000;
      return Math.ceil(moved + (review.pausedAt ? pauseLeft(review) : 0));
    },
  };

  /** Notes that the execution has come for a decision whose sending did not reach it in time. */
  async function taken(kept: Awaited<ReturnType<typeof store.find>>) {
    const { review, keeping } = kept;
    if (review.delivered) return kept;
    const entry: AuditEntry = { act: "delivered", at: at(), by, note: "The execution came for it." };
    const done = await store.act(review.id, {
      entry,
      set: { delivered: true },
      remove: ["owed"],
      revision: keeping.revision,
    });
    return done ?? store.find(review.id);
  }
}
