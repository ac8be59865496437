import type { Context } from "aws-lambda";
import { handler as durable } from "./workflow.ts";

type Event = Parameters<typeof durable>[0];

/** A copy of the event carries no transport, so the SDK takes its own: the Lambda API over HTTP, as on AWS. */
export const handler = (event: Event, context: Context) => durable({ ...event }, context);
