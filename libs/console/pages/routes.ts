import type { Context } from "hono";
import { html } from "hono/html";
import { z } from "zod";
import { InvalidDecisionError, NotPermittedError, OutdatedViewError, Person, type Review } from "#callbacks";
import { actorOf, isOwnCase, maySee, type Visitor } from "../access.ts";
import { contractOf, type Desk } from "../desk.ts";
import { InboxQuery, inboxRoles, listInbox } from "../inbox.ts";
import { createCounts } from "../inbox-counts.ts";
import { act, type Route, show } from "../route.ts";
import { chosenFrom } from "./chosen.ts";
import { type Entered, enteredBefore } from "./decision-form.ts";
import { inboxBody } from "./inbox.ts";
import { page } from "./layout.ts";
import { notTaken } from "./not-taken.ts";
import { notice } from "./notice.ts";
import { reviewBody } from "./review.ts";

interface Sent {
  text: string;
  takeOver: boolean;
  email: string;
}

/** The pages on which people find and decide what waits for them. */
export function reviewPages(desk: Desk): Route[] {
  const seen = async (c: Context, visitor: Visitor): Promise<Review> => {
    const review = await desk.reviews.get(c.req.param("id") ?? "");
    if (!maySee(visitor, review)) throw new NotPermittedError("role", review.request.role);
    return review;
  };
  const reviewPage = async (
    c: Context,
    visitor: Visitor,
    { review, entered }: { review: Review; entered?: Entered },
  ) => {
    const contract = contractOf(desk, review.workflow);
    const isOpen = review.status === "open" && !isOwnCase(visitor, review);
    const [text, similar] = await Promise.all([
      desk.documentText(review),
      isOpen ? desk.reviews.similarTo(review) : undefined,
    ]);
    const body = reviewBody({ review, text, similar, contract, visitor, now: desk.now(), ...(entered && { entered }) });
    return page(c, { title: review.request.title, visitor, body, status: entered ? 422 : 200 });
  };
  /** A form of one text field that does something with a review and shows it again. */
  const work = (path: string, run: (id: string, visitor: Visitor, sent: Sent) => Promise<unknown>) =>
    act(`/reviews/:id/${path}`, "signed-in", async (c, visitor) => {
      const { id } = await seen(c, visitor);
      const { text = "", takeOver, email = "" } = await c.req.parseBody();
      await run(id, visitor, { text: String(text), takeOver: takeOver !== undefined, email: String(email) });
      return c.redirect(`/reviews/${id}`, 303);
    });
  const { reviews } = desk;
  const countsOf = createCounts(desk);

  return [
    show("/inbox", "reviewer", async (c, visitor) => {
      const query = InboxQuery.parse(c.req.query());
      const roles = inboxRoles(desk, visitor);
      const [list, counts] = await Promise.all([listInbox(desk, visitor, query), countsOf(roles)]);
      const { reviews: found, next, stopped = false } = list;
      const { contracts } = desk;
      const now = desk.now();
      const body = inboxBody({ reviews: found, next, stopped, roles, counts, query, contracts, visitor, now });
      return page(c, { title: "Inbox", visitor, body });
    }),

    show("/reviews/:id", "signed-in", async (c, visitor) => reviewPage(c, visitor, { review: await seen(c, visitor) })),

    act("/reviews/:id/decision", "signed-in", async (c, visitor) => {
      const review = await seen(c, visitor);
      const form = await c.req.parseBody();
      try {
        const settlement = await reviews.decide(review.id, { ...actorOf(visitor), ...chosenFrom(review, form) });
        if (settlement.won) return c.redirect(`/reviews/${review.id}`, 303);
        return notTaken(c, visitor, settlement);
      } catch (error) {
        if (!(error instanceof InvalidDecisionError || error instanceof OutdatedViewError)) throw error;
        return reviewPage(c, visitor, { review: await seen(c, visitor), entered: enteredBefore(form, error) });
      }
    }),

    work("claim", (id, visitor, { takeOver }) => reviews.claim(id, { ...actorOf(visitor), takeOver })),
    work("release", (id, visitor) => reviews.release(id, actorOf(visitor))),
    work("reassign", async (id, visitor, { text, email }) => {
      const to = await desk.people.find(email);
      if (!to) throw new InvalidDecisionError("Expected the e-mail address of somebody who has signed in here before.");
      return reviews.reassign(id, { ...actorOf(visitor), to, reason: text });
    }),
    // By the page's script, once it was shown: reading alone changes nothing, whoever fetches the address.
    work("seen", (id, { person }) => reviews.shown(id, person)),
    act("/reviews/:id/link", "signed-in", async (c, visitor) => {
      const { id } = await seen(c, visitor);
      const { name = "", email = "" } = await c.req.parseBody();
      const to = Person.safeParse({ subject: `guest:${String(email).toLowerCase()}`, name, email });
      if (!to.success || !z.email().safeParse(email).success)
        throw new InvalidDecisionError("Expected a name and an e-mail address.");
      return linkMade(c, visitor, {
        id,
        consoleUrl: desk.consoleUrl,
        token: await desk.links.issue(id, { ...actorOf(visitor), to: to.data }),
      });
    }),
    work("comment", (id, visitor, { text }) => reviews.comment(id, { ...actorOf(visitor), text })),
    work("question", (id, visitor, { text }) => reviews.ask(id, { ...actorOf(visitor), text })),
    work("answer", (id, { person: by }, { text }) => reviews.answer(id, { by, text })),
  ];
}

/** The one time that the link is shown: only its hash is kept. */
const linkMade = (
  c: Context,
  visitor: Visitor,
  { id, consoleUrl, token }: { id: string; consoleUrl: string; token: string },
) =>
  notice(c, {
    status: 200,
    title: "The link is made",
    text: "Give it to this one person. It is shown this once, and is dead on their decision, at the deadline, or once the review is given to somebody else.",
    more: html`<label for="made">Link</label><textarea id="made" rows="3" readonly>${consoleUrl}/links/${token}</textarea>`,
    action: { href: `/reviews/${id}`, label: "Back to the review" },
    visitor,
  });
