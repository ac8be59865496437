import { z } from "zod";
import { InvalidDecisionError } from "./errors.ts";
import { optionsOf, type ReviewOption, type ReviewRequest } from "./request.ts";
import type { Outcome } from "./review.ts";

interface Chosen {
  outcome: Outcome;
  option?: string | undefined;
  answers?: Record<string, z.core.util.JSONType> | undefined;
  code?: string | undefined;
}

/** The option that was chosen, with what it asks for filled in. @throws InvalidDecisionError */
export function chosenOption(request: ReviewRequest, answer: Chosen): ReviewOption {
  const options = optionsOf(request);
  const fitting = options.filter(({ id, outcome }) =>
    answer.option === undefined ? outcome === answer.outcome : id === answer.option && outcome === answer.outcome,
  );
  const [option] = fitting;
  if (!option || fitting.length > 1) {
    const ids = options.map(({ id, outcome }) => `${id} (${outcome})`).join(", ");
    throw new InvalidDecisionError(`Expected \`option\` to be one of ${ids}, got ${answer.option ?? answer.outcome}.`);
  }
  const codes = Object.keys(option.reasons ?? {});
  if (answer.code !== undefined && !codes.includes(answer.code))
    throw new InvalidDecisionError(
      `Expected \`code\` to be ${codes.length > 0 ? `one of ${codes.join(", ")}` : "absent"} with the option ${option.id}, got ${answer.code.slice(0, 100)}.`,
    );
  if (!option.form && answer.answers && Object.keys(answer.answers).length > 0)
    throw new InvalidDecisionError(`Expected no \`answers\`: the option ${option.id} asks for nothing.`);
  if (!option.form) return option;
  const filled = z.fromJSONSchema(option.form as z.core.JSONSchema.JSONSchema).safeParse(answer.answers ?? {});
  if (!filled.success) throw new InvalidDecisionError(`\`answers\`: ${z.prettifyError(filled.error)}`);
  return option;
}
