import { z } from "zod";

const Time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "a time of day as HH:MM");
/** Working hours of one day, as pairs of begin and end, in order: `[["09:00", "12:30"], ["13:30", "17:30"]]`. */
const Hours = z
  .array(z.tuple([Time, Time]))
  .min(1)
  .refine(
    (spans) => spans.flat().every((time, index, all) => index === 0 || time > String(all[index - 1])),
    "spans in order that do not overlap",
  );

const isZone = (zone: string) => {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
};

/** When a team works. A day that is not named is free; so is every holiday, an ISO date in the team's zone. */
export const Calendar = z.strictObject({
  zone: z.string().refine(isZone, "an IANA time zone, such as Europe/Berlin"),
  hours: z
    .partialRecord(z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), Hours)
    .refine((days) => Object.keys(days).length > 0, "at least one working day"),
  holidays: z.array(z.iso.date()),
});
export type Calendar = z.infer<typeof Calendar>;

const MINUTE = 60;
const WEEK = 7 * 86_400;

/** The most seconds of the world's time that so many seconds of working time can take, holidays that all fall together included. */
export function longestWait(workingSeconds: number, { hours, holidays }: Calendar): number {
  const secondsOf = (time: string) => {
    const [hour = 0, minute = 0] = time.split(":").map(Number);
    return (hour * 60 + minute) * MINUTE;
  };
  const spans = Object.values(hours).flat();
  const weekly = spans.reduce((sum, [begins, ends]) => sum + secondsOf(ends) - secondsOf(begins), 0);
  return (Math.ceil(workingSeconds / weekly) + 1) * WEEK + holidays.length * 86_400;
}
