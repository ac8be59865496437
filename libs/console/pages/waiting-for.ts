import { html } from "hono/html";
import type { Operation } from "../operations/timeline.ts";
import type { Html } from "./layout.ts";
import { instant, took } from "./time.ts";

/** What an execution waits for, since when and until when: for each open operation a sentence. */
export function waitingFor(operation: Operation, now: number): Html {
  const since = html`since ${instant(new Date(operation.started).toISOString())} (${took(operation, now)})`;
  const until = operation.due === undefined ? "" : html`, until ${instant(new Date(operation.due).toISOString())}`;
  switch (operation.kind) {
    case "callback":
      return html`An answer to <b>${operation.name}</b>, ${since}${until}.`;
    case "wait":
      return html`The timer <b>${operation.name}</b>, ${since}${until}.`;
    case "invoke":
      return html`The function that <b>${operation.name}</b> called, ${since}.`;
    default:
      return operation.state === "retrying"
        ? html`The next attempt of <b>${operation.name}</b>, which failed ${operation.failures} times${until}.`
        : html`The step <b>${operation.name}</b>, ${since}.`;
  }
}
