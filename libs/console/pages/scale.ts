import { html } from "hono/html";

/** A score on its scale from 0 to 100, with the bounds below and above which the policy decides alone. */
export function scale({
  value,
  rejectBelow,
  approveAbove,
}: {
  value: number;
  rejectBelow: number;
  approveAbove: number;
}) {
  const label = `Score ${value} of 100. Below ${rejectBelow} the policy rejects, above ${approveAbove} it approves; between, a person decides.`;
  const x = (score: number) => 10 + score * 3;
  const band = (kind: string, from: number, to: number) =>
    html`<rect class="band-${kind}" x="${x(from)}" y="26" width="${(to - from) * 3}" height="10"/>`;
  const tick = (score: number) => html`<text class="tick" x="${x(score)}" y="54" text-anchor="middle">${score}</text>`;
  return html`<svg class="scale" viewBox="0 0 320 60" role="img" aria-label="${label}">
${band("reject", 0, rejectBelow)}${band("person", rejectBelow, approveAbove)}${band("approve", approveAbove, 100)}
${[0, rejectBelow, approveAbove, 100].map(tick)}
<path class="marker" d="M${x(value)} 38 l-7 -14 h14 z" transform="translate(0 -2)"/>
<text class="value" x="${Math.min(Math.max(x(value), 22), 298)}" y="17" text-anchor="middle">${value}</text>
</svg>`;
}

/** The same in small, for a row of a list. */
export function smallScale({
  value,
  rejectBelow,
  approveAbove,
}: {
  value: number;
  rejectBelow: number;
  approveAbove: number;
}) {
  return html`<svg class="scale-small" viewBox="0 0 100 12" role="img" aria-label="Score ${value} of 100">
<rect class="band-reject" x="0" y="4" width="${rejectBelow}" height="4"/><rect class="band-person" x="${rejectBelow}" y="4" width="${approveAbove - rejectBelow}" height="4"/><rect class="band-approve" x="${approveAbove}" y="4" width="${100 - approveAbove}" height="4"/>
<circle class="marker" cx="${Math.min(Math.max(value, 5), 95)}" cy="6" r="4.5"/></svg>`;
}
