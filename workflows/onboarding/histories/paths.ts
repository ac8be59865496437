import type { Script } from "../../../test/support/scripted-model.ts";
import type { Path } from "../../../scripts/history/world.ts";
import type { Onboarding } from "../contract.ts";
import { type Answers, type Happening, people, WELL } from "./people.ts";

/** A hire whose first day is the first of March, asked for on the 11th of January. */
export const hireOf = (employee: string, more: Partial<Onboarding> = {}): Onboarding => ({
  employee,
  hire: { name: "Ines Ilves", email: "ines.ilves@example.com" },
  manager: { name: "Mara Moss", email: "mara.moss@example.com" },
  role: "Controller",
  site: "Hamburg",
  country: "DE",
  zone: "Europe/Berlin",
  startDate: "2027-03-01",
  equipment: "laptop",
  ...more,
});

const PLAN = "Monday: welcome and lunch.\nFriday: an hour about the week.";

interface Scripted {
  equipment?: string;
  happenings?: Happening[];
  answers?: Answers;
  /** What the model does. Default: it drafts the plan. */
  model?: Script;
}

const path = (employee: string, { equipment = "laptop", model, ...script }: Scripted = {}): Path => {
  const onboarding = hireOf(employee, { equipment });
  return {
    input: (world) => {
      world.script.next = model ?? { text: JSON.stringify({ text: PLAN }) };
      return onboarding;
    },
    meanwhile: people(onboarding, script),
  };
};

const moved = (on: string, startDate: string): Happening => ({ on, signal: "changed", payload: { startDate } });

export const paths: Readonly<Record<string, Path>> = {
  smooth: path("R-1"),
  "moved-twice-with-late-equipment": path("R-2", {
    equipment: "laptop:delivered=held",
    happenings: [moved("2027-01-20T10:00:00.000Z", "2027-03-15"), moved("2027-02-10T10:00:00.000Z", "2027-03-08")],
  }),
  "withdrawn-after-the-contract": path("R-3", {
    equipment: "laptop:delivered=held",
    happenings: [{ on: "2027-02-01T10:00:00.000Z", signal: "withdrawn", payload: { reason: "Another offer." } }],
  }),
  "a-leave-and-another-manager": path("R-4", {
    happenings: [
      { on: "2027-03-20T10:00:00.000Z", signal: "leave", payload: { from: "2027-03-20", until: "2027-04-03" } },
      {
        on: "2027-04-20T10:00:00.000Z",
        signal: "changed",
        payload: { manager: { name: "New Manager", email: "new.manager@example.com" } },
      },
    ],
  }),
  "nobody-answers": path("R-5", {
    model: { error: "AccessDeniedException", status: 403 },
    answers: (review) => (review.startsWith("check-in") ? "wait" : WELL(review)),
  }),
  "withdrawn-after-the-first-day": path("R-8", {
    happenings: [{ on: "2027-03-04T10:00:00.000Z", signal: "withdrawn", payload: { reason: "Not as expected." } }],
  }),
  "given-up-for-want-of-a-signature": path("R-9", {
    equipment: "laptop:signature=held",
    answers: (review) => (review === "late-contract" ? { option: "give-up", outcome: "rejected" } : WELL(review)),
  }),
  "probation-ended": path("R-6", {
    answers: (review) =>
      review === "check-in-90-manager" ? { option: "end-probation", outcome: "rejected" } : WELL(review),
  }),
  "background-not-cleared": path("R-7", {
    equipment: "laptop:background=unclear",
    answers: (review) => (review === "clear-background" ? { option: "reject", outcome: "rejected" } : WELL(review)),
  }),
};
