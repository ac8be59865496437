import type { Past } from "./workflow.ts";

/** An engine under measurement. Every number is taken from outside it, in milliseconds of real time. */
export interface Subject {
  /** Runs one execution of so many steps from its start to its result. */
  run(steps: number): Promise<void>;
  /** Starts an execution and lets it fall asleep on a callback; answers how to answer it and wait for the result. */
  awaitCallback(): Promise<() => Promise<void>>;
  /** Puts executions to sleep for a day, kills the engine as `kill -9` does, and starts it again. Absent where nothing would be left. */
  sleep?(count: number): Promise<Slept>;
  /** The same with executions that have something behind them. */
  sleepAfter?(past: Past, count: number): Promise<Slept>;
  /** Memory of the engine and its handlers, in megabytes. */
  rssMb(): Promise<number>;
  close(): Promise<void>;
}

/** After which an engine has put away what it kept at hand. */
export const SLEEP_SOME_MS = 6_000;

export interface Slept {
  /** When all have been asleep for some seconds, in megabytes. */
  rssMb: number;
  /** From the start of the new process until it answers for one of them. */
  backMs: number;
}
