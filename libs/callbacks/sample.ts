import { parseExecutionArn } from "#executions";
import type { Contract } from "#workflow";
import type { ReviewToAsk } from "./asking.ts";
import { ReviewNotFoundError } from "./errors.ts";
import { reviewId } from "./item.ts";
import { ReviewRequest } from "./request.ts";
import type { Reviews } from "./reviews.ts";
import type { Swept } from "./sweeper.ts";

/** The review's name under which a person looks at an automatic decision afterwards. */
export const SAMPLE = "audit-sample";
/** How long it stays open where the contract does not say. */
const DAYS = 7;
const DAY_MS = 86_400_000;

/** How a look at an automatic decision ended; `open` while nobody has decided. */
export type SampleOutcome = "approved" | "rejected" | "expired" | "withdrawn" | "open";

/**
 * Puts an automatic decision of a case that has ended before people. Nothing waits for their answer: it is kept beside the
 * decision and changes nothing by itself. Repeated, it changes nothing.
 */
export async function openSample(
  reviews: Pick<Reviews, "open">,
  sample: {
    executionArn: string;
    contract: Pick<Contract, "name" | "reviews" | "scoring">;
    /** Which of the contract's reviews gives the role. */
    review: string;
    request: Omit<ReviewToAsk, "role">;
  },
  now = Date.now,
): Promise<void> {
  const { executionArn, contract, request } = sample;
  const role = contract.reviews[sample.review]?.role;
  if (role === undefined) throw new RangeError(`Expected a review of the contract, got ${sample.review}.`);
  const execution = parseExecutionArn(executionArn)?.name ?? "unnamed";
  const opened = now();
  const openedAt = new Date(opened).toISOString();
  await reviews.open(
    {
      id: reviewId(execution, SAMPLE),
      name: SAMPLE,
      workflow: contract.name,
      execution,
      executionArn,
      request: ReviewRequest.parse({ ...request, role, isSample: true }),
      openedAt,
      deadlineAt: new Date(opened + (contract.scoring?.auditDays ?? DAYS) * DAY_MS).toISOString(),
      status: "open",
      delivered: false,
      audit: [{ act: "opened", at: openedAt, by: "Longhaul", details: { role, round: 1 } }],
    },
    "none",
  );
}

/** Adds to those that were drawn what a person said afterwards, where somebody has. */
export async function withAudits<T extends { execution: string; audit: boolean }>(
  reviews: Pick<Reviews, "get">,
  points: readonly T[],
): Promise<(T & { sample?: SampleOutcome; audited?: "approved" | "rejected" })[]> {
  const found: (T & { sample?: SampleOutcome; audited?: "approved" | "rejected" })[] = [];
  for (const point of points) {
    const sample = point.audit ? await outcomeOf(reviews, point.execution) : undefined;
    const audited = sample === "approved" || sample === "rejected" ? sample : undefined;
    found.push({ ...point, ...(sample && { sample }), ...(audited && { audited }) });
  }
  return found;
}

async function outcomeOf(reviews: Pick<Reviews, "get">, execution: string): Promise<SampleOutcome | undefined> {
  try {
    return (await reviews.get(reviewId(execution, SAMPLE))).decision?.outcome ?? "open";
  } catch (error) {
    if (error instanceof ReviewNotFoundError) return undefined;
    throw error;
  }
}

/** No execution keeps these reviews' time: each sweep ends those that nobody decided before their deadline. */
export function expireSamples(
  contracts: readonly Pick<Contract, "name" | "reviews" | "scoring">[],
  options: { reviews: () => Pick<Reviews, "list" | "expire">; now?: () => number },
): Swept {
  const { reviews, now = Date.now } = options;
  return {
    async sweep() {
      let ended = 0;
      for (const { name, reviews: rules, scoring } of contracts) {
        if (!scoring?.auditShare) continue;
        const { list, expire } = reviews();
        for (const role of new Set(Object.values(rules).map((rule) => rule.role))) {
          const due = { role, workflow: name, deadline: { to: new Date(now()).toISOString() } };
          const samples = (await list(due, { limit: 100 })).reviews.filter(({ request }) => request.isSample);
          for (const { id } of samples) await expire(id);
          ended += samples.length;
        }
      }
      return ended;
    },
  };
}
