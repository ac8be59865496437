import type { Review } from "#callbacks";

/** A review as the training workflow opens it; `over` replaces parts of its request. */
export function sampleReview(
  execution: string,
  over: { request?: Partial<Review["request"]>; deadlineAt?: string; openedAt?: string } = {},
): Review {
  const opened = over.openedAt ?? new Date(Date.now() - 3_600_000).toISOString();
  return {
    id: `${execution}.review-request`,
    workflow: "training",
    execution,
    executionArn: `arn:aws:lambda:eu-west-1:000000000000:function:longhaul-training:1/durable-execution/${execution}/1`,
    name: "review-request",
    openedAt: opened,
    deadlineAt: over.deadlineAt ?? new Date(Date.now() + 71 * 3_600_000).toISOString(),
    status: "open",
    delivered: false,
    audit: [{ act: "opened", at: opened, by: "Longhaul" }],
    request: {
      title: "Training request",
      concern: "The score 63 lies between 50 and 76: the policy leaves it to a person.",
      facts: [
        { label: "Applicant", value: "Mira Lang" },
        { label: "E-mail", value: "mira.lang@example.com" },
        { label: "Role", value: "Accountant" },
        { label: "Training", value: "Data analysis with Python" },
      ],
      role: "hr-reviewer",
      requester: "mira.lang@example.com",
      document: { key: `training/texts/${execution}.txt` },
      score: {
        value: 63,
        rejectBelow: 50,
        approveAbove: 76,
        model: "test",
        reasons: [
          { criterion: "fit-to-role", level: 60, reason: "It helps with reports.", quotation: "monthly reports" },
          { criterion: "concrete-reasons", level: 50, reason: "General reasons.", quotation: null },
        ],
      },
      ...over.request,
    },
  };
}
