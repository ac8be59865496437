import { html } from "hono/html";
import type { Desk } from "../desk.ts";
import type { Mail } from "../outbox.ts";
import { type Route, show } from "../route.ts";
import { type Html, page } from "./layout.ts";
import { instant } from "./time.ts";

/** The mails of the local cloud, which sends none: for whoever tries the platform out. Absent where there is no outbox. */
export function outboxPages({ outbox }: Desk): Route[] {
  if (!outbox) return [];
  return [
    show("/outbox", "overview", async (c, visitor) =>
      page(c, { title: "Outbox", visitor, body: outboxBody(await outbox()) }),
    ),
  ];
}

const outboxBody = (
  mails: readonly Mail[],
): Html => html`<div class="head"><h1>Outbox</h1><p class="soft">The local cloud sends no mail. It keeps what would have been sent, for you to look at.</p></div>
${
  mails.length === 0
    ? html`<section class="empty"><h2>No mail yet</h2><p>Reviewers get one when a case waits for them, applicants when theirs is decided.</p></section>`
    : html`<div class="stack">${mails.map(mail)}</div>`
}`;

const mail = ({ at, to, subject, text }: Mail) =>
  html`<article class="card"><h2>${subject}</h2><p class="soft small">To ${to.join(", ")} · ${instant(new Date(at).toISOString())}</p><pre class="payload" tabindex="0" aria-label="${subject}">${text.split(/(https?:\/\/\S+)/).map((part, index) => (index % 2 === 1 ? html`<a href="${part}">${part}</a>` : part))}</pre></article>`;
