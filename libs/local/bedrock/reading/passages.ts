import { entriesOf } from "../entries.ts";

/** A part of a document with what it is called there, if anything. */
export interface Passage {
  /** A JSON key with the one above it, a form's label, a heading; empty where a text runs on. */
  label: string;
  value: string;
  kind: "field" | "heading" | "prose";
}

/** What a document consists of, in its order. */
export function passagesOf(document: string): Passage[] {
  const json = jsonIn(document);
  return json === undefined ? ofText(document) : leavesOf(json);
}

function ofText(text: string): Passage[] {
  const { entries, prose } = entriesOf(text);
  const fields = entries.flatMap(({ label, value, isHeading }): Passage[] =>
    isHeading ? [{ label: "", value: label, kind: "heading" }] : [{ label, value, kind: "field" }],
  );
  const lines = prose.split("\n").map((value): Passage => ({ label: "", value, kind: "prose" }));
  const place = ({ value, label }: Passage) => text.indexOf(value.slice(0, 20) || label);
  return [...fields, ...lines]
    .filter(({ value }) => value.trim() !== "")
    .sort((one, other) => place(one) - place(other));
}

function leavesOf(value: unknown, path: readonly string[] = []): Passage[] {
  if (typeof value === "string" || typeof value === "number")
    return `${value}`.trim() === ""
      ? []
      : [{ label: path.slice(-2).map(inWords).join(" "), value: `${value}`.trim(), kind: "field" }];
  if (Array.isArray(value)) return value.flatMap((item) => leavesOf(item, path));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...path, key]));
}

/** `trainingTitle` and `training_title` are a training title. */
const inWords = (key: string) =>
  key
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .replaceAll(/[_-]+/g, " ")
    .toLowerCase()
    .trim();

/** A request that is JSON; undefined where it is a text. */
export function jsonIn(document: string): unknown {
  if (!document.trim().startsWith("{")) return undefined;
  try {
    return JSON.parse(document);
  } catch {
    // A text that only begins like JSON.
    return undefined;
  }
}

/** A request that is JSON without its marks, a value a line, and keys that are sentences too. */
export function spokenIn(document: string): string {
  const json = jsonIn(document);
  if (json === undefined) return document;
  return leavesOf(json)
    .flatMap(({ label, value }) => (label.split(" ").length > LONGEST_KEY ? [label, value] : [value]))
    .join("\n");
}
const LONGEST_KEY = 6;
