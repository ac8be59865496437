/** What a verb found: `passed` decides the exit code, `lines` are for people, `data` for programs. */
export interface Report {
  passed: boolean;
  lines: string[];
  data: Record<string, unknown>;
}

/** Nothing was done because something is not here. It is said, and is no failure. */
export function skipped(what: string, why: string): Report {
  return { passed: true, lines: [`SKIPPED: ${what}: ${why}`], data: { skipped: what, why } };
}

export function print(report: Report, json: boolean) {
  if (json) console.log(JSON.stringify({ passed: report.passed, ...report.data }));
  else for (const line of report.lines) console.log(line);
  process.exitCode = report.passed ? 0 : 1;
}

/** Runs `work` on all items, two at a time: Terraform keeps a core busy. */
export async function inPairs<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const left = items.entries();
  const worker = async () => {
    for (const [index, item] of left) results[index] = await work(item);
  };
  await Promise.all([worker(), worker()]);
  return results;
}
