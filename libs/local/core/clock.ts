import { type Activity, createActivity } from "./activity.ts";
import { createAlarms } from "./alarms.ts";
import { realNow } from "./moved-date.ts";

/** What of the clock outlives the process. All instants are epoch milliseconds. */
export interface ClockState {
  /** By how much it was moved ahead of real time. */
  offset: number;
  /** Where it stands, while it is virtual. */
  standsAt?: number;
}

/** The local cloud's only source of time, so that it can be moved. */
export interface Clock {
  /** Real time goes on by itself; virtual time stands still unless it is moved. */
  readonly mode: "real" | "virtual";
  now(): number;
  /** What makes its time, for other processes that show the same. */
  state(): ClockState;
  /** Calls `listener` whenever the clock was moved, before anything rings. Answers a function that ends it. */
  moved(listener: (state: ClockState) => void): () => void;
  /** Calls `run` once when `now()` has reached `time`; never earlier. Answers a function that cancels it. */
  at(time: number, run: () => void | Promise<void>): () => void;
  /** Calls `run` every so often. A move makes up for the times that it passes by one call. Answers a function that ends it. */
  every(milliseconds: number, run: () => void | Promise<void>): () => void;
  /** When the next alarm rings that is no repeating one. */
  next(): number | undefined;
  /** Moves time forward by `milliseconds`, as `moveTo` does. */
  advance(milliseconds: number): Promise<void>;
  /**
   * Moves time forward to an instant. What falls due on the way rings in order of its time, at its time, and what it sets
   * going comes to rest before time moves on. A move waits for the one before it.
   */
  moveTo(time: number): Promise<void>;
  /** Waits until nothing is under way that runs on account of the cloud: invocations, deliveries. */
  settle(): Promise<void>;
  /** What is under way; a move waits for what its alarms set going. */
  readonly activity: Activity;
  close(): void;
}

export interface ClockOptions extends Partial<ClockState> {
  /** Durable when it resolves; called before anything rings at a time that was moved to. */
  save?: (state: ClockState) => Promise<void>;
}

/** `setTimeout` takes at most a signed 32-bit delay; a longer one is taken in parts. */
const LONGEST_DELAY = 2 ** 31 - 1;
/** How long a move waits for the handlers that an alarm woke while none of them ends, in real milliseconds. */
const PATIENCE_MS = 5_000;
/** What one part hands to another (a message to a queue's poller) begins within so many turns of the event loop. */
const QUIET_TURNS = 6;

/** Real time plus whatever it was moved by, or time that stands still where `standsAt` is given. */
export function createClock({ offset = 0, standsAt, save }: ClockOptions = {}): Clock {
  const alarms = createAlarms();
  const activity = createActivity();
  const listeners = new Set<(state: ClockState) => void>();
  const state: ClockState = { offset, ...(standsAt !== undefined && { standsAt }) };
  const now = () => state.standsAt ?? realNow() + state.offset;
  let timer: NodeJS.Timeout | undefined;
  let moving: Promise<void> | undefined;
  let closed = false;

  const goTo = async (time: number) => {
    const by = time - now();
    if (by <= 0) return;
    if (state.standsAt === undefined) state.offset += by;
    else state.standsAt += by;
    for (const listener of listeners) listener({ ...state });
    await save?.({ ...state });
  };

  const arm = () => {
    clearTimeout(timer);
    const first = alarms.first();
    if (!first || moving || closed) return;
    if (state.standsAt !== undefined && first.time > state.standsAt) return;
    timer = setTimeout(ring, Math.min(Math.max(first.time - now(), 0), LONGEST_DELAY));
  };
  const ring = () => {
    for (let first = alarms.first(); first && first.time <= now(); first = alarms.first()) {
      alarms.take(first, now());
      void first.run();
    }
    arm();
  };

  const rest = async (mark: number) => {
    let seen: number;
    do {
      seen = activity.mark();
      await activity.idle(mark, PATIENCE_MS);
      for (let turn = 0; turn < QUIET_TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    } while (activity.mark() !== seen);
  };
  const isDue = () => (alarms.first()?.time ?? Number.POSITIVE_INFINITY) <= now();
  const settle = async () => {
    await moving?.catch(() => undefined);
    await rest(0);
    while (isDue() && !closed) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      await rest(0);
    }
  };
  const walk = async (target: number) => {
    while (!closed) {
      const once = alarms.firstOnce();
      const stop = once && once.time <= target ? once.time : target;
      const turn = alarms.lastTurn(stop);
      await goTo(turn?.at ?? stop);
      const alarm = turn?.alarm ?? (once && once.time <= target ? once : undefined);
      if (!alarm) return;
      const mark = activity.mark();
      alarms.take(alarm, now());
      await alarm.run();
      await rest(mark);
    }
  };
  const move = (target: () => number): Promise<void> => {
    clearTimeout(timer);
    const mine: Promise<void> = (moving ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => walk(target()))
      .finally(() => {
        if (moving === mine) moving = undefined;
        arm();
      });
    moving = mine;
    return mine;
  };
  const add = (alarm: Parameters<typeof alarms.add>[0]) => {
    alarms.add(alarm);
    arm();
    return () => {
      if (alarms.remove(alarm)) arm();
    };
  };

  return {
    mode: standsAt === undefined ? "real" : "virtual",
    now,
    state: () => ({ ...state }),
    moved(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    activity,
    at: (time, run) => add({ time, run }),
    every: (everyMs, run) => add({ time: now() + everyMs, run, everyMs }),
    next: () => alarms.firstOnce()?.time,
    advance: (milliseconds) => move(() => now() + milliseconds),
    moveTo: (time) => move(() => time),
    settle,
    close() {
      closed = true;
      alarms.clear();
      clearTimeout(timer);
    },
  };
}
