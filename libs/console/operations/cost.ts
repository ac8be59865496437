import { overrunsOf, type Use } from "#executions";
import { PRICES, usdOf } from "#platform";
import type { Contract } from "#workflow";

export interface CostLine {
  label: string;
  amount: string;
  usd: number;
}

/** What an execution has cost so far, by the dated price list; what is not known is not in it, and said. */
export interface Cost {
  lines: CostLine[];
  usd: number;
  listed: string;
  region: string;
  missing: string[];
  /** What was used beyond the contract's budget. */
  over: string[];
}

const MB_A_GB = 1_024;
const GB = 1_024 ** 3;
const MONTH_DAYS = 30;

export function costOf(
  use: Use,
  { contract, more }: { contract: Pick<Contract, "function" | "retentionDays" | "budget">; more: boolean },
): Cost {
  const { memoryMb } = contract.function;
  const { operations, invocations, milliseconds, bytes, modelDollars } = use;
  const gbSeconds = (memoryMb / MB_A_GB) * (milliseconds / 1_000);
  const gb = bytes / GB;
  const lines: CostLine[] = [
    {
      label: "Durable operations",
      amount: `${operations}, the start and retries among them`,
      usd: usdOf({ durableOperation: operations }),
    },
    {
      label: "Invocations",
      amount: `${invocations}, ${(milliseconds / 1_000).toFixed(1)} s in all with ${memoryMb} MB`,
      usd: usdOf({ lambdaRequest: invocations, lambdaGbSecond: gbSeconds }),
    },
    {
      label: "Data kept",
      amount: `${bytes.toLocaleString("en")} bytes, for ${contract.retentionDays} days after the end`,
      usd: usdOf({ durableGbWritten: gb, durableGbMonth: gb * (contract.retentionDays / MONTH_DAYS) }),
    },
  ];
  if (modelDollars !== undefined)
    lines.push({
      label: "Model",
      amount: `${(use.inputTokens ?? 0).toLocaleString("en")} tokens in, ${(use.outputTokens ?? 0).toLocaleString("en")} out`,
      usd: modelDollars,
    });
  return {
    lines,
    usd: lines.reduce((sum, { usd }) => sum + usd, 0),
    listed: PRICES.listed,
    region: PRICES.region,
    over: overrunsOf(use, contract.budget),
    missing: [
      ...(more ? ["what is beyond the first 4,000 events"] : []),
      ...(modelDollars === 0 && use.inputTokens ? ["the model, whose price is not known here"] : []),
    ],
  };
}

/** What an ended execution cost, from the index alone. */
export function costOfUse(use: Use, { function: { memoryMb } }: Pick<Contract, "function">): number {
  const { operations, invocations, milliseconds, bytes, modelDollars = 0 } = use;
  const gbSeconds = (memoryMb / MB_A_GB) * (milliseconds / 1_000);
  const platform = usdOf({
    durableOperation: operations,
    lambdaRequest: invocations,
    lambdaGbSecond: gbSeconds,
    durableGbWritten: bytes / GB,
  });
  return platform + modelDollars;
}

/** Dollars as people read them: two figures that say something, however small. */
export function dollars(usd: number): string {
  if (usd === 0) return "$0";
  if (usd < 1e-6) return "under $0.000001";
  if (usd >= 1) return `$${usd.toFixed(2)}`;
  const places = Math.min(7, Math.max(2, 1 - Math.floor(Math.log10(usd))));
  return `$${usd.toFixed(places)}`;
}
