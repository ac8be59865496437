import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Eta } from "eta";
import type { Choices } from "./choices.ts";

const templates = join(import.meta.dirname, "templates");
const eta = new Eta({ useWith: true, autoEscape: false, autoTrim: [false, "nl"] });

/** Files that only some choices need; every other template becomes a file. */
const ONLY: Readonly<Record<string, (choices: Choices) => boolean>> = {
  "review.ts": ({ review, saga }) => review || saga,
  "stand-in.ts": ({ saga }) => saga,
  "scoring.ts": ({ score }) => score,
  "rubric.ts": ({ score }) => score,
};

/** The files of a new workflow, by their path in its folder, before they are formatted. */
export async function render(choices: Choices): Promise<Map<string, string>> {
  const values = valuesOf(choices);
  const files = new Map<string, string>();
  for (const template of (await readdir(templates, { recursive: true })).sort()) {
    const path = template.replace(/\.eta$/, "");
    if (path === template || !(ONLY[path]?.(choices) ?? true)) continue;
    files.set(path, eta.renderString(await readFile(join(templates, template), "utf8"), values));
  }
  return files;
}

/** What the templates speak of. */
function valuesOf({ name, trigger, review, saga, score }: Choices) {
  const queue = trigger !== "bucket";
  const bucket = trigger !== "queue";
  const words = name.split("-");
  const title = words.join(" ").replace(/^./, (letter) => letter.toUpperCase());
  return {
    name,
    /** The name as a type's. */
    Type: words.map((word) => word.replace(/^./, (letter) => letter.toUpperCase())).join(""),
    title,
    eventType: `longhaul.${name}.requested`,
    // A saga's name is at most 31 long, and so is a workflow's.
    sagaName: name,
    summary: summaryOf({ trigger, review, saga, score }),
    queue,
    bucket,
    both: queue && bucket,
    review,
    saga,
    score,
    decided: review || score,
    decisions: decisionsOf({ bucket, review, score }),
    reads: [
      ...(bucket ? [`${name}/documents/`] : []),
      ...(queue ? [`${name}/inputs/`] : []),
      ...(saga ? [`${name}/stand-in/`] : []),
    ],
    writes: [`${name}/results/`, saga ? `${name}/stand-in/` : `${name}/done/`],
  };
}

function decisionsOf({ bucket, review, score }: { bucket: boolean; review: boolean; score: boolean }) {
  if (review) return ["approved", "rejected", "expired", "withdrawn"];
  if (score) return ["approved", "rejected", "undecided"];
  return bucket ? ["accepted", "rejected"] : ["accepted"];
}

function summaryOf({ trigger, review, saga, score }: Omit<Choices, "name">): string {
  const begins = { queue: "An event", bucket: "A document in the bucket", both: "An event or a document" }[trigger];
  const decides = [
    score && "is scored",
    review && (score ? "decided by a person where need be" : "decided by a person"),
  ];
  const does = saga ? "carried out, or taken back whole" : "carried out";
  return `${begins} asks for it; the request ${[...decides, does]
    .filter(Boolean)
    .join(", ")
    .replace(/^(?!is )/, "is ")}`;
}
