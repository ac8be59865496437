import { html } from "hono/html";
import { InvalidDelegationError, type Lent, type Person } from "#callbacks";
import { decidingRoles, type Visitor } from "../access.ts";
import type { Desk } from "../desk.ts";
import { act, type Route, show } from "../route.ts";
import { type Html, page } from "./layout.ts";

const DAY = 86_400_000;

/** Lending one's roles for an absence, and what one was lent. */
export function delegationPages(desk: Desk): Route[] {
  const colleague = async (email: string): Promise<Person> => {
    const person = await desk.people.find(email);
    if (!person)
      throw new InvalidDelegationError("Expected the e-mail address of somebody who has signed in here before.");
    return person;
  };
  return [
    show("/delegations", "decider", (c, visitor) =>
      page(c, {
        title: "Absence",
        visitor,
        body: delegationsBody(visitor, { roles: ownRoles(desk, visitor), now: desk.now() }),
      }),
    ),
    act("/delegations", "decider", async (c, visitor) => {
      const form = await c.req.parseBody();
      const to = await colleague(String(form.email ?? ""));
      const roles = ownRoles(desk, visitor);
      if (form.revoke !== undefined) await desk.delegations.revoke(visitor.person, to);
      else
        await desk.delegations.delegate({
          from: visitor.person,
          to,
          roles,
          held: [...visitor.roles],
          begins: startOf(form.begins),
          ends: new Date(Date.parse(startOf(form.ends)) + DAY).toISOString(),
        });
      return c.redirect("/delegations?done", 303);
    }),
  ];
}

const ownRoles = ({ contracts }: Desk, { roles }: Visitor) =>
  roles.filter((role) => decidingRoles(contracts).has(role));

function startOf(date: unknown): string {
  const time =
    typeof date === "string" && /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time)) throw new InvalidDelegationError("Expected a first and a last day.");
  return new Date(time).toISOString();
}

function delegationsBody({ lent, csrf }: Visitor, { roles, now }: { roles: readonly string[]; now: number }): Html {
  const today = new Date(now).toISOString().slice(0, 10);
  const hidden = html`<input type="hidden" name="csrf" value="${csrf ?? ""}">`;
  const email = (id: string) =>
    html`<span class="field wide-field"><label for="${id}">Colleague's e-mail address</label><input id="${id}" name="email" type="email" required autocomplete="off"></span>`;
  return html`<div class="head"><h1>Absence</h1><p class="soft">Lend your roles while you are away. Whoever decides for you is named as such, and your own cases stay closed to them.</p></div>
<div class="stack narrow"><section class="card"><h2>Lend ${roles.join(", ") || "nothing: you hold no role that decides"}</h2>
<form method="post" action="/delegations" class="line">${hidden}${email("to")}<span class="field"><label for="begins">First day</label><input id="begins" name="begins" type="date" required value="${today}"></span><span class="field"><label for="ends">Last day</label><input id="ends" name="ends" type="date" required value="${today}"></span><button>Lend</button></form></section>
<section class="card"><h2>Take it back</h2><form method="post" action="/delegations" class="line">${hidden}${email("from")}<button class="quiet" name="revoke" value="1">Take back</button></form></section>
<section class="card"><h2>Lent to you now</h2>${lent.length === 0 ? html`<p class="soft">Nothing.</p>` : html`<ul class="plain">${lent.map(lentLine)}</ul>`}</section></div>`;
}

const lentLine = ({ role, onBehalfOf }: Lent) =>
  html`<li><b>${role}</b>, on behalf of ${onBehalfOf.map(({ name }) => name).join(", for ")}</li>`;
