import type { z } from "zod";
import { type Item, queryAll, type Table } from "#platform";
import { ShadowPoint } from "../shadow.ts";
import { CalibrationPoint } from "./point.ts";

/** A point, and the name of the execution that left it. */
export type Kept = CalibrationPoint & { execution: string };

export interface Calibration {
  /** Keeps a point; repeated, the first one stays. */
  add(execution: string, point: CalibrationPoint): Promise<void>;
  /** The points of a workflow's last months, this one included, in no order. */
  points(workflow: string, months?: number): Promise<Kept[]>;
  /** The same of what candidates made of documents. */
  addShadow(execution: string, point: ShadowPoint): Promise<void>;
  shadows(workflow: string, months?: number): Promise<ShadowPoint[]>;
}

const MONTHS = 12;
/** The attribute that holds a point. */
const POINT = "point";

/**
 * The calibration points of a deployment. They lie in the reviews' table, a partition for each workflow and month, so that a
 * year is twelve queries.
 */
export function createCalibration(table: Table, now: () => number = Date.now): Calibration {
  const add = async (kind: Partition, execution: string, point: CalibrationPoint | ShadowPoint) => {
    const key = { case: partition(kind, point.workflow, point.at.slice(0, 7)), entry: execution };
    await table.putNew({ ...key, [POINT]: point }, "entry");
  };
  /** A step that was repeated at a month's end may have left two of an execution. */
  const all = async <T>(kind: Partition, schema: z.ZodType<T>, of: { workflow: string; months: number }) => {
    const items = await itemsOf(table, kind, { ...of, now: now() });
    const points = items.map((item) => [String(item.entry), schema.safeParse(item[POINT])] as const);
    return new Map(points.flatMap(([execution, { data }]) => (data ? [[execution, data] as const] : [])));
  };
  return {
    add: (execution, point) => add("calibration", execution, point),
    addShadow: (execution, point) => add("shadow", execution, point),
    async points(workflow, months = MONTHS) {
      const points = await all("calibration", CalibrationPoint, { workflow, months });
      return [...points].map(([execution, point]) => ({ ...point, execution }));
    },
    shadows: async (workflow, months = MONTHS) => [
      ...(await all("shadow", ShadowPoint, { workflow, months })).values(),
    ],
  };
}

type Partition = "calibration" | "shadow";

const partition = (kind: Partition, workflow: string, month: string) => `${kind}-${workflow}-${month}`;

/** All items of a workflow's last months. */
async function itemsOf(
  table: Table,
  kind: Partition,
  { workflow, months, now }: { workflow: string; months: number; now: number },
): Promise<Item[]> {
  const all = Array.from({ length: months }, (_, back) =>
    queryAll(table, {
      key: "#case = :case",
      names: { "#case": "case" },
      values: { ":case": partition(kind, workflow, monthBefore(now, back)) },
    }),
  );
  return (await Promise.all(all)).flat();
}

function monthBefore(now: number, back: number): string {
  const date = new Date(now);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back, 1)).toISOString().slice(0, 7);
}
