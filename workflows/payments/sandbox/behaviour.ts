/** How a counterparty answers one operation. */
export type Behaviour =
  | { kind: "ok" | "declined" | "lost-before" | "lost-after" | "late-before" | "late-after" | "twice" }
  | { kind: "broken"; times: number }
  | { kind: "pending"; times: number };

const PLAIN = ["declined", "lost-before", "lost-after", "late-before", "late-after", "twice"] as const;

/**
 * Reads the trigger out of a card token, an article number, an account or a zone: what follows its colon, as
 * `operation=behaviour` with commas between, e.g. `card-1:capture=declined,void=declined`. Without one, all is well.
 */
export function behaviourOf(field: string, operation: string): Behaviour {
  const triggers = field.split(":", 2)[1] ?? "";
  const [, said = ""] =
    triggers
      .split(",")
      .map((one) => one.split("=", 2))
      .find(([name]) => name === operation) ?? [];
  const plain = PLAIN.find((kind) => kind === said);
  if (plain) return { kind: plain };
  const [, kind, times] = /^(500|pending)x(\d{1,3})$/.exec(said) ?? [];
  if (!kind) return { kind: "ok" };
  return { kind: kind === "500" ? "broken" : "pending", times: Number(times) };
}
