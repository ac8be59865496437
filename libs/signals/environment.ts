import { z } from "zod";
import { createTable, readEnvironment, succeedCallback } from "#platform";
import { createMailboxes, type Mailboxes } from "./mailbox.ts";

/** The mailboxes of this deployment: the table that LONGHAUL_REVIEWS_TABLE names, callbacks by Lambda's API. */
export function mailboxesFromEnvironment(): Mailboxes {
  const { LONGHAUL_REVIEWS_TABLE } = readEnvironment({ LONGHAUL_REVIEWS_TABLE: z.string().min(3) });
  return createMailboxes({
    table: createTable(LONGHAUL_REVIEWS_TABLE),
    ring: (callbackId) => succeedCallback(callbackId, "signal"),
  });
}
