import { createHash } from "node:crypto";
import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { z } from "zod";
import { parseExecutionArn } from "#executions";

/** The event of an execution that continues another one. */
export const Continuation = z.strictObject({
  /** `first`: the one that the business key names; `of`: the one before; `part`: 2 is the first that continues. */
  continues: z.strictObject({ first: z.string(), of: z.string(), part: z.int().min(2) }),
  /** The first one's own event. */
  input: z.unknown(),
  state: z.json(),
});

/** Which part of a case an execution is, and what it was handed. */
export interface Part {
  first: string;
  part: number;
  input: unknown;
  state: z.core.util.JSONType | undefined;
}

const parts = new WeakMap<object, Part>();

/** Notes which part runs, by its event; answers the event that a first part would have had. */
export function openPart(ctx: DurableContext, event: unknown): unknown {
  const parsed = Continuation.safeParse(event);
  const { continues, input = event, state } = parsed.data ?? {};
  const { first = nameOf(ctx), part = 1 } = continues ?? {};
  parts.set(ctx.lambdaContext, { first, part, input, state });
  return input;
}

/** Of the execution that runs, by any of its contexts; a first part where no `defineWorkflow` runs it. */
export const partOf = (ctx: DurableContext): Part =>
  parts.get(ctx.lambdaContext) ?? { first: nameOf(ctx), part: 1, input: undefined, state: undefined };

export const nameOf = (ctx: DurableContext): string =>
  parseExecutionArn(ctx.executionContext.durableExecutionArn)?.name ?? "unnamed";

/** The service's bound of an execution's name. */
const LONGEST_NAME = 64;

/** Derived, never random: who starts it again starts the same. A first name that leaves no room stands as its hash. */
export function nameOfPart(first: string, part: number): string {
  const name = `${first}-c${part}`;
  if (name.length <= LONGEST_NAME) return name;
  return `${createHash("sha256").update(first).digest("hex").slice(0, 40)}-c${part}`;
}
