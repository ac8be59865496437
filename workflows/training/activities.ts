import { z } from "zod";
import { casesFromEnvironment, type Decision, openSample, reviewsFromEnvironment } from "#callbacks";
import { parseExecutionArn } from "#executions";
import { type DocumentInput, type Refusal, readDocumentText } from "#intake";
import { converse, createBucket, createTable, LonghaulError, readEnvironment, sendMail } from "#platform";
import { readerFromEnvironment } from "#reading";
import {
  calibrationPoint,
  countScore,
  countUnreadable,
  createCalibration,
  createSpending,
  type ScoreOutcome,
  scoringOf,
  shadowFor,
  shadowRubric,
  shadowSettings,
  sideOf,
} from "#scoring";
import { bucketTrigger } from "#workflow";
import { contract, type TrainingInput } from "./contract.ts";
import { explanationOf } from "./explanation.ts";
import { applicantMail } from "./mail.ts";
import { parseJsonRequest, type RequestFields } from "./request.ts";
import { type RecordedResult, resultKey, resultOf } from "./result.ts";
import { sampleOf } from "./review.ts";
import { candidates, rubric } from "./rubric.ts";
import { scoreText } from "./scoring.ts";

/** What is known when the policy decides: the fields, and the score or the problem that made scoring pointless. */
export type Judgement = {
  fields?: RequestFields;
  score?: ScoreOutcome;
  problem?: Refusal;
  contact?: string | undefined;
};

export type LoadedRequest =
  | { readable: true; textKey: string; fields?: RequestFields }
  | { readable: false; problem: Refusal; contact?: string };

/** Something else lies where this execution's result belongs. It is not overwritten. */
export class ResultExistsError extends LonghaulError {
  constructor(key: string) {
    super(
      "RESULT_EXISTS",
      `Expected \`${key}\` to be free, or to hold this execution's result; it holds something else.`,
    );
  }
}

