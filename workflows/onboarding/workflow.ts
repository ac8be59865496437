import { concludeSaga, type Saga, saga } from "#compensation";
import { defineWorkflow, step } from "#workflow";
import { createActivities } from "./activities.ts";
import { checkIn } from "./check-in.ts";
import { CHECK_INS, contract } from "./contract.ts";
import { during, sleepDuring } from "./during.ts";
import { draftNote } from "./first-week.ts";
import { beginCase, dayOf } from "./hire.ts";
import { prepare } from "./prepare.ts";
import { hr } from "./reviews.ts";

const plan = ["contract", "access", "equipment", "account", "draft-plan", "activate", "welcome"];

/** A new hire from the signed offer to the ninetieth day. Whoever withdraws, all that was set up for them is taken back. */
export const handler = defineWorkflow(contract, createActivities, async (ctx, input, activities) => {
  const onboarding = beginCase(input);

  const outcome = await saga(
    ctx,
    "onboarding",
    async (s) => {
      await order(s);
      const draft = await s.step("draft-plan", activities.draftPlan(input));
      onboarding.notes.push(draftNote(draft));
      await during(ctx, "prepare", onboarding, (child, hire) => prepare(child, hire, { activities, draft }));

      await sleepDuring(ctx, "first morning", onboarding, (hire) => dayOf(hire, 0));
      await s.step("activate", activities.order("activation", onboarding.hire));
      await s.step("welcome", activities.welcome(onboarding.hire, draft.text));

      for (const day of CHECK_INS) {
        await sleepDuring(ctx, `day ${day}`, onboarding, (hire) => dayOf(hire, day));
        await during(ctx, `check-in ${day}`, onboarding, (child, hire) => checkIn(child, hire, day));
      }
    },
    { officer: hr, plan },
  );

  await step(ctx, "close open reviews", () => activities.closeReviews(ctx.executionContext.durableExecutionArn));
  const recorded = await step(ctx, "record outcome", () =>
    activities.recordOutcome(ctx.executionContext.durableExecutionArn, onboarding, outcome),
  );
  if (recorded.outcome === null) concludeSaga(outcome, { employee: input.employee });
  return { ...recorded, employee: input.employee, outcome: recorded.outcome ?? "not-ready" };

  /** What does not depend on one another is set up at once; each can be taken back, in turn, the accounts first. */
  async function order(s: Saga) {
    const branches = {
      contract: (one: Saga) => one.step("contract", activities.order("contract", input)),
      access: (one: Saga) => one.step("access", activities.order("access", input)),
      equipment: (one: Saga) => one.step("equipment", activities.order("equipment", input)),
      account: (one: Saga) => one.step("account", activities.order("account", input)),
    };
    await s.parallel("set-up", branches, { undo: "in-turn" });
  }
});
