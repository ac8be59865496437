import { html } from "hono/html";
import type { ReviewOption } from "#callbacks";
import type { Html } from "./layout.ts";

export const hasCodes = (options: readonly ReviewOption[]) =>
  options.some(({ reasons }) => Object.keys(reasons ?? {}).length > 0);

/** A list of the options' reason codes, grouped by option where there are several; nothing where there are none. */
export function reasonCodes(name: string, options: readonly ReviewOption[], sent: Record<string, unknown> = {}): Html {
  if (!hasCodes(options)) return html``;
  const id = name.replaceAll(".", "-");
  const items = ({ reasons = {} }: ReviewOption) =>
    Object.entries(reasons).map(
      ([code, label]) => html`<option value="${code}"${sent[name] === code ? html` selected` : ""}>${label}</option>`,
    );
  const groups = options.map((option) =>
    options.length === 1 ? html`${items(option)}` : html`<optgroup label="${option.label}">${items(option)}</optgroup>`,
  );
  return html`<label class="code" for="${id}">In short <span class="soft small">(optional)</span></label><select class="code" id="${id}" name="${name}"><option value="">none of these</option>${groups}</select>`;
}

/** A code's label, as its option gives it. */
export const codeLabel = (options: readonly ReviewOption[], option: string | undefined, code: string) =>
  options.find(({ id }) => id === option)?.reasons?.[code] ?? code;
