import { html } from "hono/html";
import { isAllowed, usable, type Visitor } from "../access.ts";
import type { Html } from "./layout.ts";

/** The way to a case's chain and its export, for those who may see it. */
export const auditLink = (execution: string, visitor: Visitor): Html =>
  isAllowed("auditor", usable(visitor), new Set())
    ? html` · <a href="/audit/${execution}">proof and export</a>`
    : html``;
