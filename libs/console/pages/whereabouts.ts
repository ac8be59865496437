import type { Review } from "#callbacks";

/** Where an ended review's decision is: with the workflow, on its way, or where nothing waits for it. */
export function whereabouts({ request, delivered, audit }: Review): string {
  if (request.isSample) return "It is kept beside the automatic decision and changes nothing by itself.";
  if (delivered) return "The workflow has it.";
  if (audit.some(({ act }) => act === "undeliverable"))
    return "It is on record, but the workflow no longer waits for it: nothing follows.";
  return "It is on its way to the workflow.";
}
