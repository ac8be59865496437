/** Something to do at a time, in epoch milliseconds. */
export interface Alarm {
  time: number;
  run: () => void | Promise<void>;
  /** It comes again after so many milliseconds; a move of the clock makes up for what it skips by one run. */
  everyMs?: number;
}

export type Alarms = ReturnType<typeof createAlarms>;

/** Alarms by their time; those of the same time in the order in which they were set. */
export function createAlarms() {
  const alarms = new Set<Alarm>();
  // A Set keeps the order of insertion, so the first of the smallest time is the oldest one.
  const earliest = (wanted: (alarm: Alarm) => boolean) => {
    let first: Alarm | undefined;
    for (const alarm of alarms) if (wanted(alarm) && (!first || alarm.time < first.time)) first = alarm;
    return first;
  };
  return {
    add: (alarm: Alarm) => void alarms.add(alarm),
    remove: (alarm: Alarm) => alarms.delete(alarm),
    first: () => earliest(() => true),
    /** The first that does not come again by itself. */
    firstOnce: () => earliest(({ everyMs }) => everyMs === undefined),
    /** The repeating one whose last turn until `time` comes first, and that turn. */
    lastTurn(time: number): { alarm: Alarm; at: number } | undefined {
      const turns = [...alarms].flatMap((alarm) => {
        if (alarm.everyMs === undefined || alarm.time > time) return [];
        return [{ alarm, at: alarm.time + Math.floor((time - alarm.time) / alarm.everyMs) * alarm.everyMs }];
      });
      return turns.sort((one, other) => one.at - other.at)[0];
    },
    /** Takes out what is about to run, or sets a repeating one to its next time after `now`. */
    take(alarm: Alarm, now: number) {
      if (alarm.everyMs === undefined) alarms.delete(alarm);
      else alarm.time += (Math.floor(Math.max(0, now - alarm.time) / alarm.everyMs) + 1) * alarm.everyMs;
    },
    clear: () => alarms.clear(),
  };
}
