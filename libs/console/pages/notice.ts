import type { Context } from "hono";
import { html } from "hono/html";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Visitor } from "../access.ts";
import { type Html, page } from "./layout.ts";

export interface Notice {
  status: ContentfulStatusCode;
  title: string;
  text: string;
  /** What is shown besides, below the text. */
  more?: Html | undefined;
  action?: { href: string; label: string };
  visitor?: Visitor | undefined;
}

/** A page that says one thing: what happened, what did not, and what to do next. */
export const notice = (c: Context, { status, title, text, more, action, visitor }: Notice) =>
  page(c, {
    title,
    visitor,
    status,
    body: html`<section class="notice"><h1>${title}</h1><p>${text}</p>${more ?? ""}${
      action ? html`<p><a class="button" href="${action.href}">${action.label}</a></p>` : ""
    }</section>`,
  });
