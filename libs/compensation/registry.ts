import { SagaMisuseError } from "./errors.ts";
import type { SagaStepReport } from "./outcome.ts";
import type { SagaStep } from "./spec.ts";

/** What is known of a step: how to take it back, and its report so far. `result` is the action's, where it is done. */
export interface Entry {
  // biome-ignore lint/suspicious/noExplicitAny: an undo takes its own action's result; the list holds steps of every kind.
  spec: SagaStep<any>;
  report: SagaStepReport;
  result?: unknown;
  /** How many of its undos were refused for certain. */
  refusals?: number;
}

/** A sequence of what was started, in order: steps, and groups whose branches are sequences again. `inTurn`: undone one after another. */
export type Started = Entry | { branches: Started[][]; inTurn: boolean };

export const isEntry = (one: Started): one is Entry => "spec" in one;

export const entriesOf = (started: readonly Started[]): Entry[] =>
  started.flatMap((one) => (isEntry(one) ? [one] : one.branches.flatMap(entriesOf)));

/** What a step's name gets where a person asked for another round of it: names are unique. */
export const suffix = (round: number) => (round === 1 ? "" : ` (${round})`);

const STEP_NAME = /^[a-z][a-z0-9-]{0,27}$/;

/**
 * Where a step's undo is registered before its action runs. Nothing is written: a replay comes by the same place in the code
 * with the same name and key, so that what the registry holds after a crash is what it held before it.
 */
export function createRegistry(prefix: string) {
  const started: Started[] = [];
  const names = new Set<string>();
  return {
    started,
    register(into: Started[], name: string, { spec, path }: Pick<Entry, "spec"> & { path: string[] }): Entry {
      if (!STEP_NAME.test(name))
        throw new SagaMisuseError(`Expected a step's name of 1 to 28 of a-z, 0-9 and -, got ${JSON.stringify(name)}.`);
      if (names.has(name))
        throw new SagaMisuseError(`Two steps are named ${name}: their keys would be one. A step's name is static.`);
      if (![spec.undo, spec.noUndo, spec.irreversible, spec.pointOfNoReturn].some(Boolean))
        throw new SagaMisuseError(
          `The step ${name} says neither how it is taken back nor why not. Give it \`undo\`, or a reason as \`noUndo\`, \`irreversible\` or \`pointOfNoReturn\`.`,
        );
      names.add(name);
      const entry: Entry = { spec, report: { ...blank(name, `${prefix}.${name}`), path } };
      into.push(entry);
      return entry;
    },
    /** The reports in the order of their start, and those of the plan that was never reached. */
    reports(plan: readonly string[]): SagaStepReport[] {
      const missing = plan.filter((name) => !names.has(name));
      return [
        ...entriesOf(started).map(({ report }) => report),
        ...missing.map((name) => blank(name, `${prefix}.${name}`)),
      ];
    },
  };
}

const blank = (name: string, key: string): SagaStepReport => ({
  name,
  key,
  path: [],
  forward: "not-run",
  undo: "not-run",
  attempts: 0,
  at: null,
  error: null,
  undoAttempts: 0,
  undoAt: null,
  undoErrors: [],
  reviews: [],
});
