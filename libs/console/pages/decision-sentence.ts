import type { Review } from "#callbacks";

/** How a review ended, in a sentence: who, what. */
export function decisionSentence({ decision, request }: Review): string {
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
