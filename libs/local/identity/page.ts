import { html } from "hono/html";
import { people } from "./people.ts";

/** The page that lists the sample people. It says what it is: a stand-in that asks for no password. */
export const signInPage = (action: string, stylesheet: string) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Choose who you are · Longhaul's local sign-in</title>
<link rel="stylesheet" href="${stylesheet}">
</head>
<body>
<main>
<h1>Choose who you are</h1>
<p class="note">This is the local stand-in for your company's sign-in. It knows a few sample people and asks for no password; it runs on this machine only.</p>
<form method="post" action="${action}">
<ul>
${people.map(
  ({ subject, name, does }) =>
    html`<li><button name="person" value="${subject}"><strong>${name}</strong><span>${does}</span></button></li>`,
)}
</ul>
</form>
</main>
</body>
</html>`;

/** What a stale or foreign sign-in attempt gets. */
export const stalePage = (consoleUrl: string, stylesheet: string) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Sign-in is over · Longhaul's local sign-in</title>
<link rel="stylesheet" href="${stylesheet}">
</head>
<body><main><h1>This sign-in is over</h1><p class="note">It was used, or it is too old. <a href="${consoleUrl}">Begin again at the console</a>.</p></main></body>
</html>`;

export const stylesheet = `
:root { color-scheme: light dark; --paper: #f6f5f2; --card: #fff; --ink: #1d2126; --soft: #565d66; --line: #d9d6cf; --accent: #0b5c6b; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14171a; --card: #1c2024; --ink: #e8eaec; --soft: #a5adb6; --line: #343a41; --accent: #6cc4d4; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 30rem; margin: 8vh auto; padding: 0 1.25rem; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 .5rem; }
.note { color: var(--soft); margin: 0 0 1.5rem; }
a { color: var(--accent); }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem; }
button { width: 100%; display: block; text-align: left; padding: .75rem 1rem; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; cursor: pointer; }
button:hover { border-color: var(--accent); }
button:focus-visible, a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
button span { display: block; color: var(--soft); font-size: .9rem; }
`;
