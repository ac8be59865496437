export interface Bands {
  rejectBelow: number;
  approveAbove: number;
}

/** Below the one bound rejected, above the other approved; between them, both bounds included, a person decides. */
export function decideByBands(value: number, { rejectBelow, approveAbove }: Bands): "rejected" | "approved" | "person" {
  if (value < rejectBelow) return "rejected";
  return value > approveAbove ? "approved" : "person";
}
