import { z } from "zod";
import type { ReviewToAsk } from "#callbacks";
import type { Officer } from "#compensation";
import type { Draft } from "#scoring";
import { contract } from "./contract.ts";
import type { Preparation } from "./deadlines.ts";
import type { Hire } from "./hire.ts";

/** Who settles by hand what could not be taken back. */
export const hr: Officer = { workflow: contract.name, role: "hr-reviewer", deadlineSeconds: 14 * 86_400 };

const factsOf = ({ hire, manager, role, site, startDate }: Hire) => [
  { label: "Hire", value: hire.name },
  { label: "Role", value: role },
  { label: "Site", value: site },
  { label: "Manager", value: manager.name },
  { label: "First day", value: startDate },
];

const LATE: Record<Preparation, string> = {
  contract: "The contract is not signed in time.",
  background: "The background check is not there in time.",
  equipment: "The equipment is not there in time.",
  plan: "The plan is not confirmed in time.",
};

export const lateReview = (hire: Hire, what: Preparation): ReviewToAsk => ({
  title: `Late: ${what}`,
  subject: hire.employee,
  concern: LATE[what],
  facts: factsOf(hire),
  options: [
    { id: "go-on", label: "Go on without it", outcome: "approved" },
    { id: "give-up", label: "End the onboarding", outcome: "rejected" },
  ],
});

export const backgroundReview = (hire: Hire, note = "Nothing else is known."): ReviewToAsk => ({
  title: "Background check that is not clear",
  subject: hire.employee,
  concern: note,
  facts: factsOf(hire),
});

export const planReview = (hire: Hire, draft: Draft): ReviewToAsk => ({
  title: "Plan of the first week",
  subject: hire.employee,
  concern: "The hire's manager confirms the plan.",
  addressee: hire.manager.email,
  summary: draft.text,
  facts: [
    ...factsOf(hire),
    { label: "Drafted by", value: draft.by === "model" ? draft.model : `a template: ${draft.explanation}` },
  ],
});

/** The plan is due before the first day: reminded half-way, and put before HR when a quarter of the time is left. */
export const planRules = (seconds: number) => ({
  deadlineSeconds: seconds,
  reminders: [Math.floor(seconds / 2)],
  escalation: { afterSeconds: Math.floor((seconds * 3) / 4), role: hr.role },
});

const Words = z.strictObject({ words: z.string().max(1_000).optional().describe("In a few words, how it goes") });

/** A check-in's question to one of the two; the manager's last one is about the probation. */
export function checkInReview(hire: Hire, day: number, whom: "manager" | "hire"): ReviewToAsk {
  const isLast = day === 90 && whom === "manager";
  return {
    title: `Day ${day}: how does it go?`,
    subject: hire.employee,
    concern: isLast
      ? "The probation is over: confirm it, or ask for it to be ended."
      : "Manager and hire are both asked.",
    addressee: hire[whom].email,
    facts: factsOf(hire),
    options: isLast
      ? [
          { id: "confirm", label: "Confirm", outcome: "approved", form: Words },
          { id: "end-probation", label: "Ask for it to be ended", outcome: "rejected", form: Words },
        ]
      : [
          { id: "well", label: "It goes well", outcome: "approved", form: Words },
          { id: "help", label: "Something is wrong", outcome: "rejected", form: Words },
        ],
  };
}

export const endProbationReview = (hire: Hire, reason: string): ReviewToAsk => ({
  title: "End of a probation",
  subject: hire.employee,
  concern: `The manager asks for it: ${reason}`,
  facts: factsOf(hire),
});
