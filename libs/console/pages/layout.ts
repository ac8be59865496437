import type { Context } from "hono";
import { html } from "hono/html";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Visitor } from "../access.ts";
import { assets } from "../assets/index.ts";

export type Html = ReturnType<typeof html>;

export interface Page {
  title: string;
  /** Who is signed in, if somebody is, and the navigation's current path. */
  visitor?: Visitor | undefined;
  body: Html;
  status?: ContentfulStatusCode;
}

/** A whole page, escaped, never cached: it holds what this person may see now. */
export async function page(c: Context, { title, visitor, body, status = 200 }: Page): Promise<Response> {
  c.header("cache-control", "no-store");
  return c.html(
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Longhaul</title>
<link rel="icon" href="${assets.icon.path}" type="image/svg+xml">
<link rel="stylesheet" href="${assets.style.path}">
<script src="${assets.script.path}" defer></script>
</head>
<body>
<a class="skip" href="#main">To the content</a>
<header class="top">
<a class="brand" href="/"><svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true"><path d="M3 17 L9 7 L14 14 L21 5" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></svg>Longhaul</a>
${visitor ? signedIn(c, visitor) : ""}
</header>
<main id="main">
${body}
</main>
<p id="status" role="status" class="hidden"></p>
${visitor ? keys : ""}
</body>
</html>`,
    status,
  );
}

/** Shown by the script, which is what makes them work. */
const keys = html`<footer class="keys soft small" hidden><label><input type="checkbox" data-keys> Keys</label> <kbd>j</kbd> <kbd>k</kbd> move <kbd>x</kbd> chooses <kbd>Enter</kbd> opens <kbd>a</kbd> approve <kbd>r</kbd> reject <kbd>u</kbd> up</footer>`;

function signedIn(c: Context, { person, roles, csrf }: Visitor) {
  const path = new URL(c.req.url).pathname;
  const links = (c.get("navigation") ?? []) as { href: string; label: string }[];
  const isHere = (href: string) => path === href || path.startsWith(`${href}/`);
  return html`<nav aria-label="Pages"><ul>${links.map(
    ({ href, label }) => html`<li><a href="${href}"${isHere(href) ? html` aria-current="page"` : ""}>${label}</a></li>`,
  )}</ul></nav>
<details class="me"><summary><span class="me-name">${person.name}</span></summary>
<div class="me-card"><p>${person.email ?? person.subject}</p><p class="soft">${roles.length > 0 ? roles.join(", ") : "no role"}</p>
<form method="post" action="/sign-out"><input type="hidden" name="csrf" value="${csrf ?? ""}"><button class="quiet">Sign out</button></form></div></details>`;
}