/** Everything that the training workflow does outside itself. */
export function createActivities() {
  const environment = readEnvironment({
    LONGHAUL_BUCKET: z.string().min(3),
    LONGHAUL_MAIL_FROM: z.email(),
    LONGHAUL_CONSOLE_URL: z.url().optional(),
    LONGHAUL_MODEL_ID: z.string().optional(),
    LONGHAUL_REVIEWS_TABLE: z.string().min(3),
  });
  const bucket = createBucket(environment.LONGHAUL_BUCKET);
  const reader = readerFromEnvironment();
  const calibration = createCalibration(createTable(environment.LONGHAUL_REVIEWS_TABLE));
  const textAt = async (key: string) => new TextDecoder().decode((await bucket.get(key)).body);

  return {
    /** Reads the document, and keeps its text for the model and the reviewer. */
    async loadRequest({ document }: DocumentInput, executionArn: string): Promise<LoadedRequest> {
      const trigger = bucketTrigger(contract);
      const unreadable = (refused: Exclude<LoadedRequest, { readable: true }>) => {
        countUnreadable(contract.name);
        return refused;
      };
      if (document.snapshot === null) {
        const expected = `at most ${trigger?.maxBytes} bytes`;
        return unreadable({
          readable: false,
          problem: { field: "document", expected, received: `${document.size} bytes` },
        });
      }
      const { snapshot } = document;
      const { body } = await bucket.get(snapshot);
      const read = await readDocumentText(document.key, body, () => reader.pdfText(snapshot));
      if (!read.readable) return unreadable(read);
      const parsed = read.format === "json" ? parseJsonRequest(read.text) : undefined;
      if (parsed && !parsed.valid) {
        const { problem, contact } = parsed;
        return unreadable({ readable: false, problem, ...(contact && { contact }) });
      }
      const textKey = textKeyOf(executionArn);
      await bucket.putNew(textKey, read.text, "text/plain; charset=utf-8");
      return { readable: true, textKey, ...(parsed?.fields && { fields: parsed.fields }) };
    },

    /** Asks the model. */
    async scoreRequest({ textKey, fields }: { textKey: string; fields?: RequestFields }): Promise<Judgement> {
      const { LONGHAUL_MODEL_ID: modelId, LONGHAUL_REVIEWS_TABLE } = environment;
      const { perDay } = scoringOf(contract).budget;
      const spending = createSpending({ table: createTable(LONGHAUL_REVIEWS_TABLE), workflow: contract.name, perDay });
      const judgement = await scoreText(
        { text: await textAt(textKey), fields },
        { converse, languagesOf: reader.languagesOf, modelId, spending },
      );
      countScore(contract.name, judgement.score);
      return judgement;
    },

    /** Has the contract's candidate judge the same document, and keeps the two side by side. It decides nothing. */
    async scoreInShadow(
      executionArn: string,
      judgement: Judgement,
      recorded: RecordedResult,
    ): Promise<{ kept: boolean }> {
      const execution = parseExecutionArn(executionArn)?.name ?? "unnamed";
      const scoring = scoringOf(contract);
      const shadow = shadowFor(scoring, execution);
      if (!shadow || !judgement.score) return { kept: false };
      const table = createTable(environment.LONGHAUL_REVIEWS_TABLE);
      const { score } = await scoreText(
        { text: await textAt(textKeyOf(executionArn)), fields: judgement.fields },
        {
          converse,
          languagesOf: reader.languagesOf,
          rubric: shadowRubric(shadow, rubric, candidates),
          settings: shadowSettings(scoring, shadow, environment.LONGHAUL_MODEL_ID),
          spending: createSpending({ table, workflow: contract.name, perDay: shadow.perDay, account: "shadow" }),
        },
      );
      await calibration.addShadow(execution, {
        format: "longhaul.shadow/1",
        workflow: contract.name,
        at: new Date().toISOString(),
        candidate: shadow.name,
        current: sideOf(judgement.score, scoring.bands),
        shadow: sideOf(score, scoring.bands),
        decision: recorded.decision,
        decidedBy: recorded.decidedBy,
      });
      return { kept: true };
    },

    /** Ends the reviews of the request that this one replaces, if it still waits. */
    async withdraw(execution: string): Promise<{ withdrawn: number }> {
      const reviews = await reviewsFromEnvironment().withdraw(execution, "A corrected request has taken its place.");
      return { withdrawn: reviews.length };
    },

    /** Writes the result once and closes the case: repeated, it finds its own; it never replaces another's. */
    async recordDecision(ending: {
      input: TrainingInput;
      execution: string;
      judgement: Judgement;
      verdict: "approved" | "rejected" | "person";
      decision: Decision | undefined;
    }): Promise<RecordedResult> {
      const key = resultKey(ending.input, ending.execution);
      const result = resultOf(ending, new Date().toISOString());
      const written = await bucket.putNew(key, `${JSON.stringify(result, null, 2)}\n`, "application/json");
      if (!written) {
        const held = z.looseObject({ execution: z.string() }).safeParse(parseJson(await textAt(key)));
        if (held.data?.execution !== ending.execution) throw new ResultExistsError(key);
      }
      const { input, decision, judgement } = ending;
      const execution = parseExecutionArn(ending.execution)?.name ?? "unnamed";
      const point = calibrationPoint({
        workflow: contract.name,
        execution,
        at: result.at,
        score: judgement.score,
        decision: result.decision,
        decidedBy: result.decidedBy,
        reasonCode: decision?.code,
        auditShare: scoringOf(contract).auditShare,
      });
      await calibration.add(execution, point);
      const { contestableUntil } = await casesFromEnvironment().close({
        executionArn: ending.execution,
        contract,
        review: "review-request",
        input,
        outcome: result.decision,
        decision,
        applicant: judgement.fields?.applicantEmail ?? judgement.contact,
        explanation: explanationOf(result.why, judgement),
        result: key,
      });
      if (point.audit)
        await openSample(reviewsFromEnvironment(), {
          executionArn: ending.execution,
          contract,
          review: "review-request",
          request: sampleOf(judgement, textKeyOf(ending.execution)),
        });
      const { decision: outcome, decidedBy, why } = result;
      return { result: key, decision: outcome, decidedBy, why, ...(contestableUntil && { contestableUntil }) };
    },

    /** Tells the applicant by mail, where the request gave an address. */
    async tellApplicant(
      judgement: Judgement,
      recorded: RecordedResult,
      executionArn: string,
    ): Promise<{ told: boolean }> {
      const to = z.email().safeParse(judgement.fields?.applicantEmail ?? judgement.contact);
      if (!to.success) return { told: false };
      const console = environment.LONGHAUL_CONSOLE_URL?.replace(/\/$/, "");
      const page = console && `${console}/cases/${parseExecutionArn(executionArn)?.name}`;
      const mail = applicantMail(recorded, { page, isUnreadable: judgement.problem !== undefined });
      await sendMail({ from: environment.LONGHAUL_MAIL_FROM, to: [to.data], ...mail });
      return { told: true };
    },
  };
}

const textKeyOf = (executionArn: string) => `training/texts/${parseExecutionArn(executionArn)?.name}.txt`;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
