import { z } from "zod";

const CURRENCIES = new Set(Intl.supportedValuesOf("currency"));

/** An amount in the smallest unit of its currency (cents; yen), as a whole number: never a float. Up to 10^12 of them. */
export const Money = z.strictObject({
  minor: z.int().positive().max(1_000_000_000_000),
  currency: z.string().refine((code) => CURRENCIES.has(code), "an ISO 4217 code, as EUR"),
});
export type Money = z.infer<typeof Money>;

/** For people: `12.50 EUR`. Currencies have 0, 2 or 3 digits after the point. */
export function formatMoney({ minor, currency }: Money): string {
  const digits =
    new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  if (digits === 0) return `${minor} ${currency}`;
  const text = String(minor).padStart(digits + 1, "0");
  return `${text.slice(0, -digits)}.${text.slice(-digits)} ${currency}`;
}
