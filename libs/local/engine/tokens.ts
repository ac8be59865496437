import { errors } from "./errors.ts";
import type { ExecutionRecord } from "./model.ts";

/** The one valid token: bound to the execution, the invocation and the sequence of checkpoints. */
export function tokenOf({ id, invocation, token }: ExecutionRecord): string {
  return Buffer.from(JSON.stringify([id, invocation?.requestId ?? null, token])).toString("base64");
}

/** Whether a token is the valid one; there is none where the execution has ended or is not being invoked. */
export const isCurrent = (record: ExecutionRecord, token: string) =>
  record.status === "RUNNING" && record.invocation !== undefined && token === tokenOf(record);

/** Markers name a place in what is listed; they stay good for as long as that is there. */
export const toMarker = (...place: readonly number[]) => Buffer.from(place.join(" ")).toString("base64url");

/** @throws WireError for a marker that is none of ours */
export function fromMarker(marker: string | null | undefined): number[] | undefined {
  if (!marker) return undefined;
  const place = Buffer.from(marker, "base64url").toString();
  if (!/^\d{1,16}( \d{1,16})?$/.test(place)) throw errors.invalid("Invalid Marker.");
  return place.split(" ").map(Number);
}
