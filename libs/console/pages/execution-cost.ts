import { html } from "hono/html";
import { type Cost, dollars } from "../operations/cost.ts";
import type { Html } from "./layout.ts";

/** What one execution has cost so far, line by line. */
export const costCard = ({ lines, usd, listed, region, missing, over }: Cost, running: boolean): Html =>
  html`<section class="card"><h2>${running ? "Cost so far" : "Cost"}: ${dollars(usd)}</h2>${
    over.length > 0
      ? html`<p class="warn">More than its contract's budget allows: ${over.join(" and ")}. Either a path does more than was meant, or the budget is too small.</p>`
      : ""
  }<div class="scroll" tabindex="0" role="region" aria-label="Cost"><table class="timeline"><thead><tr><th scope="col">For</th><th scope="col">How much</th><th scope="col">US dollars</th></tr></thead><tbody>${lines.map(
    ({ label, amount, usd: one }) =>
      html`<tr><th scope="row">${label}</th><td>${amount}</td><td class="number">${dollars(one)}</td></tr>`,
  )}</tbody></table></div><p class="soft small">By list prices of ${listed} (${region}), without free tiers; queue, tables, mails and the console are not in it${missing.length > 0 ? `, nor ${missing.join(" and ")}` : ""}.</p></section>`;
