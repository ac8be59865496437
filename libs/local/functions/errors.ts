import { WireError } from "../core/wire-error.ts";

const error = (type: string, status: number, message: string) => new WireError(type, status, message);

/** Lambda's own errors, by the names that its clients know. */
export const errors = {
  invalid: (message: string) => error("InvalidParameterValueException", 400, message),
  malformed: (message: string) => error("InvalidRequestContentException", 400, message),
  notFound: (what: string) => error("ResourceNotFoundException", 404, `${what} not found`),
  conflict: (message: string) => error("ResourceConflictException", 409, message),
  throttled: () =>
    error("TooManyRequestsException", 429, "Rate Exceeded: the function is at its reserved concurrency."),
  tooLarge: (limit: number) =>
    error(
      "RequestTooLargeException",
      413,
      `Request must be smaller than ${limit} bytes for the InvokeFunction operation`,
    ),
};
