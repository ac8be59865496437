import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DurableLambdaHandler } from "@aws/durable-execution-sdk-js";
import type { Contract } from "#workflow";
import { root } from "../build/functions.ts";
import { answerSteps } from "./answers.ts";
import { History } from "./history.ts";

export const folderOf = (workflow: string) => join(root, "workflows", workflow, "histories");

/** A workflow's handler from its source, with an environment in which it can be made and reaches nothing. */
export async function loadHandler(file: string, { settings = [] }: Pick<Contract, "settings">) {
  answerSteps();
  const nowhere = "http://127.0.0.1:9";
  const environment = {
    AWS_ENDPOINT_URL: nowhere,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "none",
    AWS_SECRET_ACCESS_KEY: "none",
    LONGHAUL_BUCKET: "longhaul-documents",
    LONGHAUL_MAIL_FROM: "longhaul@example.com",
    LONGHAUL_REVIEWS_TABLE: "longhaul-reviews",
    LONGHAUL_READER: "longhaul-reader",
    LONGHAUL_CONSOLE_URL: nowhere,
    LONGHAUL_ROLE_ADDRESSES: "{}",
    ...Object.fromEntries(settings.map((name) => [name, nowhere])),
  };
  Object.assign(process.env, environment);
  const { handler } = (await import(pathToFileURL(file).href)) as { handler: DurableLambdaHandler };
  return handler;
}

/** A workflow's recorded histories; none where nothing was recorded. */
export async function loadHistories(workflow: string, folder = folderOf(workflow)): Promise<History[]> {
  if (!existsSync(folder)) return [];
  const files = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  return Promise.all(files.map(async (name) => History.parse(JSON.parse(await readFile(join(folder, name), "utf8")))));
}
