export interface Activity {
  /** Something has begun; answers how to say that it has ended. */
  begin(): () => void;
  /** A moment, to ask about what begins after it. */
  mark(): number;
  /** Resolves when nothing is under way that began after the mark, or when for so long of real time nothing has ended. */
  idle(mark: number, patienceMs: number): Promise<void>;
}

/** Knows what is under way, for those who wait until it is quiet. */
export function createActivity(): Activity {
  let begun = 0;
  const underway = new Set<number>();
  const listeners = new Set<() => void>();
  const isIdle = (mark: number) => [...underway].every((id) => id <= mark);
  return {
    begin() {
      begun += 1;
      const id = begun;
      underway.add(id);
      return () => {
        if (underway.delete(id)) for (const listener of listeners) listener();
      };
    },
    mark: () => begun,
    idle(mark, patienceMs) {
      if (isIdle(mark)) return Promise.resolve();
      return new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          listeners.delete(look);
          resolve();
        };
        const look = () => {
          if (isIdle(mark)) done();
          else timer.refresh();
        };
        const timer = setTimeout(done, patienceMs).unref();
        listeners.add(look);
      });
    },
  };
}
