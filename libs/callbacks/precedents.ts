import { z } from "zod";
import type { Item, Table } from "#platform";
import type { Review } from "./review.ts";

/** A decision that people made beside a score, and nothing of the person, the document or whoever decided. */
export const Precedent = z.object({
  at: z.iso.datetime(),
  role: z.string(),
  outcome: z.enum(["approved", "rejected"]),
  option: z.string().optional(),
  code: z.string().optional(),
  score: z.number(),
  /** By criterion, 0 to 100. */
  levels: z.record(z.string(), z.number()),
});
export type Precedent = z.infer<typeof Precedent>;

/** One of them, and by how much its levels differ from the review's: the mean over the criteria. */
export type Similar = Precedent & { distance: number };

export interface Precedents {
  /**
   * Decisions of people on the same workflow's review of the same name, in the same role, by the same criteria, whose levels
   * differ by at most `NEAR` on average: the nearest first. Of the last `LOOKED_AT` decisions; one query. Empty for a review
   * without a score.
   */
  similarTo(review: Review): Promise<Similar[]>;
}

export const NEAR = 15;
export const LOOKED_AT = 200;
/** After so long a decision is no example any more, and the table forgets it. */
const KEPT_DAYS = 730;
const DAY_SECONDS = 86_400;

const partition = ({ workflow, name }: Review) => `~decided#${workflow}#${name}`;
const keyOf = (review: Review) => ({ case: partition(review), entry: `${review.decision?.at}#${review.execution}` });

export function createPrecedents(table: Table): Precedents {
  return {
    async similarTo(review) {
      const own = levelsOf(review);
      if (!own) return [];
      const { items } = await table.query({
        key: "#case = :case",
        names: { "#case": "case" },
        values: { ":case": partition(review) },
        limit: LOOKED_AT,
        backwards: true,
      });
      return items
        .filter(({ entry }) => !String(entry).endsWith(`#${review.execution}`))
        .map((item) => Precedent.parse(item))
        .filter(({ role }) => role === review.request.role)
        .flatMap((precedent) => {
          const distance = distanceOf(own, precedent.levels);
          return distance !== undefined && distance <= NEAR ? [{ ...precedent, distance }] : [];
        })
        .toSorted((one, other) => one.distance - other.distance);
    },
  };
}

/** Keeps what a person decided beside a score; forgets it where a later outcome has taken its place. Can be repeated. */
export async function keepPrecedent(table: Table, review: Review, acts: readonly string[]): Promise<void> {
  if (acts.includes("superseded")) return table.remove(keyOf(review));
  const item = acts.includes("decided") ? precedentOf(review) : undefined;
  if (item) await table.putNew(item, "entry");
}

function precedentOf(review: Review): Item | undefined {
  const { decision, request } = review;
  const levels = levelsOf(review);
  if (!levels || !request.score || (decision?.outcome !== "approved" && decision?.outcome !== "rejected"))
    return undefined;
  const { outcome, at, option, code } = decision;
  return {
    ...keyOf(review),
    at,
    role: request.role,
    outcome,
    ...(option && { option }),
    ...(code && { code }),
    score: request.score.value,
    levels,
    expiresAt: Math.floor(Date.parse(at) / 1_000) + KEPT_DAYS * DAY_SECONDS,
  };
}

/** A score that could not be used is nothing to compare by. */
function levelsOf({ request: { score } }: Review): Record<string, number> | undefined {
  if (!score || score.isUnusable || score.reasons.length === 0) return undefined;
  return Object.fromEntries(score.reasons.map(({ criterion, level }) => [criterion, level]));
}

/** Undefined where they were judged by other criteria. */
function distanceOf(one: Record<string, number>, other: Record<string, number>): number | undefined {
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length || names.some((name) => other[name] === undefined)) return undefined;
  return names.reduce((sum, name) => sum + Math.abs((one[name] ?? 0) - (other[name] ?? 0)), 0) / names.length;
}
