import { html } from "hono/html";
import { z } from "zod";
import type { Html } from "./layout.ts";

/** A property of a form, as far as a page can ask for it; what is more complicated is asked for as JSON. */
const Property = z.looseObject({
  type: z.string().optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  format: z.string().optional(),
  enum: z.array(z.union([z.string(), z.number()])).optional(),
});
const Form = z.looseObject({
  properties: z.record(z.string(), Property).default({}),
  required: z.array(z.string()).default([]),
});

const nameOf = (option: string, field: string) => `answers.${option}.${field}`;
const FORMATS: Record<string, string> = { date: "date", email: "email", uri: "url" };

/** The fields of an option's form. Which of them must be filled in is known only once the option is chosen: the server checks. */
export function fieldsOf(option: string, form: Record<string, unknown>, sent: Record<string, unknown> = {}): Html[] {
  const { properties, required } = Form.parse(form);
  return Object.entries(properties).map(([field, property]) => {
    const name = nameOf(option, field);
    const value = String(sent[name] ?? "");
    const label = `${property.title ?? field}${required.includes(field) ? "" : " (optional)"}`;
    const hint = property.description ? html`<span class="soft small">${property.description}</span>` : "";
    if (property.enum)
      return html`<label>${label}<select name="${name}"><option value=""></option>${property.enum.map((one) => html`<option${String(one) === value ? html` selected` : ""}>${one}</option>`)}</select></label>${hint}`;
    if (property.type === "boolean")
      return html`<label><input type="checkbox" name="${name}" value="true"${value === "true" ? html` checked` : ""}> ${label}</label>${hint}`;
    const type = isNumeric(property.type) ? "number" : (FORMATS[property.format ?? ""] ?? "text");
    const step = property.type === "number" ? html` step="any"` : "";
    return html`<label>${label}<input type="${type}" name="${name}" value="${value}"${step}></label>${hint}`;
  });
}

const isNumeric = (type: string | undefined) => type === "number" || type === "integer";

/** What was filled in, in the types that the form names; empty fields are left out. */
export function answersFrom(
  body: Record<string, unknown>,
  option: { id: string; form?: Record<string, unknown> | undefined },
): Record<string, z.core.util.JSONType> | undefined {
  if (!option.form) return undefined;
  const { properties } = Form.parse(option.form);
  const filled: Record<string, z.core.util.JSONType> = {};
  for (const [field, { type }] of Object.entries(properties)) {
    const value = body[nameOf(option.id, field)];
    if (type === "boolean") filled[field] = value === "true";
    else if (typeof value === "string" && value !== "") filled[field] = isNumeric(type) ? Number(value) : value;
  }
  return filled;
}
