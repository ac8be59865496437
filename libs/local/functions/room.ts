import { availableParallelism } from "node:os";
import { watchIdleCores } from "./idle-cores.ts";

const LEAST_AT_ONCE = Math.max(4, 2 * availableParallelism());
const MOST_ON_IDLE_CORES = 4 * LEAST_AT_ONCE;
const MOST_AT_ONCE = 3 * MOST_ON_IDLE_CORES;

/** How often it is looked whether there is room for more, while somebody waits in line. */
const LOOK_MS = 50;
/** Nothing has ended for so long: those that run wait for something, maybe for one that is in line behind them. */
const STALL_MS = 500;
const ENOUGH_IDLE = 0.5;

export interface Room {
  /** Resolves, in order of arrival, when there is room for one more; never once it is closed. */
  enter(): Promise<void>;
  /** Takes a place past the line: for what one of those inside waits for. */
  enterAtOnce(): void;
  leave(): void;
  close(): void;
}

/**
 * How many invocations run at a time: as many as keep the cores busy, for more would do no more. While somebody waits in line,
 * one after another is let in beyond that where cores are idle, or where none has ended for a while: handlers wait, too.
 */
export function createRoom(): Room {
  const line: (() => void)[] = [];
  let limit = LEAST_AT_ONCE;
  let inside = 0;
  let lastEnd = 0;
  let looking: NodeJS.Timeout | undefined;
  let closed = false;

  const letIn = () => {
    while (line.length > 0 && inside < limit && !closed) {
      inside += 1;
      line.shift()?.();
    }
  };
  const stopLooking = () => {
    clearInterval(looking);
    looking = undefined;
    limit = LEAST_AT_ONCE;
  };
  const look = (idleCores: () => number) => {
    if (line.length === 0) return stopLooking();
    const hasIdleCores = idleCores() > ENOUGH_IDLE && limit < MOST_ON_IDLE_CORES;
    const isStalled = performance.now() - lastEnd > STALL_MS && limit < MOST_AT_ONCE;
    if (!hasIdleCores && !isStalled) return;
    limit += 1;
    lastEnd = performance.now();
    letIn();
  };

  return {
    enter: () =>
      new Promise((resolve) => {
        line.push(resolve);
        letIn();
        if (line.length === 0 || looking || closed) return;
        const idleCores = watchIdleCores();
        lastEnd = performance.now();
        looking = setInterval(() => look(idleCores), LOOK_MS).unref();
      }),
    enterAtOnce() {
      inside += 1;
    },
    leave() {
      inside -= 1;
      lastEnd = performance.now();
      letIn();
    },
    close() {
      closed = true;
      line.length = 0;
      stopLooking();
    },
  };
}
