import Table from "cli-table3";
import type { Comparison, Figures, Shadow, Share } from "#scoring";

const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
const cell = ({ count, of, share, low, high }: Share) =>
  of === 0 ? "none" : `${count} of ${of} = ${percent(share)} (${percent(low)} to ${percent(high)})`;

function print(title: string, head: string[], rows: string[][]) {
  const table = new Table({ head, style: { head: [], border: [] } });
  table.push(...rows);
  console.log(`\n${title}\n${table.toString()}`);
}

export function sayFigures(figures: Figures) {
  const { points, byPeople, byPolicy, audit, reliability, bounds, drift, neededFor, recommendation } = figures;
  console.log(`${points} decisions, ${byPeople} by people beside a score, ${byPolicy} by the policy.`);
  print(
    "How often people approved, by score (afterwards, where the policy had decided)",
    ["score", "approved"],
    reliability.map(({ from, to, approved }) => [`${from} to ${to}`, cell(approved)]),
  );
  print(
    "What bounds would have meant (the first are the contract's), where people have said what is right",
    ["below, above", "left to people", "approvals that are wrong", "rejections that are wrong"],
    bounds.map(({ rejectBelow, approveAbove, toPeople, falseApprovals, falseRejections }) => [
      `${rejectBelow}, ${approveAbove}`,
      cell(toPeople),
      cell(falseApprovals),
      cell(falseRejections),
    ]),
  );
  print(
    "What people said afterwards of automatic decisions that were drawn",
    [
      "drawn",
      "looked at",
      "approvals that a person would have rejected",
      "rejections that a person would have approved",
    ],
    [[String(audit.drawn), String(audit.judged), cell(audit.approvalsDisputed), cell(audit.rejectionsDisputed)]],
  );
  print(
    "Over time, by model and prompt",
    ["month, model, prompt", "decisions", "mean score", "left to people", "approved by people"],
    drift.map(({ period, count, meanScore, toPeople, approvedByPeople }) => [
      period,
      String(count),
      String(meanScore ?? "-"),
      cell(toPeople),
      cell(approvedByPeople),
    ]),
  );
  print(
    "Decisions without a false one that a claim needs",
    ["false at most", "decisions"],
    neededFor.map(({ rate, decisions }) => [percent(rate), String(decisions)]),
  );
  console.log(`\n${recommendation}`);
}

export function sayShadow(candidates: readonly Comparison[], named: Shadow | undefined) {
  console.log(named ? `The contract's candidate: ${named.name}.` : "The contract names no candidate.");
  if (candidates.length === 0) return console.log("No candidate has judged anything yet.");
  for (const one of candidates) {
    console.log(`\n${one.candidate}: ${one.count} documents compared, ${one.unanswered} could not be asked.`);
    print(
      "Beside what decides",
      ["", "current", "candidate"],
      [
        ["left to people", cell(one.toPeople.current), cell(one.toPeople.candidate)],
        ["against people, where they decided", cell(one.againstPeople.current), cell(one.againstPeople.candidate)],
        ["dollars a document", String(one.cost.current), String(one.cost.candidate)],
        ["milliseconds", String(Math.round(one.latencyMs.current)), String(Math.round(one.latencyMs.candidate))],
      ],
    );
    print(
      "Current (rows) and candidate",
      ["", "approved", "rejected", "person"],
      Object.entries(one.table).map(([verdict, { approved, rejected, person }]) => [
        verdict,
        String(approved),
        String(rejected),
        String(person),
      ]),
    );
    console.log(
      `They agree in ${cell(one.agrees)}, oppose each other in ${cell(one.opposed)}; the candidate's score is on average ${one.meanDifference ?? "-"} from the current one's.`,
    );
  }
}
