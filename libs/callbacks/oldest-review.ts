import { writeMetrics } from "#platform";
import type { Contract } from "#workflow";
import { reviewsFromEnvironment } from "./environment.ts";
import type { Review } from "./review.ts";
import type { Reviews } from "./reviews.ts";
import type { Swept } from "./sweeper.ts";

/** Undos that failed are settled by officers, whatever the workflow's own reviews. */
const OFFICER = "compliance-officer";

interface Options {
  reviews?: () => Pick<Reviews, "list">;
  now?: () => number;
  write?: (line: string) => void;
}

/**
 * Says with every sweep how long each workflow's oldest open review has waited: the metric `OldestOpenReviewSeconds`.
 */
export function watchOldestReviews(contracts: readonly Contract[], options: Options = {}): Swept {
  const { now = Date.now, write } = options;
  const reviews = options.reviews ?? reviewsFromEnvironment;
  return {
    async sweep() {
      const { list } = reviews();
      const ages = contracts.map(async (contract) => {
        const oldest = await Promise.all(
          rolesOf(contract).map((role) => oldestOf(list, { role, workflow: contract.name })),
        );
        const opened = oldest.flatMap((review) => (review ? [Date.parse(review.openedAt)] : []));
        const age = opened.length === 0 ? 0 : Math.max(0, now() - Math.min(...opened));
        const value = Math.round(age / 1_000);
        const values = { OldestOpenReviewSeconds: { value, unit: "Seconds" as const } };
        writeMetrics({ workflow: contract.name, values }, { now, ...(write && { write }) });
      });
      await Promise.all(ages);
      return 0;
    },
  };
}

/** Nobody waits for an audit sample: it does not count. */
async function oldestOf(list: Reviews["list"], of: { role: string; workflow: string }): Promise<Review | undefined> {
  let after: string | undefined;
  do {
    const page = await list({ ...of, order: "age" }, { limit: 25, ...(after && { after }) });
    const found = page.reviews.find(({ request }) => !request.isSample);
    if (found) return found;
    after = page.next;
  } while (after);
  return undefined;
}

const rolesOf = ({ reviews }: Contract) => {
  const rules = Object.values(reviews);
  const higher = rules.flatMap(({ escalation }) => (escalation ? [escalation.role] : []));
  return [...new Set([...rules.map(({ role }) => role), ...higher, OFFICER])];
};
