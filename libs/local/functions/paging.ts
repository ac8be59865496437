import { errors } from "./errors.ts";

const MOST_ITEMS = 10_000;

/**
 * A page of a list that is ordered by its keys. The marker is the last key of the page before, so it holds however the list
 * changes. `most` is the service's own largest page.
 * @throws WireError for a MaxItems that is no number from 1 to 10,000
 */
export function paged<T>(
  items: readonly T[],
  query: URLSearchParams,
  { key, most = 50 }: { key: (item: T) => string; most?: number },
): { page: T[]; NextMarker?: string } {
  const text = query.get("MaxItems") ?? String(most);
  const given = Number(text);
  if (!Number.isInteger(given) || given < 1 || given > MOST_ITEMS)
    throw errors.invalid(`Expected MaxItems to be 1 to ${MOST_ITEMS}, got ${JSON.stringify(text)}.`);
  const marker = query.get("Marker");
  const last = marker ? Buffer.from(marker, "base64url").toString() : undefined;
  const before = last === undefined ? -1 : items.findIndex((item) => key(item) === last);
  if (last !== undefined && before < 0) throw errors.invalid("Invalid Marker.");
  const page = items.slice(before + 1, before + 1 + Math.min(given, most));
  const end = page.at(-1);
  const isMore = end !== undefined && end !== items.at(-1);
  return { page, ...(isMore && { NextMarker: Buffer.from(key(end)).toString("base64url") }) };
}
