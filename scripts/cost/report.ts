import Table from "cli-table3";
import { type Cost, priceList } from "./price.ts";

interface Column {
  head: string;
  of: (cost: Cost) => string;
  /** Left out first where the terminal is narrow. */
  detail?: true;
}

const COLUMNS: readonly Column[] = [
  { head: "operations", of: ({ operations }) => String(operations) },
  { head: "invocations", of: ({ invocations }) => String(invocations) },
  { head: "GB-s", of: ({ gbSeconds }) => gbSeconds.toFixed(2), detail: true },
  { head: "bytes", of: ({ bytesWritten }) => bytesWritten.toLocaleString("en"), detail: true },
  { head: "tokens", of: ({ tokens }) => tokens.toLocaleString("en"), detail: true },
  { head: "durable", of: ({ parts }) => usd(parts.durable), detail: true },
  { head: "Lambda", of: ({ parts }) => usd(parts.lambda), detail: true },
  { head: "model", of: ({ parts }) => usd(parts.model), detail: true },
  { head: "others", of: ({ parts }) => usd(parts.services + parts.people), detail: true },
  { head: "$/1,000", of: ({ usdPerThousand }) => usd(usdPerThousand) },
  { head: "Step Functions", of: ({ stepFunctionsUsdPerThousand }) => usd(stepFunctionsUsdPerThousand) },
];
/** As wide as all columns are. */
const WIDE = 170;

/** The rows as a table, and under it what stands behind the numbers. */
export function print(costs: readonly Cost[], perMonth: number | undefined): void {
  const isWide = (process.stdout.columns ?? WIDE) >= WIDE;
  const month: Column[] = perMonth
    ? [
        {
          head: `$/month of ${perMonth.toLocaleString("en")}`,
          of: ({ usdPerThousand }) => usd((usdPerThousand / 1_000) * perMonth),
        },
      ]
    : [];
  const columns = [...COLUMNS.filter(({ detail }) => isWide || !detail), ...month];
  const table = new Table({
    head: ["path", ...columns.map(({ head }) => head)],
    style: { head: [], border: [], compact: true },
    colAligns: ["left", ...columns.map(() => "right" as const)],
  });
  for (const cost of costs) table.push([`${cost.workflow}/${cost.path}`, ...columns.map(({ of }) => of(cost))]);
  console.log(table.toString());
  const [first] = costs;
  if (!first) return;
  const { transitions, transitionsUsd, lambda, rest } = first.stepFunctions;
  console.log(
    [
      `US dollars for a thousand executions; prices of ${priceList}, no free tiers (libs/platform/prices.ts).`,
      `Step Functions Standard, as for ${first.workflow}/${first.path}: ${transitions} transitions ${usd(transitionsUsd)}, Lambda ${usd(lambda)}, the rest as here ${usd(rest)}.`,
      "Operations, invocations, bytes and requests are counted; time is measured, plus assumed waits for AWS (scripts/cost/assumptions.ts);",
      "tokens are four characters each, of the answers that the recorded paths give.",
    ].join("\n"),
  );
}

const usd = (amount: number) => (amount === 0 ? "0" : amount.toFixed(amount < 1 ? 4 : 2));
