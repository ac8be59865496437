import { z } from "zod";
import { type Actor, authorityOver } from "./authority.ts";
import type { ReviewAnswer, Settlement } from "./deciding.ts";
import { digestOf } from "./digest.ts";
import { BusyReviewError, ReviewEndedError } from "./errors.ts";
import { matches, mintToken, parseToken } from "./external/token.ts";
import { keyOf } from "./item.ts";
import { Person } from "./person.ts";
import { type Problem, problem } from "./problem.ts";
import type { Review } from "./review.ts";
import type { Reviews } from "./reviews.ts";
import type { ReviewStore } from "./store.ts";

/** A link that still opens: the review, and who it is for. */
export interface OpenLink {
  review: Review;
  person: Person;
}

/** Links for people without an account: one token opens one review for one person, to read it and to decide it once. */
export interface Links {
  /**
   * Makes a link's token; only its SHA-256 is kept. Whoever gives it must be allowed to decide the review, and vouches for
   * the person with the own name. @throws NotPermittedError, ReviewEndedError
   */
  issue(id: string, given: Actor & { to: Person }): Promise<string>;
  /** What a token opens; reading it changes nothing. A problem where it opens nothing (any more). */
  open(token: string): Promise<OpenLink | { problem: Problem }>;
  /** Decides as the link's person. @throws as `decide` does */
  decide(
    token: string,
    answer: Omit<ReviewAnswer, "by" | "roles" | "lent">,
  ): Promise<Settlement | { problem: Problem }>;
}

const Link = z.object({ person: Person, hash: z.string(), generation: z.number() });
const NO_HASH = "0".repeat(64);
const TRIES = 25;

const refusals = {
  unknown: () => problem("link-unknown", 404, { title: "No such link", detail: "This link opens nothing." }),
  ended: (review: Review) =>
    problem("link-used", 410, {
      title: "The review has ended",
      detail: `It is ${review.status}; this link opens nothing any more.`,
    }),
  late: (review: Review) =>
    problem("link-expired", 410, {
      title: "The deadline has passed",
      detail: `This link could be used until ${review.deadlineAt}.`,
    }),
  given: () =>
    problem("link-revoked", 410, {
      title: "The review was given to somebody else",
      detail: "Links that were made before open nothing any more.",
    }),
};

/** It changes when the review is given to somebody else: links of before are dead, also if it comes back. */
const generationOf = ({ audit }: Review) =>
  audit.filter(({ act }) => act === "reassigned" || act === "escalated" || act === "claimed").length;

const keyFor = (id: string, hash: string) => {
  const { case: execution, entry } = keyOf(id);
  return { case: execution, entry: `link#${entry}#${hash.slice(0, 32)}` };
};

export function createLinks(options: { store: ReviewStore; reviews: Reviews; now?: () => number }): Links {
  const { store, reviews, now = Date.now } = options;

  const open: Links["open"] = async (token) => {
    const parsed = parseToken(token);
    if (!parsed) return { problem: refusals.unknown() };
    const id = `${parsed.execution}.${parsed.name}`;
    const item = await store.table.get(keyFor(id, digestOf(parsed.secret)));
    const link = item && Link.parse(item);
    if (!matches(parsed.secret, [link?.hash ?? NO_HASH]) || !link) return { problem: refusals.unknown() };
    const review = await store.get(id);
    if (review.status !== "open") return { problem: refusals.ended(review) };
    if (!review.pausedAt && now() >= Date.parse(review.deadlineAt)) return { problem: refusals.late(review) };
    if (generationOf(review) !== link.generation) return { problem: refusals.given() };
    return { review, person: link.person };
  };

  return {
    async issue(id, { to, ...actor }) {
      const { by } = actor;
      for (let tries = 0; tries < TRIES; tries += 1) {
        const { review, keeping } = await store.find(id);
        if (review.status !== "open") throw new ReviewEndedError(review.status);
        authorityOver(review, actor);
        const person = Person.parse({ ...to, via: `one-person link, given by ${by.name}`.slice(0, 300) });
        authorityOver(review, { by: person, roles: [review.request.role] });
        const { token, hash } = mintToken(review.execution, review.name);
        const link = { person, hash, generation: generationOf(review) };
        await store.table.putNew({ ...keyFor(id, hash), ...link }, "entry");
        const at = new Date(now()).toISOString();
        const entry = { act: "linked" as const, at, by: by.name, person: by, note: `For ${person.name}.` };
        if (await store.act(id, { entry, open: true, revision: keeping.revision })) return token;
        await store.table.remove(keyFor(id, hash));
      }
      throw new BusyReviewError();
    },

    open,

    async decide(token, answer) {
      const link = await open(token);
      if ("problem" in link) return link;
      const { review, person } = link;
      return reviews.decide(review.id, { ...answer, by: person, roles: [review.request.role] });
    },
  };
}
