import type { ExecutionRecord } from "./model.ts";

/** The one valid token: bound to the execution, the invocation and the sequence of checkpoints. */
export function tokenOf({ id, invocation, token }: ExecutionRecord): string {
  return Buffer.from(JSON.stringify([id, invocation?.requestId ?? null, token])).toString("base64");
}

/** Markers name a place in what is listed; they stay good for as long as that is there. */
export const toMarker = (place: string | number) => Buffer.from(String(place)).toString("base64url");
export const fromMarker = (marker: string | null) => (marker ? Buffer.from(marker, "base64url").toString() : undefined);
