import type { Review } from "#callbacks";

/** How a review ended, in a sentence: who, what. An option of the workflow's own is called by its own name. */
export function decisionSentence({ decision, request }: Review): string {
  const chosen = request.options?.find(({ id }) => id === decision?.option);
  if (chosen && !["approve", "reject"].includes(chosen.id))
    return `“${chosen.label}” by ${decision?.by?.name ?? "somebody"}`;
  switch (decision?.outcome) {
    case "approved":
      return `Approved by ${decision.by?.name ?? "somebody"}`;
    case "rejected":
      return `Rejected by ${decision.by?.name ?? "somebody"}`;
    case "expired":
      return "Expired: nobody decided in time";
    case "withdrawn":
      return "Withdrawn before anybody decided";
    default:
      return `It waits for a decision by ${request.role}`;
  }
}
