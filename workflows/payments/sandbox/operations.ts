import { z } from "zod";
import { behaviourOf } from "./behaviour.ts";
import type { Answer, Books } from "./books.ts";

const Money = { minor: z.int().nonnegative(), currency: z.string().regex(/^[A-Z]{3}$/) };
const Line = z.strictObject({ account: z.string(), minor: z.int(), currency: Money.currency });

/** What a request may hold: `trigger` is the field that carries the test trigger. */
export const Request = z.strictObject({
  orderId: z.string(),
  trigger: z.string().default(""),
  ...Money,
  /** Of a request that rests on an earlier one (a capture on its authorisation): the earlier one's key. */
  basedOn: z.string().optional(),
  /** Of a posting. */
  lines: z.array(Line).optional(),
});
export type Request = z.infer<typeof Request>;
export const UndoRequest = z.strictObject({ actionKey: z.string(), trigger: z.string().default("") });
export type UndoRequest = z.infer<typeof UndoRequest>;

/** What the counterparties do, and how each is taken back. Nothing is, while something stands that rests on it. */
export const OPERATIONS = {
  "stock/reserve": { undo: "release" },
  "provider/authorise": { undo: "void" },
  "provider/capture": { undo: "refund" },
  "ledger/post": { undo: "reverse" },
  "carrier/ship": { undo: "cancel" },
} as const;
export type Operation = keyof typeof OPERATIONS;

const refusal = (code: string, message: string): Answer => ({ status: 422, body: { code, message } });

export function act(books: Books, path: Operation, { key, request }: { key: string; request: Request }): Answer {
  const [service = "", operation = ""] = path.split("/");
  const { orderId, minor, currency, basedOn, lines, trigger } = request;
  if (books.isBarred(key)) return refusal("TAKEN_BACK_BEFORE", "The request was taken back before it came.");
  if (behaviourOf(trigger, operation).kind === "declined")
    return refusal(`${operation.toUpperCase()}_DECLINED`, "Declined.");
  if (basedOn !== undefined) {
    const base = books.find(basedOn);
    if (!base || base.undoneBy) return refusal("BASE_MISSING", "What it rests on is not there, or was taken back.");
    if (base.minor < minor || base.currency !== currency)
      return refusal("AMOUNT_TOO_HIGH", "It is more than what it rests on.");
  }
  const said = behaviourOf(trigger, operation);
  const pending = said.kind === "pending" ? said.times : 0;
  books.add({ key, service, operation, orderId, minor, currency, basedOn: basedOn ?? null, pending });
  if (lines) books.post(key, lines);
  return { status: 201, body: { id: `${operation}-${key}`, status: pending > 0 ? "pending" : "done" } };
}

/** Harmless where nothing happened. A reversal is a posting of its own: no line is ever changed or removed. */
export function takeBack(
  books: Books,
  path: Operation,
  { key, request }: { key: string; request: UndoRequest },
): Answer {
  const { actionKey, trigger } = request;
  const { undo } = OPERATIONS[path];
  if (behaviourOf(trigger, undo).kind === "declined")
    return refusal(`${undo.toUpperCase()}_DECLINED`, "It cannot be taken back in this way.");
  const effect = books.find(actionKey);
  if (books.isInUse(actionKey)) return refusal("STILL_IN_USE", "Something rests on it that has not been taken back.");
  const found = books.undo(actionKey, key);
  if (found && path === "ledger/post") {
    const lines = books
      .entriesOf(actionKey)
      .map(({ account, minor, currency }) => ({ account, minor: -minor, currency }));
    books.post(key, lines);
  }
  return { status: 200, body: { outcome: effect ? "undone" : "nothing-to-undo" } };
}
