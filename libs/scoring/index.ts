export { type Reason, readAnswer } from "./answer.ts";
export { type Bands, decideByBands } from "./bands.ts";
export { ScoringUnavailableError } from "./errors.ts";
export { converseRequest, promptVersion } from "./prompt.ts";
export type { Criterion, Rubric } from "./rubric.ts";
export {
  type Converse,
  type NoScoreCode,
  type ScoreOptions,
  type ScoreOutcome,
  scoreDocument,
  type Usage,
} from "./score.ts";
