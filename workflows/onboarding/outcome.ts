import type { SagaOutcome } from "#compensation";
import type { OnboardingResult } from "./contract.ts";
import type { Case } from "./hire.ts";

const ENDS = { WITHDRAWN: "withdrawn", PROBATION_ENDED: "probation-ended", NOT_READY: "not-ready" } as const;

/** How an onboarding ended; null where it ended otherwise than its process knows, or something is left to be taken back. */
export function endOf({ status, error }: SagaOutcome): OnboardingResult["outcome"] | null {
  if (status === "completed") return "confirmed";
  const end = ENDS[error?.code as keyof typeof ENDS];
  return status === "compensated" && end ? end : null;
}

/** In the order in which they were taken back: the reverse of their start. */
const undone = ({ steps }: SagaOutcome) =>
  steps.flatMap(({ name, undo }) => (undo === "undone" ? [name] : [])).toReversed();

/** The result document: who, how it ended, what was taken back and by which execution. */
export const resultOf = (execution: string, { hire, signals, notes }: Case, saga: SagaOutcome) => ({
  employee: hire.employee,
  outcome: endOf(saga) ?? saga.status,
  startDate: hire.startDate,
  zone: hire.zone,
  manager: hire.manager.name,
  signals,
  undone: undone(saga),
  notes,
  execution,
});

/** What happened, as a manager reads it. */
export function timelineOf({ hire, notes }: Case, saga: SagaOutcome): string {
  const sorted = notes.toSorted((one, other) => (one.at ?? "~").localeCompare(other.at ?? "~"));
  const lines = sorted.map(({ at, text }) => `- ${at ? local(at, hire.zone) : "undated"}: ${text}`);
  const back = undone(saga);
  return [
    `# Onboarding of ${hire.hire.name}`,
    `${hire.role}, ${hire.site}. First day ${hire.startDate}, ${hire.zone}. It ended: ${endOf(saga) ?? saga.status}.`,
    lines.join("\n"),
    ...(back.length > 0 ? [`Taken back: ${back.join(", ")}.`] : []),
    "",
  ].join("\n\n");
}

const local = (at: string, timeZone: string) =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone }).format(new Date(at));
