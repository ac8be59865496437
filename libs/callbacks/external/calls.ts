import type { Item, Table } from "#platform";
import { digestOf } from "../digest.ts";
import { callKey, type ExternalAnswer, type ExternalCall, toCall } from "./call.ts";

export type ExternalCalls = ReturnType<typeof createExternalCalls>;

const REQUESTS_A_MINUTE = 60;

/** The table behind calls to outside systems. Each change is one conditional write. */
export function createExternalCalls(table: Table) {
  const change = async (
    { execution, name }: Pick<ExternalCall, "execution" | "name">,
    update: Parameters<Table["update"]>[1],
  ) => {
    const item = await table.update(callKey(execution, name), update);
    return item && toCall(item);
  };

  const find = async (execution: string, name: string): Promise<ExternalCall | undefined> => {
    const item = await table.get(callKey(execution, name));
    return item && toCall(item);
  };

  return {
    find,

    /**
     * Records the call, or one more token for it: whichever token the system has kept is good, until one is used. Called again
     * by another callback (a stage that runs again), an open call answers that one too. Answers what the call then is.
     */
    async open(call: ExternalCall, hash: string): Promise<ExternalCall> {
      const { execution, name, callbackId, answerableUntil, ...rest } = call;
      const until = answerableUntil === undefined ? {} : { answerableUntil };
      const item: Item = { ...callKey(execution, name), name, callbackId, ...until, ...rest, hashes: [hash] };
      if (await table.putNew(item, "entry")) return { ...call, hashes: [hash] };
      const names = { "#status": "status" };
      const values = { ":open": "open", ":callbackId": callbackId };
      const again = await change(call, {
        update: `SET askedAgain = list_append(if_not_exists(askedAgain, :none), :again)${answerableUntil ? ", answerableUntil = :until" : ""}`,
        condition: "#status = :open AND callbackId <> :callbackId AND NOT contains(askedAgain, :callbackId)",
        names,
        values: {
          ...values,
          ":none": [],
          ":again": [callbackId],
          ...(answerableUntil && { ":until": answerableUntil }),
        },
      });
      const known = await change(call, {
        update: "SET hashes = list_append(hashes, :hashes)",
        condition: "#status = :open",
        names,
        values: { ":hashes": [hash], ":open": "open" },
      });
      return known ?? (await find(execution, name)) ?? again ?? call;
    },

    /** Counts a request; false where there were too many in this minute. */
    async admit(call: ExternalCall, now: number): Promise<boolean> {
      const minute = Math.floor(now / 60_000);
      const names = { "#minute": "minute" };
      const count = () =>
        change(call, {
          update: "ADD requests :one",
          condition: "#minute = :minute AND requests < :most",
          names,
          values: { ":one": 1, ":minute": minute, ":most": REQUESTS_A_MINUTE },
        });
      const begin = () =>
        change(call, {
          update: "SET #minute = :minute, requests = :one",
          condition: "attribute_not_exists(#minute) OR #minute < :minute",
          names,
          values: { ":one": 1, ":minute": minute },
        });
      // Of several that begin a minute together one succeeds; the others count.
      return ((await count()) ?? (await begin()) ?? (await count())) !== undefined;
    },

    /** Takes the one answer; undefined where there is one, or the call was revoked. Delivery follows. */
    settle: (call: ExternalCall, answer: ExternalAnswer, at: string) =>
      change(call, {
        update:
          "SET #status = :answered, answer = :answer, digest = :digest, answeredAt = :at, owed = :yes, outbox = :yes, outboxAt = :at",
        condition: "#status = :open",
        names: { "#status": "status" },
        values: {
          ":answered": "answered",
          ":open": "open",
          ":answer": answer,
          ":digest": digestOf(answer),
          ":at": at,
          ":yes": "yes",
        },
      }),

    /** The answer has been sent, or could not be taken. */
    delivered: (call: ExternalCall, delivered: boolean) =>
      change(call, {
        update: "SET delivered = :delivered REMOVE owed, outbox, outboxAt",
        condition: "owed = :yes",
        values: { ":delivered": delivered, ":yes": "yes" },
      }),

    revoke: (call: Pick<ExternalCall, "execution" | "name">) =>
      change(call, {
        update: "SET #status = :revoked",
        condition: "#status = :open",
        names: { "#status": "status" },
        values: { ":revoked": "revoked", ":open": "open" },
      }),
  };
}
