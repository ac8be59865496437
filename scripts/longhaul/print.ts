import Table from "cli-table3";
import { DateTime } from "luxon";

/** A table that fits the terminal: the last column gives way. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const width = process.stdout.columns ?? 160;
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => (row[column] ?? "").length), 0));
  const frame = 3 * head.length + 1;
  const others = widths.slice(0, -1).reduce((sum, one) => sum + one, 0);
  const last = Math.max(12, Math.min(widths.at(-1) ?? 0, width - frame - others));
  const made = new Table({
    head: [...head],
    colWidths: [...widths.slice(0, -1).map((one) => one + 2), last + 2],
    wordWrap: true,
    wrapOnWordBoundary: false,
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) made.push([...row]);
  return made.toString();
}

/** "3 hours ago"; the moment itself, in the reader's zone, where it is over a day away. */
export function since(at: string | number | null): string {
  if (at === null || at === "") return "";
  const moment = typeof at === "number" ? DateTime.fromMillis(at) : DateTime.fromISO(at);
  const far = Math.abs(moment.diffNow("hours").hours) > 24;
  return far ? moment.toFormat("d LLL yyyy HH:mm") : (moment.toRelative({ locale: "en" }) ?? "");
}

/** One answer for people, or for programs. */
export function say(json: boolean | undefined, data: unknown, lines: () => string | readonly string[]): void {
  console.log(json ? JSON.stringify(data) : [lines()].flat().join("\n"));
}
