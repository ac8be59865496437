import { html } from "hono/html";
import type { Comparison } from "#scoring";
import type { Html } from "./layout.ts";
import { count, share, table } from "./reliability.ts";

/** A candidate beside what decides: what both came to, what it costs, and how often each went against people. */
export function comparisonCard(one: Comparison): Html {
  const { candidate, agrees, opposed, unanswered, toPeople, againstPeople, cost, latencyMs, meanDifference } = one;
  return html`<h3>${candidate}</h3>
<p>${count(one.count, "document")} compared${unanswered > 0 ? `, ${unanswered} more for which it could not be asked` : ""}. They agree in ${share(agrees)}; one approves what the other rejects in ${share(opposed)}.${
    meanDifference === null ? "" : ` Its score is ${meanDifference} from the current one's on average.`
  }</p>
${table(
  `${candidate}, beside what decides`,
  ["Measure", "Current", "Candidate"],
  [
    ["Left to people", share(toPeople.current), share(toPeople.candidate)],
    ["Against people, where they decided", share(againstPeople.current), share(againstPeople.candidate)],
    ["Dollars a document", String(cost.current), String(cost.candidate)],
    ["Milliseconds", String(Math.round(latencyMs.current)), String(Math.round(latencyMs.candidate))],
  ],
)}
${table(
  `${candidate}: what each came to`,
  ["Current, down; candidate, across", "Approved", "Rejected", "Person"],
  Object.entries(one.table).map(([verdict, { approved, rejected, person }]) => [
    verdict,
    String(approved),
    String(rejected),
    String(person),
  ]),
)}`;
}
