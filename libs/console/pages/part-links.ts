import { html } from "hono/html";
import { z } from "zod";
import type { ExecutionDetails } from "#platform";
import type { Html } from "./layout.ts";

const After = z.object({ continuedAs: z.object({ execution: z.string() }) });
const Before = z.object({ continues: z.object({ of: z.string() }) });

/** The parts before and after an execution whose case outgrew it (`continueAs` of `#workflow`), by its input and its result. */
export function partLinks({ InputPayload, Result }: Pick<ExecutionDetails, "InputPayload" | "Result">): Html {
  const before = Before.safeParse(parse(InputPayload)).data?.continues.of;
  const after = After.safeParse(parse(Result)).data?.continuedAs.execution;
  const link = (name: string) => html`<a href="/executions?search=${encodeURIComponent(name)}">${name}</a>`;
  return html`${before ? html`<p>It continues ${link(before)}.</p>` : ""}${after ? html`<p>It goes on as ${link(after)}.</p>` : ""}`;
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}
