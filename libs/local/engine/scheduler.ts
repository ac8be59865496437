import type { EngineContext } from "./context.ts";
import { tellEnd } from "./ending.ts";
import { fire } from "./fire.ts";
import type { Timer } from "./tables.ts";

const BATCH = 500;

/** Fires what is due, in order of time, by one alarm for the earliest row. */
export function createScheduler(context: EngineContext, wake: (arn: string) => void) {
  const { clock, store, tables } = context;
  let armed: { at: number; cancel: () => void } | undefined;
  let running = false;

  const arm = () => {
    if (context.closed || running) return;
    const at = tables.nextTimer();
    if (at === armed?.at) return;
    armed?.cancel();
    armed = at === undefined ? undefined : { at, cancel: clock.at(at, () => void fireDue()) };
  };

  const fireOne = async ({ arn, operation, kind }: Timer) => {
    if (kind === "retention") {
      await store.write(() => tables.remove(arn));
      context.forget(arn);
      return;
    }
    const invokes = await context.change(arn, (execution, journal) => {
      const isWake = fire(execution, { operation, kind }, { context, journal, now: clock.now() });
      return isWake && !execution.record.invocation;
    });
    if (invokes) return wake(arn);
    const { record } = context.load(arn);
    if (record.status !== "RUNNING") tellEnd(context, record);
  };

  const fireDue = async () => {
    armed = undefined;
    if (running) return;
    running = true;
    try {
      for (
        let due = tables.due(clock.now(), BATCH);
        due.length > 0 && !context.closed;
        due = tables.due(clock.now(), BATCH)
      ) {
        await Promise.all(due.map(fireOne));
        context.onEnded();
      }
    } catch (error) {
      if (!context.closed) console.error(error);
    } finally {
      running = false;
      arm();
    }
  };

  return {
    arm,
    fireDue,
    close() {
      armed?.cancel();
    },
  };
}
