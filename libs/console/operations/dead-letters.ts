import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import { names } from "#deployment";
import { subjectOfKey } from "#executions";
import { type Letter, LonghaulError, logger, openLetters, postLetter, type Table } from "#platform";
import { bucketTrigger, type Contract, queueTrigger } from "#workflow";

/** The message is not in the dead-letter queue: it never was, has been dealt with, or somebody looks at it just now. */
export class DeadLetterGoneError extends LonghaulError {
  constructor() {
    super("DEAD_LETTER_GONE", "It is not in the queue any more, or somebody else is looking at it just now.");
  }
}

/** `refused`: a message that could not be taken. `failed`: the input of an execution that came to no good end. */
export type LetterKind = "refused" | "failed";

export interface DeadLetter {
  id: string;
  kind: LetterKind;
  workflow: string;
  sentAt: number;
  /** A stable code, where whoever refused it gave one. */
  code?: string;
  /** In words; of a failed execution, whose words can be anybody's, only for those who may see personal data. */
  reason?: string;
  receives: number;
  bytes: number;
  /** Of the body: the beginning of its SHA-256. */
  digest: string;
  /** What it is about, as the index of executions knows it; absent where that cannot be read. */
  subject?: string;
  body?: string;
}

/** What an operator did with a dead letter. */
export const LetterAct = z.object({
  at: z.iso.datetime(),
  act: z.enum(["retried", "removed"]),
  workflow: z.string(),
  kind: z.enum(["refused", "failed"]),
  digest: z.string(),
  by: z.object({ subject: z.string(), name: z.string() }),
});
export type LetterAct = z.infer<typeof LetterAct>;

export interface DeadLetters {
  /** What lies in a workflow's dead-letter queues, at most 50 of each kind; `others`: about how many more. To look gives all back at once. */
  list(contract: Contract, data: boolean): Promise<{ letters: DeadLetter[]; others: number }>;
  /**
   * Puts a refused message back on the workflow's queue, then takes it out of the dead letters. A crash between the two leaves
   * it in both, and to take it twice is safe: the same message comes to the same execution. @throws DeadLetterGoneError
   */
  retry(contract: Contract, id: string, by: LetterAct["by"]): Promise<void>;
  /** Takes it out of the dead letters for good. @throws DeadLetterGoneError */
  remove(contract: Contract, letter: { kind: LetterKind; id: string }, by: LetterAct["by"]): Promise<void>;
  /** What operators did with them, the latest first. */
  acts(): Promise<LetterAct[]>;
}

const MOST = 50;
const FURTHEST = 500;
const KEPT_ACTS = 20;
const ACTS = "#dead-letters";
const YEAR_SECONDS = 365 * 86_400;

export function createDeadLetters({ executions: table, now }: { executions: Table; now: () => number }): DeadLetters {
  const look = async (contract: Contract, kind: LetterKind, data: boolean) => {
    const opened = await openLetters(queueOf(contract, kind), { most: MOST });
    await opened?.close();
    const letters = (opened?.letters ?? []).map((letter) => deadLetterOf(letter, { contract, kind, data }));
    return { letters, others: opened?.others ?? 0 };
  };

  const take = async (
    contract: Contract,
    { kind, id }: { kind: LetterKind; id: string },
    {
      by,
      act,
      before = async () => undefined,
    }: Pick<LetterAct, "by" | "act"> & { before?: (letter: Letter) => Promise<void> },
  ) => {
    const isIt = (letter: Letter) => letter.id === id;
    const opened = await openLetters(queueOf(contract, kind), { most: FURTHEST, isLast: isIt });
    const letter = opened?.letters.find(isIt);
    await opened?.close(letter);
    if (!opened || !letter) throw new DeadLetterGoneError();
    const at = new Date(now()).toISOString();
    const digest = digestOf(letter.body);
    // Who asked for it is on record before it happens.
    const expiresAt = Math.ceil(now() / 1_000) + YEAR_SECONDS;
    const noted = { at, act, workflow: contract.name, kind, digest, by };
    await table.put({ name: ACTS, id: `${at}#${randomUUID()}`, ...noted, expiresAt });
    await before(letter);
    await opened.remove(letter);
    logger.info("A dead letter was dealt with", { act, workflow: contract.name, kind, messageId: id });
  };

  return {
    async list(contract, data) {
      const [refused, failed] = await Promise.all([look(contract, "refused", data), look(contract, "failed", data)]);
      const letters = [...refused.letters, ...failed.letters].sort((one, other) => other.sentAt - one.sentAt);
      return { letters, others: refused.others + failed.others };
    },
    retry: (contract, id, by) =>
      take(
        contract,
        { kind: "refused", id },
        { by, act: "retried", before: ({ body }) => postLetter(names.queue(contract.name), body) },
      ),
    remove: (contract, letter, by) => take(contract, letter, { by, act: "removed" }),
    async acts() {
      const query = { key: "#name = :acts", names: { "#name": "name" }, values: { ":acts": ACTS } };
      const { items } = await table.query({ ...query, limit: KEPT_ACTS, backwards: true });
      return items.map((item) => LetterAct.parse(item));
    },
  };
}

const queueOf = ({ name }: Contract, kind: LetterKind) =>
  kind === "refused" ? names.deadLetters(name) : names.failures(name);

const digestOf = (body: string) => createHash("sha256").update(body).digest("hex").slice(0, 12);

function deadLetterOf(
  { id, body, attributes, sentAt, receives }: Letter,
  { contract, kind, data }: { contract: Contract; kind: LetterKind; data: boolean },
): DeadLetter {
  const { ErrorCode: code, ErrorMessage: reason } = attributes;
  const subject = subjectIn(body, contract);
  return {
    id,
    kind,
    workflow: contract.name,
    sentAt,
    receives,
    bytes: Buffer.byteLength(body),
    digest: digestOf(body),
    ...(code && { code }),
    ...(reason && (kind === "refused" || data) && { reason }),
    ...(subject && { subject }),
    ...(data && { body }),
  };
}

/** What a message, or an execution's input, is about: its business key, hashed. */
function subjectIn(body: string, contract: Contract): string | undefined {
  try {
    const message: unknown = JSON.parse(body);
    const trigger = queueTrigger(contract);
    const ofUpload = bucketTrigger(contract) && objectKey(message);
    const key = ofUpload ?? (trigger && keyAt(message, trigger.businessKey));
    return key === undefined ? undefined : subjectOfKey(contract.name, key);
  } catch {
    return undefined;
  }
}

function keyAt(message: unknown, path: string): string | undefined {
  const data = z.looseObject({ data: z.unknown() }).safeParse(message).data?.data ?? message;
  const key = path.split(".").reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], data);
  return typeof key === "string" || typeof key === "number" ? String(key) : undefined;
}

const Notification = z.looseObject({
  Records: z.array(z.looseObject({ s3: z.looseObject({ object: z.looseObject({ key: z.string() }) }) })).length(1),
});
const Document = z.looseObject({ document: z.looseObject({ key: z.string() }) });

/** S3 writes keys as forms do: `+` for a space, the rest percent-encoded. */
function objectKey(message: unknown): string | undefined {
  const [record] = Notification.safeParse(message).data?.Records ?? [];
  if (record) return decodeURIComponent(record.s3.object.key.replaceAll("+", " "));
  return Document.safeParse(message).data?.document.key;
}
