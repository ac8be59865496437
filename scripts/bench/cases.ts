import { type Measured, measure, timed } from "./measure.ts";
import { pastOfHire } from "./past-of-hire.ts";
import type { Subject } from "./subject.ts";

export interface Outcome extends Partial<Measured> {
  rssMb?: number;
}

export interface Case {
  name: string;
  /** Undefined where it does not apply to the engine. */
  run(subject: Subject, scale: number): Promise<Outcome | undefined>;
}

const steps = (name: string, count: number, bounds: { atOnce?: number; most: number; millis?: number }): Case => ({
  name,
  async run(subject, scale) {
    const { atOnce = 1, most, millis = 3_000 } = bounds;
    const measured = await measure(() => timed(() => subject.run(count)), {
      atOnce,
      most: limited(most, scale),
      millis,
    });
    return { ...measured, rssMb: await subject.rssMb() };
  },
});

const limited = (most: number, scale: number) => Math.max(1, Math.round(most * scale));

/** What is measured, by the names that `--case` takes. Each is bounded in number and time. */
export const CASES: readonly Case[] = [
  steps("3 steps one after another", 3, { most: 1_500 }),
  steps("10 steps", 10, { most: 500 }),
  steps("1,000 steps", 1_000, { most: 5 }),
  steps("2,900 steps", 2_900, { most: 3 }),
  steps("32 at once", 3, { atOnce: 32, most: 12_000 }),
  steps("128 at once", 3, { atOnce: 128, most: 15_000 }),
  {
    name: "callback answered -> result",
    async run(subject, scale) {
      const once = async () => {
        const answer = await subject.awaitCallback();
        return timed(answer);
      };
      const { p50Ms, p99Ms } = await measure(once, { atOnce: 1, most: limited(400, scale), millis: 4_000 });
      return { p50Ms, p99Ms, rssMb: await subject.rssMb() };
    },
  },
  {
    name: "10,000 asleep, killed, restarted",
    async run(subject, scale) {
      const slept = await subject.sleep?.(limited(10_000, scale));
      return slept && { p50Ms: slept.backMs, rssMb: slept.rssMb };
    },
  },
  {
    name: "5,000 hires asleep, killed, restarted",
    async run(subject, scale) {
      const slept = await subject.sleepAfter?.(await pastOfHire(), limited(5_000, scale));
      return slept && { p50Ms: slept.backMs, rssMb: slept.rssMb };
    },
  },
];
