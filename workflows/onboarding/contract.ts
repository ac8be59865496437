import { z } from "zod";
import { defineContract } from "#workflow";

const DAY = 86_400;

/** Claude Sonnet 4.6 by its European inference profile, in US dollars a million tokens: it drafts the plan of the first week. */
export const MODEL = { id: "eu.anthropic.claude-sonnet-4-6", price: { input: 3, output: 15 } } as const;

const Person = z.strictObject({ name: z.string().min(1).max(200), email: z.email() });
const employee = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{1,39}$/, "2 to 40 of letters, digits and hyphens");

/** A new hire from the signed offer on: what `longhaul.onboarding.requested` carries. */
export const Onboarding = z.strictObject({
  /** The employee number: one number, one onboarding. */
  employee,
  hire: Person,
  manager: Person,
  role: z.string().min(1).max(200),
  site: z.string().min(1).max(100),
  country: z.string().regex(/^[A-Z]{2}$/, "an ISO 3166 code"),
  /** Where the hire lives, as Europe/Berlin. */
  zone: z.string().refine(isZone, "an IANA time zone, such as Europe/Berlin"),
  startDate: z.iso.date(),
  /** What to order, e.g. `laptop`. */
  equipment: z.string().min(1).max(100),
});
export type Onboarding = z.infer<typeof Onboarding>;

/** A change of mind, for an onboarding that runs, or will. */
export const signals = {
  changed: z.strictObject({ employee, startDate: z.iso.date().optional(), manager: Person.optional() }),
  withdrawn: z.strictObject({ employee, reason: z.string().min(1).max(500) }),
  /** A leave of absence: the check-ins that are still to come are so much later. */
  leave: z.strictObject({ employee, from: z.iso.date(), until: z.iso.date() }),
};

export const OnboardingResult = z.strictObject({
  employee,
  outcome: z.enum(["confirmed", "probation-ended", "withdrawn", "not-ready"]),
  /** Where the result and the timeline lie in the documents bucket. */
  result: z.string(),
  timeline: z.string(),
});

export type OnboardingResult = z.infer<typeof OnboardingResult>;

/** When manager and hire are asked how it goes, in days after the first. */
export const CHECK_INS = [7, 30, 60, 90] as const;

const ending = "Nobody answered. The onboarding goes on without an answer, and the timeline says so.";
const checkIn = (role: string) => ({
  role,
  deadlineSeconds: 10 * DAY,
  reminders: [3 * DAY],
  escalation: { afterSeconds: 6 * DAY, role: "hr-reviewer" },
  onExpiry: ending,
});
const late = {
  role: "hr-reviewer",
  deadlineSeconds: 14 * DAY,
  reminders: [2 * DAY],
  onExpiry: "The onboarding ends as one that could not be prepared, and all of it is taken back.",
};

export const contract = defineContract({
  name: "onboarding",
  title: "Onboarding",
  triggers: [{ kind: "queue", eventType: "longhaul.onboarding.requested", businessKey: "employee" }],
  signals: {
    changed: { eventType: "longhaul.onboarding.changed", businessKey: "employee", payload: signals.changed },
    withdrawn: { eventType: "longhaul.onboarding.withdrawn", businessKey: "employee", payload: signals.withdrawn },
    leave: { eventType: "longhaul.onboarding.leave", businessKey: "employee", payload: signals.leave },
  },
  input: Onboarding,
  result: OnboardingResult,
  executionTimeoutSeconds: 366 * DAY,
  retentionDays: 90,
  function: { memoryMb: 512, timeoutSeconds: 120 },
  reviews: {
    "clear-background": { ...late, role: "compliance-officer" },
    "confirm-plan": { ...checkIn("line-manager"), onExpiry: "The plan is used as it was drafted." },
    "late-contract": late,
    "late-background": late,
    "late-equipment": late,
    ...Object.fromEntries(
      CHECK_INS.flatMap((day) => [
        [`check-in-${day}-manager`, checkIn("line-manager")],
        [`check-in-${day}-hire`, checkIn("new-hire")],
      ]),
    ),
    "end-probation": {
      role: "hr-reviewer",
      deadlineSeconds: 14 * DAY,
      quorum: 2,
      reminders: [3 * DAY],
      onExpiry: "The probation is not ended: an expired review is not an approval.",
    },
  },
  waits: {
    signature: "the signature",
    background: "the background check",
    dispatched: "the supplier",
    delivered: "the carrier",
    "confirm-plan": "the manager, about the plan of the first week",
    "first morning": "the morning of the first day",
    ...Object.fromEntries(
      CHECK_INS.flatMap((day) => [
        [`day ${day}`, `day ${day}`],
        [`check-in-${day}-manager`, `the manager's answer of day ${day}`],
        [`check-in-${day}-hire`, `the hire's answer of day ${day}`],
      ]),
    ),
  },
  drafting: MODEL,
  permissions: { model: MODEL.id, read: ["onboarding/inputs/"], write: ["onboarding/results/"], mail: true },
  settings: ["LONGHAUL_ONBOARDING_URL"],
  budget: { operations: 400, bytes: 500_000 },
});

function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}
