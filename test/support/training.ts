import type { LocalDurableTestRunner } from "@aws/durable-execution-sdk-js-testing";
import type { Reviews } from "#callbacks";
import { contract, type TrainingInput } from "../../workflows/training/contract.ts";
import { rubric } from "../../workflows/training/rubric.ts";
import { decideReview, startOnRunner, untilAsked } from "./runner.ts";
import { answerAt } from "./scripted-model.ts";

export { attemptsOf, hana, usageOf } from "./runner.ts";

/** The fields of a request as the model reads them; `over` changes some. */
export const fields = (over: Record<string, string | null> = {}) => ({
  role: "Accountant",
  department: "Finance",
  trainingTitle: "Closing the books",
  provider: "Ledger School",
  cost: "400 EUR",
  dates: "2027-02-01 to 2027-02-02",
  reasons: "The year's end takes us nine days.",
  ...over,
});

/** A well-formed answer of the model that gives every criterion this level. */
export const judged = (level: number, over: Record<string, unknown> = {}) =>
  answerAt(rubric, level, { fields: fields(), ...over });

/** A request as JSON; `over` changes some of its members. */
export const request = (over: Record<string, unknown> = {}) =>
  JSON.stringify({
    applicant: { name: "Ben Brook", email: "ben.brook@example.com" },
    role: "Driver",
    department: "Logistics",
    training: { title: "Load securing", provider: "Road School", startDate: "2027-03-01", endDate: "2027-03-02" },
    cost: { amount: 240, currency: "EUR" },
    reasons: "Two loads shifted this year.",
    ...over,
  });

const REVIEW = "review-request";

/** The training workflow on AWS's own local test runner: see `startOnRunner`. */
export async function startTraining(options: { skipTime?: boolean } = {}) {
  const training = await startOnRunner(contract, () => import("../../workflows/training/workflow.ts"), options);

  /** Starts an execution; its reviews are decided by `reviews`, whose answers go to the runner. */
  const start = (input: TrainingInput, execution?: string): Started => {
    const started = training.start(input, execution);
    return { ...started, review: `${started.execution}.${REVIEW}` };
  };

  return {
    ...training,
    start,
    result: training.read,
    /** Runs a request to its end; where it waits for a person, `meanwhile` is what happens. */
    async run(name: string, body: string | Uint8Array, meanwhile?: (started: Started) => Promise<unknown>) {
      const started = start(await training.place(name, body));
      if (meanwhile) {
        await waiting(started);
        await meanwhile(started);
      }
      const ended = await started.ended;
      const short = ended.getResult() as ShortResult;
      return { ...started, ended, short, document: await training.read(short.result) };
    },
  };
}

export type Training = Awaited<ReturnType<typeof startTraining>>;

/** A running execution, with the reviews that it opens. */
export interface Started {
  runner: LocalDurableTestRunner;
  execution: string;
  arn: string;
  /** The id of its review. */
  review: string;
  reviews: Reviews;
  ended: ReturnType<LocalDurableTestRunner["run"]>;
}

type ShortResult = { decision: string; decidedBy: string; result: string };

/** Until the review stands and its reviewers were told, or could not be. */
export const waiting = (started: Pick<Started, "runner">) => untilAsked(started, REVIEW);

/** What Hana, who is a reviewer, does. */
export const decide = (outcome: "approved" | "rejected", reason: string) => (started: Started) =>
  decideReview(started, REVIEW, { outcome, reason });
