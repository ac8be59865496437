import { z } from "zod";
import { type CallbackAddress, reviewsFromEnvironment } from "#callbacks";
import type { SagaOutcome, SagaStep } from "#compensation";
import { parseExecutionArn } from "#executions";
import { converse, createBucket, readEnvironment, sendMail } from "#platform";
import { type Draft, draftText } from "#scoring";
import type { Onboarding } from "./contract.ts";
import { firstWeek, modelOf } from "./first-week.ts";
import type { Case } from "./hire.ts";
import { endOf, resultOf, timelineOf } from "./outcome.ts";
import { createPartners } from "./partners.ts";

export type Activities = ReturnType<typeof createActivities>;

/** Everything that the onboarding does outside itself. */
export function createActivities() {
  const environment = readEnvironment({
    LONGHAUL_ONBOARDING_URL: z.url(),
    LONGHAUL_BUCKET: z.string().min(3),
    LONGHAUL_MAIL_FROM: z.email(),
    LONGHAUL_MODEL_ID: z.string().optional(),
  });
  const partners = createPartners(environment.LONGHAUL_ONBOARDING_URL);
  const bucket = createBucket(environment.LONGHAUL_BUCKET);

  return {
    /** Has something set up that can be taken back: an envelope, an account, equipment, a badge. */
    order: (what: string, { employee, equipment }: Onboarding): SagaStep<{ id: string }> => ({
      facts: { Employee: employee },
      run: (key, call) => partners.order(what, { key, employee, equipment, signal: call.signal }),
      undo: (key, _, { actionKey, signal }) => partners.takeBack(what, { key, actionKey, signal }),
    }),

    /** Asks a partner to call back when it is done. */
    ask: (what: string, { employee, equipment }: Onboarding, { url, idempotencyKey, signal }: CallbackAddress) =>
      partners.ask(what, { key: idempotencyKey, url, employee, equipment, signal }),

    /** Reminds a partner of what it was asked for. Repeated, it is the same reminder. */
    async remind(what: string, { employee }: Onboarding, call: { execution: string; signal: AbortSignal }) {
      const key = `${parseExecutionArn(call.execution)?.name ?? "unnamed"}.${what}.reminder`;
      await partners.remind(what, { key, employee, signal: call.signal });
      return { reminded: true };
    },

    /** A plan of the first week, drafted by the model from role and site alone, for the manager to change. */
    draftPlan: ({ role, site }: Onboarding): SagaStep<Draft & { at: string }> => ({
      noUndo: "It only writes a draft.",
      deadlineMs: 45_000,
      async run() {
        const model = modelOf(environment.LONGHAUL_MODEL_ID);
        return {
          ...(await draftText({ ...firstWeek({ role, site }), model, converse })),
          at: new Date().toISOString(),
        };
      },
    }),

    /** The welcome and the first day's checklist, by mail. */
    welcome: ({ hire, site }: Onboarding, plan: string): SagaStep<{ told: boolean }> => ({
      noUndo: "A welcome cannot be unsaid, and does no harm.",
      async run() {
        const text = [`Welcome, ${hire.name}.`, `Come to ${site}; your accounts are active.`, plan].join("\n\n");
        await sendMail({ from: environment.LONGHAUL_MAIL_FROM, to: [hire.email], subject: "Your first day", text });
        return { told: true };
      },
    }),

    /** Nobody is asked any more once the onboarding has ended. */
    async closeReviews(executionArn: string): Promise<{ closed: number }> {
      const reviews = reviewsFromEnvironment();
      const all = await reviews.ofCase(parseExecutionArn(executionArn)?.name ?? "");
      const open = all.filter(({ status }) => status === "open");
      for (const { id } of open) await reviews.close(id, "The onboarding has ended.");
      return { closed: open.length };
    },

    /** Writes the result and the timeline; repeated, it finds them. `outcome: null`: something is left for a person. */
    async recordOutcome(executionArn: string, onboarding: Case, saga: SagaOutcome) {
      const execution = parseExecutionArn(executionArn)?.name ?? "unnamed";
      const result = `onboarding/results/${execution}.json`;
      const timeline = `onboarding/results/${execution}.md`;
      await bucket.putNew(timeline, timelineOf(onboarding, saga), "text/markdown; charset=utf-8");
      const document = resultOf(executionArn, onboarding, saga);
      await bucket.putNew(result, `${JSON.stringify(document, null, 2)}\n`, "application/json");
      return { outcome: endOf(saga), result, timeline };
    },
  };
}
