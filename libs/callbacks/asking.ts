import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { z } from "zod";
import { parseExecutionArn } from "#executions";
import { contractOf, ReviewRules } from "#workflow";
import type { Reopening } from "./cases/outcome.ts";
import { InvalidRequestError } from "./errors.ts";
import { reviewId, reviewName } from "./item.ts";
import { DEFAULT_OPTIONS, type ReviewOption, ReviewRequest } from "./request.ts";

/** An option as a workflow's author writes it: its form is a zod object, or the JSON schema that it is kept as. */
export type OptionToOffer = Omit<ReviewOption, "form"> & { form?: z.ZodObject | ReviewOption["form"] };

/** A review as a workflow's author writes it: what the contract's rules say need not be said again. */
export type ReviewToAsk = Omit<ReviewRequest, "options" | "role"> & {
  role?: string;
  options?: readonly OptionToOffer[] | undefined;
};

export interface DecisionRequest {
  review: ReviewToAsk;
  /** In place of the contract's rules for the review of this name, or beyond them. */
  rules?: Partial<ReviewRules>;
  /** Default: the workflow whose contract runs. */
  workflow?: string;
  /** The same as `rules.deadlineSeconds`. */
  deadlineSeconds?: number;
  /** Where a decision was contested: what the execution's input says. Nobody decides it twice. */
  reopens?: Reopening | undefined;
}

export interface Asking {
  id: string;
  name: string;
  workflow: string;
  execution: string;
  executionArn: string;
  review: ReviewRequest;
  rules: ReviewRules;
  round: number;
  /** The execution whose outcome was contested. */
  reopens?: string;
}

/**
 * What is asked, once contract and request are taken together.
 * @throws InvalidRequestError naming the field, what was expected and what came
 */
export function askingOf(ctx: DurableContext, name: string, request: DecisionRequest): Asking {
  const contract = contractOf(ctx);
  const executionArn = ctx.executionContext.durableExecutionArn;
  const execution = parseExecutionArn(executionArn)?.name ?? "unnamed";
  const { options, ...asked } = request.review;
  const rules = parsed(ReviewRules, "rules", {
    onExpiry: asked.onExpiry ?? "The request ends undecided: an expired review is not an approval.",
    ...contract?.reviews[name],
    ...(asked.role && { role: asked.role }),
    ...(request.deadlineSeconds !== undefined && { deadlineSeconds: request.deadlineSeconds }),
    ...request.rules,
  });
  const review = parsed(ReviewRequest, "review", {
    ...asked,
    role: rules.role,
    onExpiry: rules.onExpiry,
    ...((asked.quorum ?? rules.quorum) && { quorum: asked.quorum ?? rules.quorum }),
    ...(rules.pauseSeconds && { pauseSeconds: rules.pauseSeconds }),
    ...((options || rules.choices) && { options: offered(options ?? DEFAULT_OPTIONS, rules.choices) }),
  });
  return {
    id: reviewId(execution, parsed(reviewName, "name", name)),
    name,
    workflow: parsed(z.string().min(1), "workflow", request.workflow ?? contract?.name),
    execution,
    executionArn,
    review,
    rules,
    round: request.reopens?.round ?? 1,
    ...(request.reopens && { reopens: request.reopens.of }),
  };
}

/** The options with what the contract says of them. @throws InvalidRequestError where it speaks of one that is not offered */
function offered(options: readonly OptionToOffer[], choices: ReviewRules["choices"] = {}) {
  const unknown = Object.keys(choices).find((id) => !options.some((option) => option.id === id));
  if (unknown) throw new InvalidRequestError(`rules.choices: Expected the ids of options, got ${unknown}.`);
  return options.map((option) => ({ ...choices[option.id], ...withSchema(option) }));
}

const withSchema = ({ form, ...option }: OptionToOffer) => ({
  ...option,
  ...(form && { form: form instanceof z.ZodType ? z.toJSONSchema(form) : form }),
});

function parsed<T extends z.ZodType>(schema: T, field: string, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (!result.success) throw new InvalidRequestError(`${field}: ${z.prettifyError(result.error)}`);
  return result.data;
}
