import type { Contract } from "#workflow";
import { reviewsFromEnvironment } from "./environment.ts";
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
 * Says with every sweep how long each workflow's oldest open review has waited: the metric `OldestOpenReviewSeconds` of the
 * namespace `Longhaul`, as a line of CloudWatch's embedded metric format
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 * It is written to the output itself: `console.log` would wrap it where Lambda's log is JSON.
 */
export function watchOldestReviews(contracts: readonly Contract[], options: Options = {}): Swept {
  const { now = Date.now, write = (line: string) => void process.stdout.write(`${line}\n`) } = options;
  const reviews = options.reviews ?? reviewsFromEnvironment;
  return {
    async sweep() {
      const { list } = reviews();
      const ages = contracts.map(async (contract) => {
        const pages = await Promise.all(
          rolesOf(contract).map((role) => list({ role, workflow: contract.name, order: "age" }, { limit: 1 })),
        );
        const opened = pages.flatMap((page) => page.reviews.map(({ openedAt }) => Date.parse(openedAt)));
        const age = opened.length === 0 ? 0 : Math.max(0, now() - Math.min(...opened));
        write(line(contract.name, Math.round(age / 1_000), now()));
      });
      await Promise.all(ages);
      return 0;
    },
  };
}

const rolesOf = ({ reviews }: Contract) => {
  const rules = Object.values(reviews);
  const higher = rules.flatMap(({ escalation }) => (escalation ? [escalation.role] : []));
  return [...new Set([...rules.map(({ role }) => role), ...higher, OFFICER])];
};

function line(workflow: string, seconds: number, at: number): string {
  const metric = { Name: "OldestOpenReviewSeconds", Unit: "Seconds" };
  const directive = { Namespace: "Longhaul", Dimensions: [["workflow"]], Metrics: [metric] };
  return JSON.stringify({
    _aws: { Timestamp: at, CloudWatchMetrics: [directive] },
    workflow,
    OldestOpenReviewSeconds: seconds,
  });
}
