import { openStack } from "./deployed.ts";
import type { Report } from "./report.ts";

/** What the deployed stack says of itself. */
export async function output(env: string, { json }: { json: boolean }): Promise<Report> {
  const stack = await openStack(env, { quiet: json });
  const outputs = await stack.outputs();
  const lines = Object.entries(outputs).map(
    ([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  return { passed: true, lines, data: { environment: env, outputs } };
}
