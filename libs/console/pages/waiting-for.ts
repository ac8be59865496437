import { html } from "hono/html";
import type { Wait } from "../operations/waits.ts";
import type { Html } from "./layout.ts";
import { instant, took } from "./time.ts";

/** A wait as a sentence: "Waits for the carrier since Tuesday; reminds on Friday." The page's script shows the reader's own time. */
export function waitingFor({ operation, who, next }: Wait, now: number): Html {
  const since = html`since ${instant(new Date(operation.started).toISOString())} (${took(operation, now)})`;
  const then = next ? html`; ${next.does} on ${instant(new Date(next.at).toISOString())}` : "";
  return html`Waits for <b>${who}</b> ${since}${then}.`;
}
