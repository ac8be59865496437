import type { Person } from "#callbacks";
import { findCallback, logger, stopExecution, succeedCallback } from "#platform";
import type { Contract } from "#workflow";
import { CANCEL, type CancelRequest } from "./cancellable.ts";
import { CancelNotPermittedError, InvalidCancelError } from "./errors.ts";

export interface CancelOrder {
  executionArn: string;
  /** The execution's workflow; its `cancel.role` says who may. */
  contract: Pick<Contract, "name" | "cancel">;
  by: Person;
  roles: readonly string[];
  /** In the person's words, 1 to 500 characters. */
  reason: string;
}

/** `false`: it had been cancelled before, has ended, or does not listen to a cancel. */
export type Cancelled = { cancelled: boolean };

/**
 * Cancels an execution in its own way: it undoes what it did, and ends when that is done. Past its point of no return it goes
 * on. Of several cancels the first wins.
 * @throws CancelNotPermittedError, InvalidCancelError
 */
export async function cancelExecution(order: CancelOrder): Promise<Cancelled> {
  const reason = permit(order);
  const callbackId = await findCallback(order.executionArn, CANCEL);
  const request: CancelRequest = { reason, at: new Date().toISOString() };
  const cancelled = callbackId !== undefined && (await succeedCallback(callbackId, request));
  log("A cancel was sent", order, { cancelled });
  return { cancelled };
}

/**
 * Ends an execution where it is. **Nothing is undone**, and no one is asked about what is left: the status is STOPPED, with
 * the error type `StoppedWithoutCompensation`.
 * @throws CancelNotPermittedError, InvalidCancelError
 */
export async function stopWithoutCompensation(order: CancelOrder): Promise<void> {
  const reason = permit(order);
  await stopExecution(order.executionArn, {
    type: "StoppedWithoutCompensation",
    message: `An operator stopped it where it was. Nothing that it did has been undone. ${reason}`,
  });
  log("An execution was stopped without compensation", order, {});
}

function permit({ contract, roles, reason }: CancelOrder): string {
  const role = contract.cancel?.role;
  if (!role) throw new CancelNotPermittedError(`The workflow ${contract.name} cannot be cancelled.`);
  if (!roles.includes(role)) throw new CancelNotPermittedError(`Cancelling it takes the role ${role}.`);
  const words = reason.trim();
  if (words.length < 1 || words.length > 500)
    throw new InvalidCancelError(`Expected \`reason\` to have 1 to 500 characters, got ${words.length}.`);
  return words;
}

const log = (message: string, { executionArn, by, contract }: CancelOrder, more: object) =>
  logger.warn(message, { workflow: contract.name, executionArn, by: by.subject, ...more });
