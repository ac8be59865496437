import type { Clock } from "./core/clock.ts";

/**
 * Runs `work` every so often by the cloud's clock, never twice at once, and once at the start: EventBridge Scheduler's part
 * for the sweeper.
 */
export function startSchedule(
  { every }: Pick<Clock, "every">,
  everyMs: number,
  work: () => Promise<unknown>,
): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  const run = (): Promise<unknown> => {
    if (busy) return running;
    busy = true;
    running = work().finally(() => {
      busy = false;
    });
    return running;
  };
  const stop = every(everyMs, async () => void (await run()));
  void run();
  return async () => {
    stop();
    await running;
  };
}
