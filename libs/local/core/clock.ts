/** The local cloud's only source of time, so that it can be moved. All instants are epoch milliseconds. */
export interface Clock {
  now(): number;
  /**
   * Calls `run` once when `now()` has reached `time`; never earlier. Answers a function that cancels it. A clock that is
   * being moved waits for the promise that `run` may answer before it moves on.
   */
  at(time: number, run: () => void | Promise<void>): () => void;
  /** Moves time forward by `milliseconds`, running what falls due on the way, in order of its time. */
  advance(milliseconds: number): Promise<void>;
  close(): void;
}

interface Alarm {
  time: number;
  order: number;
  run: () => void | Promise<void>;
}

/** `setTimeout` takes at most a signed 32-bit delay; a longer one is taken in parts. */
const LONGEST_DELAY = 2 ** 31 - 1;

/** Real time plus whatever it was moved by; `offset` is what earlier runs were moved by. */
export function createClock(offset = 0): Clock {
  let moved = offset;
  let order = 0;
  let timer: NodeJS.Timeout | undefined;
  const alarms = new Set<Alarm>();
  const now = () => Date.now() + moved;

  const next = () => {
    let first: Alarm | undefined;
    for (const alarm of alarms) {
      if (!first || alarm.time < first.time || (alarm.time === first.time && alarm.order < first.order)) first = alarm;
    }
    return first;
  };
  const arm = () => {
    clearTimeout(timer);
    const first = next();
    if (first) timer = setTimeout(fire, Math.min(Math.max(first.time - now(), 0), LONGEST_DELAY));
  };
  const fire = () => {
    for (let first = next(); first && first.time <= now(); first = next()) {
      alarms.delete(first);
      void first.run();
    }
    arm();
  };

  return {
    now,
    at(time, run) {
      const alarm = { time, order: order++, run };
      alarms.add(alarm);
      arm();
      return () => {
        if (alarms.delete(alarm)) arm();
      };
    },
    async advance(milliseconds) {
      const target = now() + milliseconds;
      for (let first = next(); first && first.time <= target; first = next()) {
        moved += Math.max(0, first.time - now());
        alarms.delete(first);
        await first.run();
        await new Promise((resolve) => setImmediate(resolve));
      }
      moved += Math.max(0, target - now());
      arm();
    },
    close() {
      alarms.clear();
      clearTimeout(timer);
    },
  };
}
