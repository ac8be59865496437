import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { requestDecision } from "#callbacks";
import type { Draft } from "#scoring";
import { step } from "#workflow";
import type { Activities } from "./activities.ts";
import { askPartner, type Done } from "./ask-partner.ts";
import { type Deadlines, deadlinesOf, type Preparation, secondsFromNow } from "./deadlines.ts";
import { endBy, notesIn } from "./ending.ts";
import type { Hire, Note } from "./hire.ts";
import { backgroundReview, lateReview, planReview, planRules } from "./reviews.ts";

interface Preparing {
  hire: Hire;
  due: Deadlines;
  activities: Activities;
}

/**
 * All that must be there on the first day, at once where it does not depend on something else; each with its own deadline. The first
 * that ends the onboarding ends them all.
 */
export async function prepare(
  ctx: DurableContext,
  hire: Hire,
  { activities, draft }: { activities: Activities; draft: Draft },
): Promise<Note[]> {
  const due = await step(ctx, "deadlines", () => deadlinesOf(hire, Date.now()));
  const preparing = { hire, due, activities };
  const all = await ctx.parallel<Note[]>("preparations", [
    {
      name: "contract",
      func: (child) => obtain(child, preparing, { what: "contract", calls: { signature: "The contract is signed." } }),
    },
    { name: "background", func: (child) => checkBackground(child, preparing) },
    {
      name: "equipment",
      func: (child) =>
        obtain(child, preparing, {
          what: "equipment",
          calls: { dispatched: "The equipment is on its way.", delivered: "The equipment has arrived." },
        }),
    },
    {
      name: "plan",
      func: async (child) => {
        const { outcome, at, by } = await requestDecision(child, "confirm-plan", {
          review: planReview(hire, draft),
          rules: planRules(Math.ceil((due.plan - due.now) / 1_000)),
        });
        const text =
          outcome === "approved" ? `${by?.name} confirmed the first week's plan.` : "The plan stays a draft.";
        return [{ at, text }];
      },
    },
  ]);
  const ending = all.getErrors().flatMap(notesIn);
  if (ending.length === 0) all.throwIfError();
  return [...all.getResults().flat(), ...ending];
}

/** A check that is not clear goes to a compliance officer. */
async function checkBackground(ctx: DurableContext, preparing: Preparing): Promise<Note[]> {
  const { hire } = preparing;
  let found: Done | undefined;
  const notes = await obtain(ctx, preparing, {
    what: "background",
    calls: { background: "The background check is there." },
    told: (done) => {
      found = done;
    },
  });
  if (found?.clear !== false) return notes;
  const { outcome, at } = await requestDecision(ctx, "clear-background", {
    review: backgroundReview(hire, found.note),
  });
  if (outcome === "approved") return [...notes, { at, text: "It was not clear; an officer cleared it." }];
  throw endBy(...notes, { at, text: "The background check was not cleared.", ends: "NOT_READY" });
}

/** Waits for a partner's calls, one after another, until the deadline, and reminds half-way; then HR decides whether to go on without. */
async function obtain(
  ctx: DurableContext,
  { hire, due, activities }: Preparing,
  { what, calls, told }: { what: Preparation; calls: Record<string, string>; told?: (done: Done) => void },
): Promise<Note[]> {
  const notes: Note[] = [];
  let isLate = false;
  for (const [call, text] of Object.entries(calls)) {
    const done = await askPartner(ctx, call, { hire, seconds: secondsFromNow(due[what]), activities });
    isLate = done === null;
    if (!done) break;
    told?.(done);
    notes.push({ at: done.at, text });
  }
  if (!isLate) return notes;
  const { outcome, at } = await requestDecision(ctx, `late-${what}`, { review: lateReview(hire, what) });
  if (outcome === "approved") return [...notes, { at, text: `HR went on without what was late: ${what}.` }];
  throw endBy(...notes, { at, text: `Without ${what} the onboarding does not go on.`, ends: "NOT_READY" });
}
