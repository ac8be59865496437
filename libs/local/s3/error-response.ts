import type { ServiceResponse } from "../core/service.ts";
import type { WireError } from "../core/wire-error.ts";
import { xml } from "./xml.ts";

/** An error as S3 writes it. */
export function errorResponse({ type, status, message }: WireError, resource: string): ServiceResponse {
  return {
    status,
    headers: { "content-type": "application/xml" },
    body: xml("Error", { Code: type, Message: message, Resource: resource, RequestId: "local" }),
  };
}
