import { z } from "zod";
import { type ConverseRequest, textOf } from "./request.ts";

const Task = z.looseObject({ task: z.string(), outline: z.array(z.string()).min(1) });
const Given = z.strictObject({ facts: z.record(z.string(), z.string()) });

/** An outline that is to be written out, and its facts, as `draftText` of `#scoring` asks; undefined where a request asks for something else. */
export function readDrafting({ system = [], messages, outputConfig }: ConverseRequest) {
  if (outputConfig?.textFormat.structure.jsonSchema.name !== "draft") return undefined;
  const task = Task.safeParse(parse(/\{[\s\S]*\}/.exec(textOf(system))?.[0] ?? ""));
  const given = Given.safeParse(parse(textOf(messages.at(-1)?.content ?? [])));
  return task.success && given.success ? { ...task.data, ...given.data } : undefined;
}

/** What the stand-in can: it fills in the facts, and says that it is no writer. */
export function draftOffline({ outline, facts }: NonNullable<ReturnType<typeof readDrafting>>): { text: string } {
  const lines = outline.map((line) => line.replaceAll(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? name));
  return { text: ["Filled in by the offline model, which writes nothing of its own.", ...lines].join("\n") };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
