import type { Item, Table } from "#platform";
import { CalibrationPoint } from "./point.ts";

/** A point, and the name of the execution that left it. */
export type Kept = CalibrationPoint & { execution: string };

export interface Calibration {
  /** Keeps a point; repeated, the first one stays. */
  add(execution: string, point: CalibrationPoint): Promise<void>;
  /** The points of a workflow's last months, this one included, in no order. */
  points(workflow: string, months?: number): Promise<Kept[]>;
}

const MONTHS = 12;
const POINT = "point";

/**
 * The calibration points of a deployment. They lie in the reviews' table, a partition for each workflow and month, so that a
 * year is twelve queries.
 */
export function createCalibration(table: Table, now: () => number = Date.now): Calibration {
  return {
    async add(execution, point) {
      const key = { case: partition("calibration", point.workflow, point.at.slice(0, 7)), entry: execution };
      await table.putNew({ ...key, [POINT]: point }, "entry");
    },
    async points(workflow, months = MONTHS) {
      const items = await itemsOf(table, "calibration", { workflow, months, now: now() });
      const points = items.flatMap((item) => {
        const parsed = CalibrationPoint.safeParse(item[POINT]);
        return parsed.success ? [{ ...parsed.data, execution: String(item.entry) }] : [];
      });
      // A step that was repeated at a month's end may have left two.
      return [...new Map(points.map((point) => [point.execution, point])).values()];
    },
  };
}

export type Partition = "calibration" | "shadow";

export const partition = (kind: Partition, workflow: string, month: string) => `${kind}-${workflow}-${month}`;

/** All items of a workflow's last months. */
export async function itemsOf(
  table: Table,
  kind: Partition,
  { workflow, months, now }: { workflow: string; months: number; now: number },
): Promise<Item[]> {
  const found: Item[] = [];
  for (let back = 0; back < months; back += 1) {
    const month = monthBefore(now, back);
    let after: Item | undefined;
    do {
      const page = await table.query({
        key: "#case = :case",
        names: { "#case": "case" },
        values: { ":case": partition(kind, workflow, month) },
        ...(after && { after }),
      });
      found.push(...page.items);
      after = page.next;
    } while (after);
  }
  return found;
}

function monthBefore(now: number, back: number): string {
  const date = new Date(now);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back, 1)).toISOString().slice(0, 7);
}
