import { z } from "zod";
import { type Actor, type Authority, assertNotOthers, assertSecondPerson, authorityOver } from "./authority.ts";
import { chosenOption } from "./chosen-option.ts";
import type { Core } from "./core.ts";
import { versionOf } from "./digest.ts";
import { BusyReviewError, InvalidDecisionError, OutdatedViewError } from "./errors.ts";
import { createLosing } from "./losing.ts";
import { Person } from "./person.ts";
import type { ReviewOption } from "./request.ts";
import { type AuditEntry, type Decision, Outcome, type Review, roundOf } from "./review.ts";

/**
 * What came of a decision. Where `won` is false, `why` says why not, and `review.decision` who decided, when and what.
 * Where it takes two people and this was the first, `won` is true, the review stays open and `waitingFor` is 1.
 */
export interface Settlement {
  won: boolean;
  review: Review;
  why?: "duplicate" | "decided" | "expired" | "withdrawn" | "superseded";
  waitingFor?: number;
  /**
   * Whether the decision has reached the execution: `pending` is left to the sweeper; `undeliverable` says that nothing waits
   * for it any more (the execution has ended), so that it is on record and nothing will follow.
   */
  delivery?: "delivered" | "pending" | "undeliverable";
}

export interface ReviewAnswer extends Actor {
  outcome: Outcome;
  /** Which of the review's options; needed only where several have the same outcome. */
  option?: string;
  /** What was filled in with the option's form. */
  answers?: Record<string, z.core.util.JSONType>;
  /** Why, in the person's words: 1 to 2,000 characters. */
  reason: string;
  comment?: string;
  /** One of the reason codes that the option offers. */
  code?: string;
  /** What the person was shown (`versionOf`): if the case has changed since, nothing is decided. */
  version?: string;
}

export interface Deciding {
  /**
   * Settles a review by a person's decision with one conditional write, then delivers it to the execution. A second,
   * late or concurrent decision changes nothing and answers `won: false` with what had been decided.
   * @throws ReviewNotFoundError, NotPermittedError, InvalidDecisionError, OutdatedViewError
   */
  decide(id: string, answer: ReviewAnswer): Promise<Settlement>;
  /**
   * Decides up to 100 reviews alike, each with all its checks and as the person was shown it (`version`); one that is refused
   * stops none of the others.
   */
  decideAll(items: readonly BulkItem[], answer: Omit<ReviewAnswer, "version">): Promise<BulkOutcome[]>;
}

export interface BulkItem {
  id: string;
  version?: string;
}

export type BulkOutcome =
  | { id: string; settlement: Settlement }
  | { id: string; error: { code: string; message: string } };

const Answer = z.strictObject({
  outcome: Outcome,
  option: z.string().optional(),
  answers: z.record(z.string(), z.json()).optional(),
  reason: z.string().trim().min(1, "a reason of 1 to 2,000 characters").max(2_000, "a reason of 1 to 2,000 characters"),
  comment: z.string().trim().max(4_000, "a comment of at most 4,000 characters").default(""),
  by: Person,
  roles: z.array(z.string()).readonly(),
  lent: z.array(z.unknown()).readonly().optional(),
  version: z.string().optional(),
  code: z.string().optional(),
});

const BULK = 100;
const TRIES = 25;

export function createDeciding(core: Core): Deciding {
  const { late, lost } = createLosing(core);
  const { store, now, at, end, finishSoon, equipped } = core;

  const attempt = async (id: string, given: ReviewAnswer): Promise<Settlement | undefined> => {
    const { review, keeping } = await store.find(id);
    const answer = await equipped(review, given);
    const authority = authorityOver(review, answer);
    const parsed = Answer.safeParse(answer);
    if (!parsed.success) throw new InvalidDecisionError(z.prettifyError(parsed.error));
    if (review.status !== "open") return lost(review, decisionOf(parsed.data));
    if (!review.pausedAt && now() >= Date.parse(review.deadlineAt)) return late(review, decisionOf(parsed.data));
    assertNotOthers(review, answer);
    if (answer.version && answer.version !== versionOf(review)) throw new OutdatedViewError();
    const option = chosenOption(review.request, parsed.data);

    const decision = { ...decisionOf(parsed.data), ...onBehalf(authority), round: roundOf(review), option: option.id };
    const entry = entryOf(decision, authority, answer.version);
    const isSettled = option.outcome === "rejected" || agreements(review, option) + 1 >= (review.request.quorum ?? 1);
    if (!isSettled || review.votes?.length) assertSecondPerson(review, answer, authority);
    if (!isSettled) {
      const { by = answer.by, at: when, reason, onBehalfOf, code } = decision;
      const vote = {
        by,
        ...(onBehalfOf && { onBehalfOf }),
        option: option.id,
        at: when,
        reason,
        ...(code !== undefined && { code }),
      };
      const voted = await store.act(id, {
        entry: { ...entry, act: "agreed" },
        open: true,
        revision: keeping.revision,
        set: { votes: [...(review.votes ?? []), vote] },
        remove: ["assignee", "assigned"],
      });
      return voted && { won: true, review: (await finishSoon(voted)).review, waitingFor: 1 };
    }
    const agreed = (review.votes ?? []).filter((vote) => vote.option === option.id).map(({ by }) => by);
    const whole: Decision = { ...decision, ...(agreed.length > 0 && { with: agreed }) };
    return end(review, whole, { entry, revision: keeping.revision });
  };

  const decisionOf = ({ outcome, by, reason, comment, answers, code }: z.infer<typeof Answer>): Decision => ({
    outcome,
    by,
    at: at(),
    reason,
    comment,
    round: 1,
    ...(answers && { answers }),
    ...(code !== undefined && { code }),
  });

  const decide: Deciding["decide"] = async (id, answer) => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const settlement = await attempt(id, answer);
      if (settlement) return settlement;
    }
    throw new BusyReviewError();
  };

  return {
    decide,
    async decideAll(items, answer) {
      if (items.length > BULK)
        throw new InvalidDecisionError(`Expected at most ${BULK} reviews at once, got ${items.length}.`);
      const versions = new Map(items.map(({ id, version }) => [id, version]));
      const outcomes: BulkOutcome[] = [];
      for (const [id, version] of versions)
        outcomes.push(await decideOne(id, () => decide(id, { ...answer, ...(version && { version }) })));
      return outcomes;
    },
  };
}

async function decideOne(id: string, decide: () => Promise<Settlement>): Promise<BulkOutcome> {
  try {
    return { id, settlement: await decide() };
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string };
    if (typeof code !== "string") throw error;
    return { id, error: { code, message } };
  }
}

const agreements = (review: Review, option: ReviewOption) =>
  (review.votes ?? []).filter((vote) => vote.option === option.id).length;

const onBehalf = ({ onBehalfOf }: Authority) => (onBehalfOf.length > 0 ? { onBehalfOf } : {});

/** `version` only where the person has said what they were shown: it is not guessed. */
function entryOf(decision: Decision, { role, onBehalfOf }: Authority, version: string | undefined): AuditEntry {
  const { by, at, reason, outcome, option, code } = decision;
  return {
    act: "decided",
    at,
    by: by?.name ?? "Longhaul",
    ...(by && { person: by }),
    note: reason,
    ...(version && { version }),
    details: {
      outcome,
      role,
      round: decision.round,
      ...(option && { option }),
      ...(code !== undefined && { code }),
      ...(onBehalfOf.length > 0 && { delegations: onBehalfOf.length }),
    },
  };
}
