import { z } from "zod";
import {
  createTable,
  failCallback,
  heartbeatCallback,
  putEvents,
  readEnvironment,
  startExecution,
  succeedCallback,
  type Table,
  wasCallbackAnswered,
} from "#platform";
import type { Announce } from "./announcing.ts";
import { type Cases, createCases } from "./cases/cases.ts";
import { createDelegations, type Delegations } from "./delegations.ts";
import { createExternalCalls } from "./external/calls.ts";
import { type CallbackReceiver, createCallbackReceiver } from "./external/receive.ts";
import { createLinks, type Links } from "./links.ts";
import { createReviews, type Reviews } from "./reviews.ts";
import { createReviewStore } from "./store.ts";
import { tellApplicant } from "./tell-applicant.ts";

function tableFromEnvironment(): Table {
  const { LONGHAUL_REVIEWS_TABLE } = readEnvironment({ LONGHAUL_REVIEWS_TABLE: z.string().min(3) });
  return createTable(LONGHAUL_REVIEWS_TABLE);
}

/** Where LONGHAUL_EVENT_BUS names a bus, others are told there. */
function announceFromEnvironment(): { announce?: Announce } {
  const { LONGHAUL_EVENT_BUS: bus } = readEnvironment({ LONGHAUL_EVENT_BUS: z.string().min(1).optional() });
  return bus ? { announce: (events) => putEvents(bus, events) } : {};
}

/** The reviews of this deployment: the table that LONGHAUL_REVIEWS_TABLE names, callbacks by Lambda's API. */
export function reviewsFromEnvironment(): Reviews {
  const table = tableFromEnvironment();
  return createReviews({
    store: createReviewStore(table),
    delegations: createDelegations({ table }),
    tellApplicant,
    answerCallback: succeedCallback,
    wasAnswered: wasCallbackAnswered,
    ...announceFromEnvironment(),
  });
}

/** Withdraws what an execution that has ended had asked of people. Nothing waits there any more, so nothing is sent: it takes no right to. */
export async function withdrawEnded(execution: string, reason: string): Promise<void> {
  const store = createReviewStore(tableFromEnvironment());
  await createReviews({ store, answerCallback: async () => false, ...announceFromEnvironment() }).withdraw(
    execution,
    reason,
  );
}

/** The delegations of this deployment; they lie in the reviews' table. */
export const delegationsFromEnvironment = (): Delegations => createDelegations({ table: tableFromEnvironment() });

/** The one-person links of this deployment; they lie in the reviews' table. */
export const linksFromEnvironment = (): Links =>
  createLinks({ store: createReviewStore(tableFromEnvironment()), reviews: reviewsFromEnvironment() });

/** The cases of this deployment; they lie in the reviews' table. A contest starts an execution behind LONGHAUL_ALIAS. */
export function casesFromEnvironment(): Cases {
  const { LONGHAUL_ALIAS } = readEnvironment({ LONGHAUL_ALIAS: z.string().default("live") });
  return createCases({
    store: createReviewStore(tableFromEnvironment()),
    async start(target) {
      const { started } = await startExecution({ ...target, qualifier: LONGHAUL_ALIAS });
      // It stays owed, and the sweeper says so each time: a contest is not lost in silence.
      if (!started) throw new Error(`An execution ${target.name} is there with another input.`);
    },
  });
}

/** What takes the callbacks of outside systems in this deployment. */
export function receiverFromEnvironment(): CallbackReceiver {
  const { table, chain, outbox } = createReviewStore(tableFromEnvironment());
  return createCallbackReceiver({
    calls: createExternalCalls(table),
    chain,
    outbox,
    senders: {
      succeed: succeedCallback,
      fail: failCallback,
      heartbeat: heartbeatCallback,
      wasAnswered: wasCallbackAnswered,
    },
  });
}

/** Takes one callback of an outside system; for whatever serves `POST /callbacks/{token}/{action}`. */
export const receiveCallback: CallbackReceiver["receive"] = (token, action, body) =>
  receiverFromEnvironment().receive(token, action, body);
