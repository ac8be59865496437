import { errors } from "./errors.ts";

const MOST_ITEMS = 1_000;
const DEFAULT_ITEMS = 100;

/** A page's size: 0 to 1,000; absent or 0 is 100. @throws WireError */
export function maxItems(query: URLSearchParams): number {
  const text = query.get("MaxItems") ?? "0";
  const given = Number(text);
  if (!Number.isInteger(given) || given < 0 || given > MOST_ITEMS)
    throw errors.invalid(`Expected MaxItems to be 0 to ${MOST_ITEMS}, got ${JSON.stringify(text)}.`);
  return given || DEFAULT_ITEMS;
}

/** A boolean, or what it is where it is absent. */
export function isOn(query: URLSearchParams, name: string, absent: boolean): boolean {
  const text = query.get(name);
  return text === null ? absent : text === "true";
}

/** An instant in epoch milliseconds, from epoch seconds or ISO 8601. @throws WireError */
export function instant(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const time = /^[\d.]+$/.test(text) ? Number(text) * 1_000 : Date.parse(text);
  if (Number.isNaN(time)) throw errors.invalid(`Expected ${name} to be an instant, got ${JSON.stringify(text)}.`);
  return time;
}

export function oneOf<T extends string>(allowed: readonly T[], name: string, given: string): T {
  const match = allowed.find((value) => value === given);
  if (match === undefined)
    throw errors.invalid(`Expected ${name} to be of ${allowed.join(", ")}, got ${JSON.stringify(given)}.`);
  return match;
}

/** A part of a path. @throws WireError where its percent-encoding is broken */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw errors.invalid("The path is not percent-encoded as it should be.");
  }
}
