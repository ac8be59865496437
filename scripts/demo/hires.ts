import type { Onboarding } from "../../workflows/onboarding/contract.ts";

const DAY = 86_400_000;

export interface Hired {
  input: Onboarding;
  /** What changes, and when; epoch milliseconds. */
  happenings: { at: number; signal: "changed" | "withdrawn"; payload: Record<string, unknown>; text: string }[];
}

/** The three of the demo, from the moment at which it begins. */
export function hires(begin: number): Hired[] {
  const dateIn = (days: number) => new Date(begin + days * DAY).toISOString().slice(0, 10);
  const hire = (employee: string, name: string, more: Partial<Onboarding> = {}): Onboarding => ({
    employee,
    hire: { name, email: `${name.toLowerCase().replace(" ", ".")}@example.com` },
    manager: { name: "Mara Moss", email: "mara.moss@example.com" },
    role: "Controller",
    site: "Hamburg",
    country: "DE",
    zone: "Europe/Berlin",
    startDate: dateIn(35),
    equipment: "laptop",
    ...more,
  });
  const moved = (at: number, days: number) => ({
    at: begin + at * DAY,
    signal: "changed" as const,
    payload: { startDate: dateIn(days) },
    text: `the first day moves to ${dateIn(days)}`,
  });
  const withdrawn = {
    at: begin + 20 * DAY,
    signal: "withdrawn" as const,
    payload: { reason: "Another offer." },
    text: "withdraws",
  };
  return [
    { input: hire("E-2001", "Ines Ilves"), happenings: [] },
    {
      input: hire("E-2002", "Noah Nunez", { zone: "America/New_York", equipment: "laptop:delivered=held" }),
      happenings: [moved(10, 50), moved(20, 42)],
    },
    { input: hire("E-2003", "Wanda Weiss", { equipment: "laptop:delivered=held" }), happenings: [withdrawn] },
  ];
}

/** How the people of the demo answer a review, by its name. */
export function outcomeFor(review: string): { option: string; outcome: "approved" } {
  if (review === "check-in-90-manager") return { option: "confirm", outcome: "approved" };
  if (review.startsWith("check-in")) return { option: "well", outcome: "approved" };
  if (review.startsWith("late")) return { option: "go-on", outcome: "approved" };
  return { option: "approve", outcome: "approved" };
}
