import type { Context } from "hono";
import { InvalidDecisionError, NotPermittedError, type Review } from "#callbacks";
import { LonghaulError } from "#platform";
import { actorOf, maySee, type Visitor } from "../access.ts";
import type { Desk } from "../desk.ts";
import { act, type Route, show } from "../route.ts";
import { type BulkEntered, bulkBody, commonOptions } from "./bulk.ts";
import { bulkResults } from "./bulk-results.ts";
import { answeredBy } from "./chosen.ts";
import { page } from "./layout.ts";

/** At most this many at once: a page of the inbox. */
const MOST = 50;

/** A review that was chosen, or why it cannot be shown. */
export type Item = { id: string; review: Review } | { id: string; why: string };

/** Deciding several reviews alike: each is shown with a check of its own, and what came of each is told. */
export function bulkPages(desk: Desk): Route[] {
  const load = async (visitor: Visitor, ids: readonly string[]): Promise<Item[]> => {
    const chosen = [...new Set(ids)];
    if (chosen.length > MOST)
      throw new InvalidDecisionError(`Expected at most ${MOST} reviews at once, got ${chosen.length}.`);
    return Promise.all(chosen.map((id) => itemOf(desk, visitor, id)));
  };
  const confirm = async (c: Context, visitor: Visitor, { items, entered }: { items: Item[]; entered?: BulkEntered }) =>
    page(c, {
      title: "Decide together",
      visitor,
      status: entered ? 422 : 200,
      body: bulkBody({ items, entered, visitor, contracts: desk.contracts, now: desk.now() }),
    });

  return [
    show("/inbox/decide", "decider", async (c, visitor) =>
      confirm(c, visitor, { items: await load(visitor, c.req.queries("id") ?? []) }),
    ),

    act("/inbox/decide", "decider", async (c, visitor) => {
      const form = await c.req.parseBody({ all: true });
      const items = await load(visitor, listOf(form.shown));
      const checked = new Set(listOf(form.id));
      const chosen = items.flatMap((item) => ("review" in item && checked.has(item.id) ? [item.review] : []));
      const refused = (problem: string) => confirm(c, visitor, { items, entered: { form, problem } });
      if (chosen.length === 0) return refused("Check at least one of the reviews.");
      if (String(form.reason ?? "").trim() === "") return refused("Say why, in 1 to 2,000 characters.");
      const option = commonOptions(chosen).find(({ id }) => id === form.option);
      if (!option) return refused("Choose one of the options that all of the checked reviews have.");
      const shown = chosen.map(({ id }) => ({ id, version: String(form[`version.${id}`] ?? "") }));
      const outcomes = await desk.reviews.decideAll(shown, { ...actorOf(visitor), ...answeredBy(option, form) });
      const left = items.filter(({ id }) => !chosen.some((review) => review.id === id));
      return page(c, { title: "Decided together", visitor, body: bulkResults({ items, outcomes, left }) });
    }),
  ];
}

const listOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string" && one !== "");

async function itemOf({ reviews }: Desk, visitor: Visitor, id: string): Promise<Item> {
  try {
    const review = await reviews.get(id);
    if (!maySee(visitor, review)) throw new NotPermittedError("role", review.request.role);
    return { id, review };
  } catch (error) {
    if (error instanceof LonghaulError && !error.retryable) return { id, why: error.message };
    throw error;
  }
}
