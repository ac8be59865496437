import type { Call, Checked, UndoCall, Undone } from "#compensation";
import type { Money } from "./money.ts";

/**
 * What the workflow needs of a payment provider. Every request carries an idempotency key that the provider must honour; a
 * void or a refund names the key of what it takes back, must be harmless where there is nothing, and must bar a request that is
 * still under way. One adapter a provider: `counterparties.ts` has the sandbox's.
 */
export interface PaymentProvider {
  /** Holds the amount on the card. */
  authorise(
    key: string,
    request: { orderId: string; cardToken: string; amount: Money },
    call: Call,
  ): Promise<{ id: string }>;
  /** Takes what `authorisationKey` held. */
  capture(
    key: string,
    request: { orderId: string; cardToken: string; amount: Money; authorisationKey: string },
    call: Call,
  ): Promise<{ id: string }>;
  /** Lets go of a hold. */
  void(key: string, request: { cardToken: string }, call: UndoCall): Promise<Undone>;
  /** Gives back what was taken. */
  refund(key: string, request: { cardToken: string }, call: UndoCall): Promise<Undone>;
  /** Whether the request under this key has happened. */
  find(key: string, call: Call): Promise<Checked<{ id: string }>>;
}
