import type { CallbackReceiver, Delegations, Review, Reviews } from "#callbacks";
import type { Contract } from "#workflow";
import type { Operations } from "./operations/operations.ts";

/** What the console's pages and its API work on. */
export interface Desk {
  contracts: readonly Contract[];
  reviews: Reviews;
  delegations: Delegations;
  receive: CallbackReceiver["receive"];
  operations: Operations;
  /** The text that a review is about; undefined where it has none, or it is gone. */
  documentText(review: Review): Promise<string | undefined>;
  now(): number;
}

export const contractOf = ({ contracts }: Pick<Desk, "contracts">, workflow: string) =>
  contracts.find(({ name }) => name === workflow);
