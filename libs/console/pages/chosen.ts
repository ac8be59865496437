import { InvalidDecisionError, optionsOf, type Review, type ReviewAnswer, type ReviewOption } from "#callbacks";
import { answersFrom } from "./form-fields.ts";

/** The option of an id, of those that the review offers. */
const optionById = (review: Review, id: string) => optionsOf(review.request).find((option) => option.id === id);

/** What a decision form says, for `decide`. @throws InvalidDecisionError where no option was chosen */
export function chosenFrom(
  review: Review,
  form: Record<string, unknown>,
): Pick<ReviewAnswer, "outcome" | "option" | "reason" | "answers" | "code" | "version"> {
  const option = optionById(review, String(form.option ?? ""));
  if (!option) throw new InvalidDecisionError("Choose one of the options.");
  const version = String(form.version ?? "");
  return { ...answeredBy(option, form), ...(version !== "" && { version }) };
}

/** What the form says with an option. */
export function answeredBy(option: ReviewOption, form: Record<string, unknown>) {
  const answers = answersFrom(form, option);
  const code = codeOf(form, option);
  return {
    outcome: option.outcome,
    option: option.id,
    reason: String(form.reason ?? ""),
    ...(answers && { answers }),
    ...(code !== "" && { code }),
  };
}

/** With buttons there is one list of codes for all options; with radio buttons each option has its own. */
const codeOf = (form: Record<string, unknown>, { id }: ReviewOption) => String(form[`code.${id}`] ?? form.code ?? "");
