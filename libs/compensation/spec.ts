import type { Json } from "#workflow";

/** What an action or an undo is given beside its key. */
export interface Call {
  /** Aborted at the attempt's deadline. */
  signal: AbortSignal;
  /** From 1. */
  attempt: number;
}

export interface UndoCall extends Call {
  /** The key of the action that is to be undone: all there is to go by where its outcome is unknown. */
  actionKey: string;
}

/** What the other side says of an action under its key. `happened: false` must be final: it will not happen later either. */
export type Checked<T> = { happened: true; result: T } | { happened: false };

/** What an undo found: it must be harmless where nothing had happened, and says so. */
export type Undone = "undone" | "nothing-to-undo";

interface Action<T extends Json> {
  /** Does it. `key` is the same however often it is tried: hand it to the other side as the idempotency key. */
  run: (key: string, call: Call) => Promise<T>;
  /** Asks the other side whether the action under `key` has happened, where its outcome is unknown. */
  check?: (key: string, call: Call) => Promise<Checked<T>>;
  /** The other side knows no idempotency keys: it is tried once, and an interruption is an unknown outcome. */
  once?: true;
  /** Of one attempt, in milliseconds. Default 20 s; keep it well under the function's timeout. */
  deadlineMs?: number;
  /** What a person must know to do by hand what could not be undone: amounts, references; no personal data. */
  facts?: Readonly<Record<string, string>>;
}

type Without<Keys extends string> = { [K in Keys]?: never };

/**
 * One step of a saga. It says how it is taken back, or why it is not; the type asks for one of the four. The undo gets the
 * action's result, or undefined where the outcome is unknown.
 */
export type SagaStep<T extends Json> = Action<T> &
  (
    | ({ undo: (key: string, result: T | undefined, call: UndoCall) => Promise<Undone> } & Without<
        "noUndo" | "irreversible" | "pointOfNoReturn"
      >)
    /** There is nothing to take back, and why: it only reads, or it is harmless. */
    | ({ noUndo: string } & Without<"undo" | "irreversible" | "pointOfNoReturn">)
    /** It cannot be taken back, and why: a saga that stops after it is at best partially compensated. */
    | ({ irreversible: string } & Without<"undo" | "noUndo" | "pointOfNoReturn">)
    /** Why the saga only goes forward from here, with retries and then a person. It must be possible to ask whether it happened. */
    | ({ pointOfNoReturn: string; check: NonNullable<Action<T>["check"]> } & Without<
        "undo" | "noUndo" | "irreversible"
      >)
  );
