import { readFile } from "node:fs/promises";
import { reviewsFromEnvironment, withAudits } from "#callbacks";
import { names } from "#deployment";
import { createTable } from "#platform";
import {
  type Bands,
  CalibrationPoint,
  type Comparison,
  comparisonsOf,
  createCalibration,
  type Figures,
  figuresOf,
  ShadowPoint,
} from "#scoring";

export interface Source {
  /** A file of points, a JSON object a line. */
  points?: string;
  endpoint: string;
  aws?: boolean;
}

/** A workflow's figures, from a file or from what a deployment keeps. */
export function openReader(workflow: string, source: Source) {
  const { points: file } = source;
  const lines = async () => (await readFile(file ?? "", "utf8")).split("\n").filter((line) => line.trim() !== "");
  return {
    async figures(bands: Bands): Promise<Figures> {
      if (file)
        return figuresOf(
          (await lines()).map((line) => CalibrationPoint.parse(JSON.parse(line))),
          bands,
        );
      const points = await createCalibration(tableOf(source)).points(workflow);
      return figuresOf(await withAudits(reviewsFromEnvironment(), points), bands);
    },
    async comparisons(): Promise<Comparison[]> {
      if (file) return comparisonsOf((await lines()).map((line) => ShadowPoint.parse(JSON.parse(line))));
      return comparisonsOf(await createCalibration(tableOf(source)).shadows(workflow));
    },
  };
}

/** The reviews' table: the local cloud's, which takes any credentials, or with `aws` the one that the environment reaches. */
function tableOf({ aws, endpoint }: Source) {
  if (!aws)
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: process.env.AWS_REGION ?? "eu-west-1",
      AWS_ACCESS_KEY_ID: "longhaul",
      AWS_SECRET_ACCESS_KEY: "local",
    });
  process.env.LONGHAUL_REVIEWS_TABLE ??= names.reviews;
  return createTable(process.env.LONGHAUL_REVIEWS_TABLE);
}
