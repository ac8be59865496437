import { z } from "zod";
import { logger } from "#platform";
import { type Actor, assertNotOthers, authorityOver } from "./authority.ts";
import type { Core } from "./core.ts";
import { BusyReviewError, InvalidDecisionError, NotPermittedError, ReviewEndedError } from "./errors.ts";
import type { Kept } from "./item.ts";
import { isNamed, isSamePerson, Person } from "./person.ts";
import { type AuditEntry, type Review, roundOf } from "./review.ts";
import type { Act } from "./store.ts";

/** What people do with an open review besides deciding it. All of it is audited; who may decide may do all of it. */
export interface Working {
  /** Takes the review for oneself: nobody else decides it meanwhile. `takeOver` takes it from whoever has it. */
  claim(id: string, actor: Actor & { takeOver?: boolean }): Promise<Review>;
  /** Gives it back to everybody; like all the others, for those who may decide. */
  release(id: string, actor: Actor): Promise<Review>;
  /** Gives it to somebody else, who must hold the role when it comes to deciding. */
  reassign(id: string, actor: Actor & { to: Person; reason: string }): Promise<Review>;
  comment(id: string, actor: Actor & { text: string }): Promise<Review>;
  /** Asks the applicant for more, and tells them by mail that there is a question. Where the workflow allows it, the clock stands still until the answer. */
  ask(id: string, actor: Actor & { text: string }): Promise<Review>;
  /** The applicant's answer to the last question: the case comes before people again, in a new round; agreements of before are void. */
  answer(id: string, given: { by: Person; text: string }): Promise<Review>;
}

/** Undefined: there is nothing to do. */
type Planned = Omit<Act, "revision" | "open"> | undefined;

const Text = z.string().trim().min(1, "1 to 4,000 characters").max(4_000, "1 to 4,000 characters");
const QUESTIONS = 10;
const COMMENTS = 100;
const TRIES = 25;

export function createWorking(core: Core, tellApplicant?: (review: Review) => Promise<unknown>): Working {
  const { store, now, at, finishSoon, equipped } = core;
  /** Reads, judges and writes until nobody else has written in between. */
  const change = async (id: string, plan: (kept: Kept) => Planned | Promise<Planned>): Promise<Review> => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const kept = await store.find(id);
      if (kept.review.status !== "open") throw new ReviewEndedError(kept.review.status);
      const act = await plan(kept);
      if (!act) return kept.review;
      const done = await store.act(id, { ...act, open: true, revision: kept.keeping.revision });
      if (done) return (await finishSoon(done)).review;
    }
    throw new BusyReviewError();
  };
  const entry = (act: AuditEntry["act"], { by }: Pick<Actor, "by">, note?: string): AuditEntry => ({
    act,
    at: at(),
    by: by.name,
    person: by,
    ...(note !== undefined && { note }),
  });

  return {
    claim: (id, actor) =>
      change(id, async ({ review }) => {
        authorityOver(review, await equipped(review, actor));
        if (!actor.takeOver) assertNotOthers(review, actor);
        if (review.assignee && isSamePerson(review.assignee, actor.by)) return undefined;
        return { entry: entry("claimed", actor), set: assignTo(actor.by) };
      }),

    release: (id, actor) =>
      change(id, async ({ review }) => {
        authorityOver(review, await equipped(review, actor));
        assertNotOthers(review, actor);
        if (!review.assignee) return undefined;
        return { entry: entry("released", actor), remove: ["assignee", "assigned"] };
      }),

    reassign: (id, { to, reason, ...actor }) =>
      change(id, async ({ review }) => {
        authorityOver(review, await equipped(review, actor));
        const person = Person.parse(to);
        if (
          [review.request.requester, ...(review.request.mayNotDecide ?? [])].some(
            (name) => name && isNamed(person, name),
          )
        )
          throw new NotPermittedError("excluded", review.request.role);
        return {
          entry: entry("reassigned", actor, `To ${person.name}: ${textOf("reason", reason)}`),
          set: assignTo(person),
        };
      }),

    comment: (id, { text, ...actor }) =>
      change(id, async ({ review }) => {
        authorityOver(review, await equipped(review, actor));
        const { comments = [] } = review;
        if (comments.length >= COMMENTS) throw new InvalidDecisionError(`Expected at most ${COMMENTS} comments.`);
        const said = { by: actor.by, at: at(), text: textOf("text", text) };
        return { entry: entry("commented", actor, said.text), set: { comments: [...comments, said] } };
      }),

    ask: async (id, { text, ...actor }) => {
      const review = await change(id, async ({ review }) => {
        authorityOver(review, await equipped(review, actor));
        const { questions = [], pausedAt } = review;
        if (questions.length >= QUESTIONS) throw new InvalidDecisionError(`Expected at most ${QUESTIONS} questions.`);
        const asked = { by: actor.by, at: at(), text: textOf("text", text) };
        const stands = pausedAt === undefined && pauseLeft(review) > 0;
        return {
          entry: entry("asked", actor, asked.text),
          set: { questions: [...questions, asked], ...(stands && { pausedAt: asked.at }) },
        };
      });
      // The question stands; a mail that cannot be sent does not take it back.
      await tellApplicant?.(review).catch((error: unknown) =>
        logger.warn("The applicant could not be told of a question", {
          review: id,
          error: error instanceof Error ? error.name : "unknown",
        }),
      );
      return review;
    },

    answer: (id, { by, text }) =>
      change(id, ({ review }) => {
        const { requester } = review.request;
        if (!requester || !isNamed(by, requester)) throw new NotPermittedError("applicant", review.request.role);
        const { questions = [] } = review;
        if (questions.every((question) => question.answer))
          throw new InvalidDecisionError("No question waits for an answer.");
        const answer = { by, at: at(), text: textOf("text", text) };
        const answered = questions.map((question) => (question.answer ? question : { ...question, answer }));
        return {
          entry: entry("answered", { by }, answer.text),
          set: { questions: answered, round: roundOf(review) + 1, ...resumed(review, now()) },
          // Who has agreed has agreed to what was known before.
          remove: ["pausedAt", "votes"],
        };
      }),
  };
}

const assignTo = (person: Person) => ({ assignee: person, assigned: person.subject });

function textOf(field: string, text: string): string {
  const parsed = Text.safeParse(text);
  if (!parsed.success) throw new InvalidDecisionError(`Expected \`${field}\` to have 1 to 4,000 characters.`);
  return parsed.data;
}

/** How long the clock may still stand still, in seconds. */
export const pauseLeft = ({ request, pausedSeconds = 0 }: Review) =>
  Math.max(0, (request.pauseSeconds ?? 0) - pausedSeconds);

/** The clock goes on: the deadline moves by as long as it stood, at most by what was left. */
function resumed(review: Review, now: number) {
  if (!review.pausedAt) return {};
  const stood = Math.min(pauseLeft(review), (now - Date.parse(review.pausedAt)) / 1_000);
  return {
    pausedSeconds: (review.pausedSeconds ?? 0) + stood,
    deadlineAt: new Date(Date.parse(review.deadlineAt) + stood * 1_000).toISOString(),
  };
}
