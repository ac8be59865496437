import { WireError } from "../core/wire-error.ts";

const error = (type: string, status: number, message: string) => new WireError(type, status, message);

/** The durable-execution API's errors, in the service's words. */
export const errors = {
  invalid: (message: string) => error("InvalidParameterValueException", 400, message),
  /** The SDKs look for these capitals. */
  token: () => error("InvalidParameterValueException", 400, "Invalid Checkpoint Token"),
  notFound: (what: string) => error("ResourceNotFoundException", 404, `${what} not found`),
  alreadyStarted: (name: string) =>
    error(
      "DurableExecutionAlreadyStartedException",
      409,
      `A durable execution with the name ${name} exists with another payload.`,
    ),
  callbackClosed: () => error("CallbackTimeoutException", 400, "The callback has expired or is already closed."),
  tooLarge: (limit: number) => error("RequestTooLargeException", 413, `Request must be smaller than ${limit} bytes`),
};
