import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { z } from "zod";
import { step } from "#workflow";
import { type Received, type ReceiveOptions, receive, type SignalSchemas } from "./receive.ts";

/**
 * When to wake: an instant (epoch milliseconds, or ISO 8601 in UTC), or a day and a time where somebody lives. A local time that
 * a change of the clocks leaves out is the moment as much later; of one that comes twice it is the first.
 */
export const Moment = z.union([
  z.number(),
  z.iso.datetime(),
  z.strictObject({
    date: z.iso.date(),
    time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day as HH:MM"),
    /** IANA, as Europe/Berlin. */
    zone: z.string().min(1),
  }),
]);
export type Moment = z.infer<typeof Moment>;

/** Epoch milliseconds. @throws where it is no moment, naming what was expected and what came */
export async function instantOf(given: Moment): Promise<number> {
  const moment = Moment.parse(given);
  if (typeof moment !== "object") return new Date(moment).getTime();
  const { DateTime, IANAZone } = await import("luxon");
  if (!IANAZone.isValidZone(moment.zone))
    throw new RangeError(`Expected \`zone\` to be an IANA time zone, got ${JSON.stringify(moment.zone)}.`);
  const local = DateTime.fromISO(`${moment.date}T${moment.time}`, { zone: moment.zone });
  return Math.min(...local.getPossibleOffsets().map((one) => one.toMillis()));
}

/** The service's bound of one wait, in seconds: 366 days. What is longer is slept in parts. */
const LONGEST_SECONDS = 31_622_400;

/**
 * Sleeps until a moment; with `signals` also until one of them comes, and then answers it. How long that is is looked at once,
 * in a step: a replay, whose clock shows something else, sleeps the same parts. Two durable operations, and one more a year;
 * with signals four.
 * @example await sleepUntil(ctx, "first morning", { at: { date: hire.startDate, time: "08:00", zone: hire.zone } });
 */
export async function sleepUntil<Schemas extends SignalSchemas>(
  ctx: DurableContext,
  name: string,
  { at, ...listening }: { at: Moment } & Partial<Omit<ReceiveOptions<Schemas>, "until">>,
): Promise<Received<Schemas> | null> {
  const { until, seconds } = await step(ctx, `time until ${name}`, async () => {
    const instant = await instantOf(at);
    return { until: instant, seconds: Math.max(0, Math.ceil((instant - Date.now()) / 1_000)) };
  });
  const { signals } = listening;
  if (signals) return receive(ctx, name, { ...listening, signals, until });
  for (let left = seconds, part = 1; left > 0; left -= LONGEST_SECONDS, part += 1)
    await ctx.wait(part === 1 ? name : `${name}, part ${part}`, { seconds: Math.min(left, LONGEST_SECONDS) });
  return null;
}
