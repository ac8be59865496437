import type { Running } from "../../../scripts/history/world.ts";
import type { Onboarding } from "../contract.ts";

/** What happens on a day: a signal is sent, or a partner comes at last. */
export type Happening = { on: string } & (
  | { signal: "changed" | "withdrawn" | "leave"; payload: Record<string, unknown> }
  | { release: string }
);

/** How a person answers a review, by its name; `wait` leaves it. Default: all goes well. */
export type Answers = (review: string) => { option: string; outcome: "approved" | "rejected" } | "wait";

const WELL: Answers = (review) => {
  if (review === "check-in-90-manager") return { option: "confirm", outcome: "approved" };
  if (review.startsWith("check-in")) return { option: "well", outcome: "approved" };
  if (review.startsWith("late")) return { option: "go-on", outcome: "approved" };
  return { option: "approve", outcome: "approved" };
};

const PEOPLE = ["Mara Moss", "Second Person"].map((name) => ({ subject: name.toLowerCase().replace(" ", "."), name }));

/** Whom a review is addressed to, as they sign in; undefined where it is addressed to nobody alone. */
export function personFor(addressee: string | undefined, { hire, manager }: Pick<Onboarding, "hire" | "manager">) {
  if (addressee === undefined) return undefined;
  const name = [hire, manager].find(({ email }) => email === addressee)?.name ?? addressee;
  return { subject: addressee, name, email: addressee };
}

/** Plays everybody around a hire: answers what is asked, and lets things happen on their days. True: it did something. */
export function people(onboarding: Onboarding, { happenings = [], answers = WELL }: { happenings?: Happening[]; answers?: Answers } = {}) {
  const { employee } = onboarding;
  const left = [...happenings];

  const happen = async ({ mailboxes, execution, engine, sandboxes }: Running, one: Happening) => {
    await engine.clock.moveTo(Date.parse(one.on));
    if ("release" in one) await post(`${sandboxes.onboarding}/desk/release`, { employee, what: one.release });
    else {
      const payload = { employee, ...one.payload } as never;
      await mailboxes.send(execution, { id: `${one.on} ${one.signal}`, name: one.signal, at: one.on, payload });
    }
  };

  return async (running: Running): Promise<boolean> => {
    const { reviews, execution, engine, sandboxes } = running;
    const books = (await (await fetch(`${sandboxes.onboarding}/books`)).json()) as { calling: number };
    if (books.calling > 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return true;
    }
    for (const { id, name, status, votes = [], request } of await reviews.ofCase(execution)) {
      const answer = status === "open" ? answers(name) : "wait";
      const by = personFor(request.addressee, onboarding) ?? PEOPLE[votes.length];
      if (answer === "wait" || !by) continue;
      await reviews.decide(id, { ...answer, reason: "As the script says.", by, roles: [request.role] });
      return true;
    }
    const [next] = left;
    if (!next || Date.parse(next.on) > (engine.clock.next() ?? Number.POSITIVE_INFINITY)) return false;
    left.shift();
    await happen(running, next);
    return true;
  };
}

export { WELL };

const post = (url: string, body: object) => fetch(url, { method: "POST", body: JSON.stringify(body) });
