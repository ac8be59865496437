import { openStack } from "./deployed.ts";
import { describeSummary, summarise } from "./plan-summary.ts";
import type { Report } from "./report.ts";

/** What an `apply` would do and lose. Changes nothing. */
export async function plan(env: string, { json }: { json: boolean }): Promise<Report> {
  const stack = await openStack(env, { quiet: json });
  const summary = summarise(await stack.plan());
  return { passed: true, lines: describeSummary(summary), data: { environment: env, ...summary } };
}
