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
  const run = () => {
    if (busy) return;
    busy = true;
    running = work().finally(() => {
      busy = false;
    });
  };
  const stop = every(everyMs, run);
  run();
  return async () => {
    stop();
    await running;
  };
}
