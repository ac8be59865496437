import type { CallbackReceiver, Cases, Delegations, Links, Review, Reviews } from "#callbacks";
import type { Calibration } from "#scoring";
import type { Contract } from "#workflow";
import type { DeadLetters } from "./operations/dead-letters.ts";
import type { Operations } from "./operations/operations.ts";
import type { Outbox } from "./outbox.ts";
import type { People } from "./people.ts";

/** What the console's pages and its API work on. */
export interface Desk {
  contracts: readonly Contract[];
  reviews: Reviews;
  delegations: Delegations;
  cases: Cases;
  links: Links;
  people: People;
  receive: CallbackReceiver["receive"];
  operations: Operations;
  deadLetters: DeadLetters;
  calibration: Pick<Calibration, "points" | "shadows">;
  /** The local cloud's sent mails; absent where mails are really sent. */
  outbox?: Outbox | undefined;
  /** The console's own address. */
  consoleUrl: string;
  /** The text that a review is about; undefined where it has none, or it is gone. */
  documentText(review: Review): Promise<string | undefined>;
  now(): number;
}

export const contractOf = ({ contracts }: Pick<Desk, "contracts">, workflow: string) =>
  contracts.find(({ name }) => name === workflow);
