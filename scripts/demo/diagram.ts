import type { SagaOutcome } from "#compensation";

const FORWARD = { done: "✓", failed: "✗", unknown: "?", "not-run": "·" } as const;
const UNDO: Partial<Record<SagaOutcome["steps"][number]["undo"], string>> = {
  undone: "↩",
  "nothing-to-undo": "∅",
  "by-hand": "✍",
  "written-off": "⊘",
  irreversible: "!",
  failed: "✗",
};

export const LEGEND =
  "Forward: ✓ done, ✗ failed, ? nobody can tell, · not run. Backward: ↩ undone, ∅ there was nothing, ✍ by hand, ⊘ written off, ✗ left.";

/** A saga as two lines: forward as far as it came, then backward from there. */
export function diagramOf({ steps }: SagaOutcome): string[] {
  const forward = steps.map(({ name, forward: how }) => `${name} ${FORWARD[how]}`).join(" → ");
  const back = steps.filter(({ undo }) => UNDO[undo]).map(({ name, undo }) => `${name} ${UNDO[undo]}`);
  return back.length > 0 ? [forward, back.join(" ← ")] : [forward];
}
