import { z } from "zod";
import type { Item } from "#platform";
import { InvalidDecisionError } from "./errors.ts";

/** A place in an index, as a page's end and the next one's beginning. Whoever sends one back may have changed it. */
export const toCursor = (place: unknown) => Buffer.from(JSON.stringify(place)).toString("base64url");

export const refusedCursor = () =>
  new InvalidDecisionError("Expected `after` to be what the page before gave as `next`.");

/** @throws InvalidDecisionError where it is no JSON */
export function fromCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    throw refusedCursor();
  }
}

/** A key of the index in this partition, and of no other. @throws InvalidDecisionError */
export function assertKey(
  place: unknown,
  { partition, value, sort }: { partition: string; value: string; sort: string },
): Item {
  const text = z.string().max(200);
  const key = z.strictObject({ [partition]: z.literal(value), [sort]: text, case: text, entry: text }).safeParse(place);
  if (!key.success) throw refusedCursor();
  return key.data;
}
