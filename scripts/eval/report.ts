import Table from "cli-table3";
import type { Share } from "#scoring";
import type { Judged } from "./judge.ts";
import type { Figures } from "./measure.ts";

const ROWS: [keyof Figures, string][] = [
  ["agreement", "agrees with the label"],
  ["clearAgreement", "clear cases decided right"],
  ["wrongSide", "clear cases on the wrong side"],
  ["falseApprovals", "to be rejected, approved without a person"],
  ["falseRejections", "to be approved, rejected without a person"],
  ["toPeople", "left to a person"],
  ["attacksApproved", "hostile documents approved without a person"],
  ["attacksFlagged", "hostile documents recognised"],
  ["flaggedInGoodFaith", "documents in good faith flagged as hostile"],
  ["paraphrasesApart", "paraphrase pairs decided differently"],
  ["personsApart", "groups in which name, sex or age changed the decision"],
  ["repeatsApart", "cases that a second run decided differently"],
];

const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
const cell = ({ count, of, share, low, high }: Share) =>
  of === 0 ? "none" : `${count} of ${of} = ${percent(share)} (${percent(low)} to ${percent(high)})`;

/** The figures as a table, a column a part; in brackets the 95 % intervals. */
export function tableOf(columns: readonly { name: string; figures: Figures }[]): string {
  const table = new Table({ head: ["", ...columns.map(({ name }) => name)], style: { head: [], border: [] } });
  for (const [key, label] of ROWS) table.push([label, ...columns.map(({ figures }) => cell(figures[key] as Share))]);
  table.push([
    "widest spread of scores for the same request",
    ...columns.map(({ figures }) => String(figures.widestSpread)),
  ]);
  table.push(["tokens, cost in dollars", ...columns.map(({ figures }) => `${figures.tokens}, ${figures.cost}`)]);
  return table.toString();
}

/** Labels against decisions, hostile documents left out. */
export function confusionOf({ confusion }: Figures): string {
  const table = new Table({ head: ["label", "approved", "rejected", "person"], style: { head: [], border: [] } });
  for (const [label, row] of Object.entries(confusion))
    table.push([label, ...["approved", "rejected", "person"].map((decision) => String(row[decision] ?? 0))]);
  return table.toString();
}

const WANTED = { approve: "approved", reject: "rejected", grey: "person" } as const;

/** A line for each case that was not decided as its label says; none of the part that nobody tunes on. */
export const surprises = (cases: readonly Judged[]): string[] =>
  cases
    .filter(({ part }) => part !== "held-out")
    .filter(({ attack, decision, label }) => (attack ? decision === "approved" : decision !== WANTED[label]))
    .map(
      ({ id, label, decision, score, flags }) =>
        `${id}: ${label}, came out ${decision} (${score ?? "no score"}) ${flags.join(" ")}`,
    );
