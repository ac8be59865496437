import { type DurableContext, NestingType } from "@aws/durable-execution-sdk-js";
import type { Schedule } from "./schedule.ts";

/** A callback's raw answer, or null where its time ran out. */
export async function answerOf(answer: PromiseLike<string>): Promise<string | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === "CallbackTimeoutError") return null;
    throw error;
  }
}

interface Timers {
  /** The review's name, for the operations' names. */
  name: string;
  schedule: Schedule;
  canPause: boolean;
  remind: (ctx: DurableContext, count: number) => Promise<unknown>;
  escalate: (ctx: DurableContext, role: string) => Promise<unknown>;
  /** By how many seconds the deadline has moved since the opening. */
  extension: (ctx: DurableContext, count: number) => Promise<number>;
}

/**
 * Waits for the answer beside the review's timers, which stop counting once it is there. Timers are counted from one
 * another and never compared with a clock, so that they hold on a clock that was moved.
 */
export async function answerBesideTimers(
  ctx: DurableContext,
  answer: PromiseLike<string>,
  timers: Timers,
): Promise<string | null> {
  const { name, schedule } = timers;
  const run = async (child: DurableContext): Promise<string | null> => {
    let passed = 0;
    for (const [index, due] of schedule.due.entries()) {
      if (due.seconds > passed)
        await child.wait(`until ${due.kind} ${index + 1} of ${name}`, { seconds: due.seconds - passed });
      passed = Math.max(passed, due.seconds);
      if (due.kind === "remind") await timers.remind(child, due.count);
      else await timers.escalate(child, due.role);
    }
    if (!timers.canPause) return answerOf(answer);
    let extended = 0;
    for (let count = 1; ; count += 1) {
      await child.wait(`until deadline ${count} of ${name}`, { seconds: schedule.deadlineSeconds + extended - passed });
      passed = schedule.deadlineSeconds + extended;
      const extension = await timers.extension(child, count);
      if (extension <= extended) return null;
      extended = extension;
    }
  };
  const both = await ctx.parallel<string | null>(
    `${name} and its timers`,
    [
      { name: `answer to ${name}`, func: () => answerOf(answer) },
      { name: `timers of ${name}`, func: run },
    ],
    // The branches need no operation of their own: what they do is checkpointed, and so is which was first.
    { completionConfig: { minSuccessful: 1 }, nesting: NestingType.FLAT },
  );
  both.throwIfError();
  return both.getResults()[0] ?? null;
}
