import { outcomeKey, toOutcome } from "./cases/outcome.ts";
import { type CaseExport, HOW_TO_VERIFY } from "./chain/export.ts";
import { type Verification, verifyEvidence } from "./chain/verify.ts";
import type { Core } from "./core.ts";
import { digestOf, versionOf } from "./digest.ts";
import { awaitsOutside, eraseBeside } from "./erasing.ts";
import { InvalidDecisionError, ReviewNotFoundError } from "./errors.ts";
import { keyOf } from "./item.ts";
import type { Person } from "./person.ts";
import type { Review } from "./review.ts";

/** One entry of a case's chain with who acted, where that has not been erased. */
export interface HistoryEntry {
  seq: number;
  act: string;
  at: string;
  review?: string | undefined;
  details?: Record<string, unknown> | undefined;
  /** Undefined: erased. */
  by?: string | undefined;
  words?: string | undefined;
  hash: string;
}

/** What can be proved of a case, years later. */
export interface Proof {
  /** Notes that a person was shown a review as it is now; once for each version of it. */
  shown(id: string, by: Person): Promise<void>;
  /** Everything that happened to a case, in order. */
  history(execution: string): Promise<HistoryEntry[]>;
  /** Looks for any change, removal or reordering. `known`: the chain's end as an export or the log shows it. */
  verify(execution: string, known?: { seq: number; hash: string }): Promise<Verification>;
  /**
   * The case as one file; that it was exported, and by whom, is the last entry. `readText` gives the document that a review is
   * about, to be in the file too. @throws ReviewNotFoundError
   */
  exportCase(
    execution: string,
    by: Person,
    readText?: (review: Review) => Promise<string | undefined>,
  ): Promise<CaseExport>;
  /**
   * Writes into the chains of both that one execution repeats another that came to no good end, who asked for it, and what was
   * taken over of the record. Repeated, it changes nothing.
   */
  repeated(execution: string, by: Person, again: { as: string; taken?: readonly string[] }): Promise<void>;
  /**
   * Erases who acted and what they said, and what the case was about, from beside the chain and from the ended reviews;
   * the chain still verifies. So are the answers of outside systems and the payloads of signals. The documents are the
   * workflow's. Can be repeated. @throws InvalidDecisionError where a review is open or an outside answer is still awaited
   */
  erase(execution: string, by: Person, reason: string): Promise<{ erased: number }>;
}

const ERASED = "erased";

export function createProof({ store, at, now, finishSoon }: Core): Proof {
  const { chain } = store;
  const personalOf = (by: Person, words?: string) => ({
    by: by.name,
    subject: by.subject,
    ...(by.email && { email: by.email }),
    ...(by.via && { via: by.via }),
    ...(words !== undefined && { words }),
  });
  /** Writes out what has not come into the chain yet. */
  const complete = async (execution: string): Promise<Review[]> => {
    keyOf(`${execution}.any`);
    const reviews = await store.ofExecution(execution);
    const behind = await Promise.all(reviews.map(({ id }) => store.find(id)));
    for (const kept of behind) if (kept.keeping.chained < kept.review.audit.length) await finishSoon(kept);
    return reviews;
  };
  const evidence = async (execution: string) => {
    const [reviews, entries, personal, head] = await Promise.all([
      store.ofExecution(execution),
      chain.entries(execution),
      chain.personal(execution),
      chain.head(execution),
    ]);
    return { reviews, entries, personal: [...personal.values()].map(({ record }) => record), head };
  };

  return {
    async shown(id, by) {
      const review = await store.get(id);
      const version = versionOf(review);
      await chain.append(review.execution, {
        source: `shown#${digestOf({ id, version, subject: by.subject })}`,
        act: "shown",
        at: at(),
        review: review.name,
        version,
        personal: personalOf(by),
      });
    },

    async history(execution) {
      keyOf(`${execution}.any`);
      const [entries, personal] = await Promise.all([chain.entries(execution), chain.personal(execution)]);
      return entries.map(({ seq, act, at: when, review, details, hash, personal: digest }) => {
        const record = personal.get(digest)?.record;
        return { seq, act, at: when, review, details, hash, by: record?.by, words: record?.words };
      });
    },

    async verify(execution, known) {
      await complete(execution);
      const found = await evidence(execution);
      const own = verifyEvidence(found);
      if (!known) return own;
      const { problems } = verifyEvidence({ ...found, head: known });
      const all = [...new Set([...own.problems, ...problems])];
      return { ...own, problems: all, valid: all.length === 0 };
    },

    async exportCase(execution, by, readText) {
      const reviews = await complete(execution);
      const exportedAt = at();
      if (reviews.length === 0 && (await chain.entries(execution)).length === 0)
        throw new ReviewNotFoundError(execution);
      await chain.append(execution, {
        source: `exported#${exportedAt}#${digestOf(by.subject).slice(0, 16)}`,
        act: "exported",
        at: exportedAt,
        personal: personalOf(by),
      });
      const found = await evidence(execution);
      const outcome = await store.table.get(outcomeKey(execution));
      const texts = readText
        ? await Promise.all(reviews.map(async (review) => [review.name, await readText(review)] as const))
        : [];
      const documents = texts.flatMap(([review, text]) =>
        text === undefined ? [] : [{ review, sha256: digestOf(text), text }],
      );
      return {
        format: "longhaul.case/1",
        execution,
        exportedAt,
        verification: HOW_TO_VERIFY,
        ...found,
        ...(outcome && { outcome: toOutcome(outcome) }),
        ...(documents.length > 0 && { documents }),
      };
    },

    async repeated(execution, by, { as, taken }) {
      await complete(execution);
      const took = taken ? { taken: [...taken] } : { from: "the beginning" };
      // What was noted and never started, for a kill came between, may be repeated in another way.
      const way = digestOf({ subject: by.subject, ...took }).slice(0, 16);
      const { seq, hash } = await chain.append(execution, {
        source: `repeated#${as}#${way}`,
        act: "repeated",
        at: at(),
        details: { as, ...took },
        personal: personalOf(by),
      });
      await chain.append(as, {
        source: `repeats#${way}`,
        act: "repeats",
        at: at(),
        details: { of: execution, seq, hash, ...took },
        personal: personalOf(by),
      });
    },

    async erase(execution, by, reason) {
      const reviews = await complete(execution);
      if (reviews.some(({ status }) => status === "open"))
        throw new InvalidDecisionError("Expected a case whose reviews have all ended: one of them is open.");
      if (await awaitsOutside(store, execution, now()))
        throw new InvalidDecisionError(
          "Expected a case that waits for nothing: an outside system's answer is awaited.",
        );
      const personal = [...(await chain.personal(execution)).entries()];
      const gone = personal.filter(([, { source }]) => !source.startsWith(`${ERASED}#`));
      // First what will be gone, then its going: a crash between the two leaves data, which can be erased again, never a doubt.
      const erasedAt = at();
      await chain.append(execution, {
        source: `${ERASED}#${erasedAt}#${digestOf(by.subject).slice(0, 16)}`,
        act: ERASED,
        at: erasedAt,
        details: { digests: gone.map(([digest]) => digest) },
        personal: personalOf(by, reason),
      });
      await Promise.all(gone.map(([, { source }]) => chain.erase(execution, source)));
      await eraseBeside(store, execution, reviews);
      return { erased: gone.length };
    },
  };
}
