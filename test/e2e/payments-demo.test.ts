import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

interface Shown {
  payments: {
    order: string;
    amount: string;
    outcome: string;
    steps: { name: string; forward: string; undo: string }[];
    execution: string;
  }[];
  duplicatesIgnored: number;
  deadLettered: number;
  unreconciled: number;
}

test("the payments demo shows every ending, ignores the duplicate, sets the poison aside, and agrees with the books", async () => {
  const root = join(import.meta.dirname, "../..");
  const run = promisify(execFile)("node", ["scripts/demo.ts", "payments", "--json"], { cwd: root });
  const shown = JSON.parse((await run).stdout) as Shown;
  expect(shown).toMatchObject({ duplicatesIgnored: 1, deadLettered: 3, unreconciled: 0 });
  expect(shown.payments.length).toBeGreaterThanOrEqual(12);
  const outcomeOf = (order: string) => shown.payments.find((payment) => payment.order === order)?.outcome;
  expect(["order-1001", "order-1004", "order-1013", "order-1014"].map(outcomeOf)).toEqual([
    "completed",
    "compensated",
    "partially-compensated",
    "compensated",
  ]);
  const undos = new Set(shown.payments.flatMap(({ steps }) => steps.map(({ undo }) => undo)));
  for (const undo of ["undone", "by-hand", "written-off", "not-needed", "not-run"]) expect(undos).toContain(undo);
}, 240_000);
