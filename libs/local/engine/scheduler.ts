import type { EngineContext } from "./context.ts";
import { fire } from "./fire.ts";
import type { Timer } from "./notes.ts";

const BATCH = 500;
const AGAIN_MS = 1_000;

/** Fires what is due, in order of time, by one alarm for the earliest row. */
export function createScheduler(context: EngineContext) {
  const { clock, notes, tables, transactions } = context;
  let armed: { at: number; cancel: () => void } | undefined;
  let firing: Promise<void> | undefined;

  const arm = (at: number | undefined) => {
    armed?.cancel();
    armed = undefined;
    if (at === undefined || context.closed) return;
    const alarm = async () => {
      armed = undefined;
      await fireDue();
    };
    armed = { at, cancel: clock.at(at, alarm) };
  };

  const fireOne = ({ arn, operation, kind }: Timer) =>
    kind === "retention"
      ? transactions.run(() => forget(arn))
      : transactions.change(arn, (change) => fire(context, change, { operation, kind }));
  const forget = (arn: string) => {
    const found = tables.find(arn);
    if (found) tables.remove(found.row);
  };

  const fireAll = async () => {
    const batch = () => (context.closed ? [] : notes.dueTimers(clock.now(), BATCH));
    try {
      for (let due = batch(); due.length > 0; due = batch()) await Promise.all(due.map(fireOne));
      arm(notes.nextTimer());
    } catch (error) {
      if (context.closed) return;
      console.error(error);
      arm(clock.now() + AGAIN_MS);
    }
  };

  const fireDue = (): Promise<void> => {
    firing ??= fireAll().finally(() => {
      firing = undefined;
    });
    return firing;
  };

  return {
    fireDue,
    /** A timer was set. */
    timerSet(at: number) {
      if (!firing && (!armed || at < armed.at)) arm(at);
    },
    async close() {
      arm(undefined);
      await firing;
    },
  };
}
