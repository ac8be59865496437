import { html } from "hono/html";
import type { Operation, Timeline } from "../operations/timeline.ts";
import type { Html } from "./layout.ts";
import { took } from "./time.ts";

const WIDTH = 240;
const KINDS = { step: "Step", wait: "Timer", callback: "Callback", context: "Group", invoke: "Call of a function" };

/** Every operation of an execution in its order, each with its place in time. */
export function timelineTable(timeline: Timeline, { started, now }: { started: number; now: number }): Html {
  const end = Math.max(started + 1, ...timeline.operations.map(({ ended }) => ended ?? now));
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Timeline"><table class="timeline"><thead><tr><th scope="col">Operation</th><th scope="col">State</th><th scope="col">Took</th><th scope="col">From start to ${end >= now ? "now" : "end"}</th></tr></thead><tbody>${timeline.operations.map(
    (operation) => row(operation, { started, end, now }),
  )}</tbody></table></div>${timeline.more ? html`<p class="soft small">The history is longer; this is its beginning.</p>` : ""}`;
}

function row(operation: Operation, { started, end, now }: { started: number; end: number; now: number }) {
  const { name, kind, depth, state, failures } = operation;
  const indent = "\u00a0".repeat(depth * 4);
  const from = ((operation.started - started) / (end - started)) * (WIDTH - 4);
  const width = Math.max(4, (((operation.ended ?? now) - operation.started) / (end - started)) * (WIDTH - 4));
  return html`<tr class="state-${state.replace(" ", "-")}"><th scope="row">${indent}${name}<span class="soft small"> ${KINDS[kind]}</span></th><td><span class="pill">${state}</span>${
    failures > 0
      ? html` <span class="warn small">${failures} failed ${failures === 1 ? "attempt" : "attempts"}</span>`
      : ""
  }</td><td class="number">${took(operation, now)}</td><td><svg class="bar" viewBox="0 0 ${WIDTH} 12" width="${WIDTH}" height="12" aria-hidden="true"><rect x="${from.toFixed(1)}" y="2" width="${Math.min(width, WIDTH - from).toFixed(1)}" height="8" rx="2"/></svg></td></tr>`;
}
