import Table from "cli-table3";

export interface Row {
  name: string;
  engine: string;
  p50Ms: number | null;
  p99Ms: number | null;
  perSecond: number | null;
  rssMb: number | null;
}

/** As text for a terminal, a line an engine and case. What does not apply is a dash. */
export function toTable(rows: readonly Row[]): string {
  const table = new Table({
    head: ["case", "engine", "p50", "p99", "per second", "memory"],
    colAligns: ["left", "left", "right", "right", "right", "right"],
    style: { head: [], border: [] },
  });
  for (const { name, engine, p50Ms, p99Ms, perSecond, rssMb } of rows)
    table.push([name, engine, inUnit(p50Ms, "ms"), inUnit(p99Ms, "ms"), inUnit(perSecond, "/s"), inUnit(rssMb, "MB")]);
  return table.toString();
}

const inUnit = (value: number | null, unit: string) =>
  value === null ? "-" : `${rounded(value).toLocaleString("en")} ${unit}`;

/** To three digits, or to a whole number where that has more. */
export const rounded = (value: number) => (value < 1_000 ? Number(value.toPrecision(3)) : Math.round(value));
