import type { Clock } from "../core/clock.ts";

/** Wakes whoever waits for a queue: at once when a message comes, and when a hidden one becomes visible. */
export function createBell(clock: Clock, nextVisible: (queue: string) => number | undefined) {
  const listeners = new Map<string, Set<() => void>>();
  const alarms = new Map<string, () => void>();

  const ring = (queue: string) => {
    for (const listener of [...(listeners.get(queue) ?? [])]) listener();
  };
  const arm = (queue: string) => {
    alarms.get(queue)?.();
    alarms.delete(queue);
    const at = listeners.get(queue)?.size ? nextVisible(queue) : undefined;
    if (at === undefined) return;
    alarms.set(
      queue,
      clock.at(at, () => {
        ring(queue);
        arm(queue);
      }),
    );
  };

  return {
    /** After a change was committed. */
    changed(queue: string) {
      ring(queue);
      arm(queue);
    },
    listen(queue: string, listener: () => void): () => void {
      const set = listeners.get(queue) ?? new Set();
      listeners.set(queue, set.add(listener));
      arm(queue);
      return () => {
        set.delete(listener);
        arm(queue);
      };
    },
    close() {
      for (const cancel of alarms.values()) cancel();
      alarms.clear();
      for (const set of listeners.values()) for (const listener of [...set]) listener();
      listeners.clear();
    },
  };
}
