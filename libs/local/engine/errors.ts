import { WireError } from "../core/wire-error.ts";

const INVALID = "InvalidParameterValueException";

/** The durable-execution API's errors, in the service's words. */
export const errors = {
  invalid: (message: string) => new WireError(INVALID, 400, message),
  /** The SDKs look for these capitals. */
  token: () => new WireError(INVALID, 400, "Invalid Checkpoint Token"),
  unreadable: () => new WireError("InvalidRequestContentException", 400, "Could not parse request body into json."),
  notFound: (what: string) => new WireError("ResourceNotFoundException", 404, `${what} not found`),
  alreadyStarted: (name: string) =>
    new WireError(
      "DurableExecutionAlreadyStartedException",
      409,
      `A durable execution with the name ${name} exists with another payload.`,
    ),
  callbackClosed: () =>
    new WireError("CallbackTimeoutException", 400, "The callback has expired or is already closed."),
  tooLarge: (limit: number) =>
    new WireError("RequestTooLargeException", 413, `Request must be smaller than ${limit} bytes`),
  stopping: () => new WireError("ServiceException", 500, "The local cloud is stopping."),
};
