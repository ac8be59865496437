import type { Retries } from "./attempt.ts";

export interface Policies {
  /** Of actions and checks. */
  forward: Retries;
  /** Of undos: more patient, for there is nobody behind them but a person. */
  undo: Retries;
  /** Of one attempt, in milliseconds. */
  deadlineMs: number;
}

/** Forward gives up after about 7 s of pauses, an undo after about 35 minutes. */
export const DEFAULT_POLICIES: Policies = {
  forward: { attempts: 4, first: 1, longest: 10 },
  undo: { attempts: 12, first: 2, longest: 300 },
  deadlineMs: 20_000,
};

export const ONCE: Retries = { attempts: 1, first: 1, longest: 1 };
