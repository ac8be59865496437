import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { NothingHappenedError } from "#compensation";
import { interruptible, type Moment, type Received, sleepUntil } from "#signals";
import { signals } from "./contract.ts";
import { type Case, daysBetween, type Hire, type Note } from "./hire.ts";

/**
 * Runs a stage to its end. A change interrupts it wherever it sleeps, and it runs again for the hire as they are then: it finds
 * what was done by its names. What it answers goes into the timeline.
 * @throws NothingHappenedError where the hire withdraws, or the stage ends the onboarding
 */
export async function during(
  ctx: DurableContext,
  name: string,
  onboarding: Case,
  stage: (ctx: DurableContext, hire: Hire) => Promise<Note[]>,
): Promise<void> {
  for (let round = 1; ; round += 1) {
    const { hire } = onboarding;
    const ended = await interruptible(ctx, round === 1 ? name : `${name}, round ${round}`, {
      signals,
      stage: (child) => stage(child, hire),
    });
    if (ended.done) {
      onboarding.notes.push(...ended.result);
      const last = ended.result.find(({ ends }) => ends);
      if (last?.ends) throw new NothingHappenedError(last.ends, last.text);
      return;
    }
    take(onboarding, ended.signal);
  }
}

/** Sleeps until a moment that changes can move. */
export const sleepDuring = (ctx: DurableContext, name: string, onboarding: Case, until: (hire: Hire) => Moment) =>
  during(ctx, `sleep until ${name}`, onboarding, async (child, hire) => {
    await sleepUntil(child, name, { at: until(hire) });
    return [];
  });

function take(onboarding: Case, signal: Received<typeof signals>): void {
  const { hire, notes } = onboarding;
  const { at } = signal;
  onboarding.signals += 1;
  if (signal.name === "withdrawn") {
    notes.push({ at, text: `Withdrawn: ${signal.payload.reason}` });
    throw new NothingHappenedError("WITHDRAWN", "The hire does not come.");
  }
  if (signal.name === "leave") {
    const days = daysBetween(signal.payload.from, signal.payload.until);
    onboarding.hire = { ...hire, leaveDays: hire.leaveDays + days };
    notes.push({ at, text: `A leave of ${days} days: the check-ins are so much later.` });
    return;
  }
  const { startDate = hire.startDate, manager = hire.manager } = signal.payload;
  onboarding.hire = { ...hire, startDate, manager };
  if (startDate !== hire.startDate)
    notes.push({ at, text: `The first day moves from ${hire.startDate} to ${startDate}.` });
  if (manager.email !== hire.manager.email) notes.push({ at, text: `The manager is now ${manager.name}.` });
}
