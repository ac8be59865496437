import { z } from "zod";
import { LonghaulError } from "#platform";
import { Model, ScoringSettings } from "#scoring";
import { longestWait } from "./calendar.ts";
import { ReviewRules } from "./review-rules.ts";

/** Objects under `prefix` of the documents bucket start the workflow; its input is then a `DocumentInput` of `#intake`. */
const BucketTrigger = z.strictObject({
  kind: z.literal("bucket"),
  prefix: z.string().regex(/\/$/, "a prefix that ends in /"),
  /** A larger object is not read; the workflow is told that it was too large. */
  maxBytes: z.int().positive(),
});
export type BucketTrigger = z.infer<typeof BucketTrigger>;

const event = {
  /** The event's type, e.g. `longhaul.payment.requested`. */
  eventType: z.string().regex(/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/, "a dotted name in lower case"),
  /** Where the data says what it is about, e.g. `order.id`: one key, one execution. */
  businessKey: z.string().regex(/^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/, "a dotted path into the data"),
};

/** CloudEvents 1.0 in JSON on the workflow's queue start it; its input is the event's data. */
const QueueTrigger = z.strictObject({ kind: z.literal("queue"), ...event });
export type QueueTrigger = z.infer<typeof QueueTrigger>;

/** CloudEvents on the workflow's queue that reach an execution by its business key, once it runs or before. */
const SignalTrigger = z.strictObject({ ...event, payload: z.instanceof(z.ZodType) });
export type SignalTrigger = z.infer<typeof SignalTrigger>;

const Trigger = z.discriminatedUnion("kind", [BucketTrigger, QueueTrigger]);

/** All that others need to know of a workflow, as data. Durations are seconds. */
export const ContractData = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, "2 to 31 of a-z, 0-9 and -, a letter first"),
  title: z.string().min(1),
  /** One of a kind: its queue carries S3's notifications, events, or both. */
  triggers: z.array(Trigger).min(1).refine(areOfDifferentKinds, "at most one trigger of a kind"),
  /** By name; `payload` is what the event's data must be. */
  signals: z
    .record(z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, "1 to 41 of a-z, 0-9 and -, a letter first"), SignalTrigger)
    .optional(),
  /** 1 s to 366 days: the service's bounds. */
  executionTimeoutSeconds: z.int().min(1).max(31_622_400),
  /** 1 to 90 days: the service's bounds. */
  retentionDays: z.int().min(1).max(90),
  function: z.strictObject({ memoryMb: z.int().min(128).max(10_240), timeoutSeconds: z.int().min(1).max(900) }),
  reviews: z.record(z.string(), ReviewRules),
  /** In the console, for whom or what an execution waits, by the name of the review, the outside call or the timer: `delivered: "the carrier"`. */
  waits: z.record(z.string().min(1), z.string().min(1).max(80)).optional(),
  /** How its documents are scored, where it scores any. */
  scoring: ScoringSettings.optional(),
  /** The model that drafts texts for people to confirm, where one does. */
  drafting: Model.optional(),
  /** Present where an execution listens to a cancel: the role whose holders may send it. */
  cancel: z.strictObject({ role: z.string().min(1) }).optional(),
  /** An execution that outgrows its budget goes on as a new one (`continueAs`): it may start the next part, and read its own history. */
  continues: z.literal(true).optional(),
  permissions: z.strictObject({
    /** The model's default id (an inference profile); LONGHAUL_MODEL_ID overrides it. */
    model: z.string().optional(),
    /** Prefixes of the documents bucket. */
    read: z.array(z.string()),
    write: z.array(z.string()),
    mail: z.boolean(),
  }),
  /** Environment variables that its function needs besides, as LONGHAUL_PAYMENTS_URL; the deployment gives their values. */
  settings: z.array(z.string().regex(/^LONGHAUL_[A-Z0-9_]+$/, "LONGHAUL_ and capitals")).optional(),
  /** The most that any path may use; the service's own limits are 3,000 operations and 100 MB. */
  budget: z.strictObject({ operations: z.int().min(1).max(3_000), bytes: z.int().min(1).max(100_000_000) }),
});
export type ContractData = z.infer<typeof ContractData>;

export interface Contract<Input extends z.ZodType = z.ZodType, Result extends z.ZodType = z.ZodType>
  extends ContractData {
  readonly input: Input;
  readonly result: Result;
}

/** A contract says something that cannot be. */
export class InvalidContractError extends LonghaulError {
  constructor(name: string, problem: string) {
    super("CONTRACT_INVALID", `The contract of ${JSON.stringify(name)} is not valid. ${problem}`);
  }
}

/**
 * Declares a workflow's contract: `contract.ts` of its folder exports it as `contract`.
 * @throws InvalidContractError naming the field, what was expected and what came
 */
export function defineContract<Input extends z.ZodType, Result extends z.ZodType>(
  contract: ContractData & { input: Input; result: Result },
): Contract<Input, Result> {
  const { input, result, ...data } = contract;
  const parsed = ContractData.safeParse(data);
  if (!parsed.success) throw new InvalidContractError(String(data.name), z.prettifyError(parsed.error));
  for (const [name, { deadlineSeconds, pauseSeconds = 0, calendar }] of Object.entries(data.reviews)) {
    const longest = (calendar ? longestWait(deadlineSeconds, calendar) : deadlineSeconds) + pauseSeconds;
    if (longest <= data.executionTimeoutSeconds) continue;
    const problem = `Expected reviews.${name}.deadlineSeconds and its pauseSeconds to end within executionTimeoutSeconds (${data.executionTimeoutSeconds}), got ${longest}.`;
    throw new InvalidContractError(data.name, problem);
  }
  const types = [...data.triggers, ...Object.values(data.signals ?? {})].flatMap((one) =>
    "eventType" in one ? [one.eventType] : [],
  );
  const doubled = types.find((type, index) => types.indexOf(type) !== index);
  if (doubled) throw new InvalidContractError(data.name, `Expected each eventType once, got ${doubled} twice.`);
  if (data.signals && !queueTrigger(data))
    throw new InvalidContractError(data.name, "Expected signals beside a queue trigger: they come by the same queue.");
  const inputs = inputPrefix(data.name);
  if (queueTrigger(data) && !data.permissions.read.includes(inputs)) {
    const problem = `Expected permissions.read to hold "${inputs}", where an input lies that is too large to travel, got ${JSON.stringify(data.permissions.read)}.`;
    throw new InvalidContractError(data.name, problem);
  }
  return { ...parsed.data, input, result };
}

function areOfDifferentKinds(triggers: readonly { kind: string }[]) {
  return new Set(triggers.map(({ kind }) => kind)).size === triggers.length;
}

type Triggered = Pick<ContractData, "triggers">;

/** The contract's bucket trigger, where it has one. */
export const bucketTrigger = ({ triggers }: Triggered) => triggers.find((trigger) => trigger.kind === "bucket");

/** The contract's queue trigger, where it has one. */
export const queueTrigger = ({ triggers }: Triggered) => triggers.find((trigger) => trigger.kind === "queue");

/** Where inputs lie in the documents bucket that are too large to travel. */
export const inputPrefix = (workflow: string) => `${workflow}/inputs/`;
