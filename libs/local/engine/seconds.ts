/** The API gives times in epoch seconds, the engine keeps milliseconds: every member named …Timestamp is converted, at any depth. */
export function inSeconds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inSeconds);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name.endsWith("Timestamp") && typeof member === "number" ? member / 1_000 : inSeconds(member),
    ]),
  );
}
