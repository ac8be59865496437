import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A program that may be installed, set up to talk to the local cloud. */
export interface Tool {
  run(...args: string[]): Promise<string>;
}

/** The AWS CLI or Python with boto3, or undefined, with a printed line, where it is not installed. */
export async function findTool(name: "aws" | "python3 with boto3", endpoint: string): Promise<Tool | undefined> {
  const [program, ...probe] = name === "aws" ? ["aws", "--version"] : ["python3", "-c", "import boto3"];
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: "eu-west-1",
    AWS_DEFAULT_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  };
  try {
    await run(program ?? "", probe, { env });
  } catch {
    console.log(`SKIPPED: what needs ${name}, which is not installed.`);
    return undefined;
  }
  return { run: async (...args) => (await run(program ?? "", args, { env, timeout: 30_000 })).stdout };
}
