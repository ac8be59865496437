import { html } from "hono/html";
import type { Contract } from "#workflow";
import type { WorkflowVersions } from "../operations/versions.ts";
import type { Html } from "./layout.ts";
import { span } from "./time.ts";

/** Executions by version: how many are open on each, since when, and which version takes the new ones. */
export function versionsBody(
  workflows: readonly WorkflowVersions[],
  { contracts, now }: { contracts: readonly Contract[]; now: number },
): Html {
  const title = (name: string) => contracts.find((one) => one.name === name)?.title ?? name;
  return html`<div class="stack">${workflows.map(
    ({ workflow, versions, idle }) =>
      html`<section class="card"><h2>${title(workflow)}</h2>${
        versions.length === 0
          ? html`<p class="soft">It is not deployed.</p>`
          : html`<div class="scroll" tabindex="0" role="region" aria-label="Versions of ${title(workflow)}"><table class="timeline"><thead><tr><th scope="col">Version</th><th scope="col">Open</th><th scope="col">The oldest</th><th scope="col">New ones</th></tr></thead><tbody>${versions.map(
              ({ version, open, share, oldestStartedAt }) =>
                html`<tr><th scope="row">${version}</th><td class="number">${
                  open > 0
                    ? html`<a href="/executions?workflow=${workflow}&amp;version=${version}&amp;status=RUNNING&amp;order=oldest">${open}</a>`
                    : "0"
                }</td><td class="number">${oldestStartedAt ? span(now - Date.parse(oldestStartedAt)) : "none"}</td><td>${share > 0 ? `takes ${Math.round(share * 100)} %` : "takes none"}</td></tr>`,
            )}</tbody></table></div>`
      }${idle > 0 ? html`<p class="soft small">${idle} older ${idle === 1 ? "version is" : "versions are"} published, with nothing open.</p>` : ""}</section>`,
  )}</div>
<p class="soft small">An execution stays on the version that it began on until it ends. A version that something is open on must not be removed.</p>`;
}
