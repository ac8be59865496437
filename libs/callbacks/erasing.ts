import { type Item, queryAll } from "#platform";
import { outcomeKey } from "./cases/outcome.ts";
import { type ExternalAnswer, isExternalCall, toCall } from "./external/call.ts";
import { redacted, redactedOutcome } from "./redaction.ts";
import type { Review } from "./review.ts";
import type { ReviewStore } from "./store.ts";

/** A stage that runs again finds that there was an answer, and that it is not there any more. */
const GONE: ExternalAnswer = { kind: "failure", code: "ERASED", message: "The answer was erased." };
/** As `#signals` keeps them, with their payload as JSON under `signal`. */
const SIGNAL_PREFIX = "signal#";

/** What an outside system has still to say, or what has still to be delivered of it. */
export async function awaitsOutside({ table }: ReviewStore, execution: string, now: number): Promise<boolean> {
  const calls = (await entriesOf(table, execution)).filter(isExternalCall).map(toCall);
  return calls.some(
    ({ status, owed, answerableUntil }) =>
      owed !== undefined || (status === "open" && now < Date.parse(answerableUntil ?? "9999-12-31T00:00:00.000Z")),
  );
}

/**
 * Takes the personal data out of what lies beside a case's chain: its ended reviews, its outcome, its one-person links, the
 * answers of outside systems, the payloads of signals. Can be repeated.
 */
export async function eraseBeside(store: ReviewStore, execution: string, reviews: readonly Review[]): Promise<void> {
  const { table } = store;
  await Promise.all(reviews.map((review) => store.replace(redacted(review))));
  await Promise.all((await store.links(execution)).map((key) => table.remove(key)));
  const outcome = await table.get(outcomeKey(execution));
  if (outcome) await table.put(redactedOutcome(outcome));
  for (const item of await entriesOf(table, execution)) {
    if (isExternalCall(item) && item.answer !== undefined) await table.put(withoutAnswer(item));
    if (String(item.entry).startsWith(SIGNAL_PREFIX)) await table.put(withoutPayload(item));
  }
}

function withoutAnswer(item: Item): Item {
  // The digest too: an answer that is short could be guessed from it.
  const { digest: _digest, ...rest } = item;
  return { ...rest, hashes: [], answer: GONE };
}

function withoutPayload(item: Item): Item {
  const signal = JSON.parse(String(item.signal)) as Record<string, unknown>;
  return { ...item, signal: JSON.stringify({ ...signal, payload: null }) };
}

async function entriesOf(table: ReviewStore["table"], execution: string): Promise<Item[]> {
  const lists = ["external#", SIGNAL_PREFIX].map((prefix) =>
    queryAll(table, {
      key: "#case = :case AND begins_with(entry, :prefix)",
      names: { "#case": "case" },
      values: { ":case": execution, ":prefix": prefix },
    }),
  );
  return (await Promise.all(lists)).flat();
}
