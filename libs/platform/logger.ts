import { Logger } from "@aws-lambda-powertools/logger";

/** Structured JSON lines, by Powertools. Log codes, names and counts; never documents, people or tokens. */
export const logger = new Logger({ serviceName: process.env.AWS_LAMBDA_FUNCTION_NAME ?? "longhaul" });
