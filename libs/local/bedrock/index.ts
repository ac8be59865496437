import type { ConverseCommandInput, ConverseCommandOutput } from "@aws-sdk/client-bedrock-runtime";
import { z } from "zod";
import type { converse } from "#platform";
import type { Service, ServiceRequest } from "../core/service.ts";
import { restJsonError, WireError } from "../core/wire-error.ts";
import { warmUp } from "./embeddings.ts";
import { answerOffline, OFFLINE_MODEL } from "./offline-model.ts";
import { ConverseRequest } from "./request.ts";

/** Who answers: the offline stand-in, or the real Bedrock with this process's own credentials. */
export type BedrockOptions = { mode: "offline" } | { mode: "aws"; forward: typeof converse };

const ROUTE = /^\/model\/([^/]+)\/converse$/;
/** How long the real model may take before the caller is told that it was late, as Bedrock tells it. */
const FORWARD_DEADLINE_MS = 120_000;

/** Bedrock's runtime, as far as Converse goes, without streaming. */
export function createBedrock(options: BedrockOptions): { service: Service } {
  // Loaded while the cloud starts, so that no request waits for it. A failure shows at the first request.
  if (options.mode === "offline") warmUp().catch(() => undefined);
  return {
    service: {
      name: "bedrock",
      maxBodyBytes: 20 * 1024 * 1024,
      async handle(request) {
        try {
          const { modelId, input } = readRequest(request);
          const output =
            options.mode === "aws" ? await forward(options.forward, modelId, input) : await offline(modelId, input);
          return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(output) };
        } catch (error) {
          if (error instanceof WireError) return restJsonError(error);
          throw error;
        }
      },
      tooLarge: () => restJsonError(new WireError("ValidationException", 413, "The request is larger than 20 MB.")),
    },
  };
}

function readRequest({ method, path, body }: ServiceRequest): { modelId: string; input: ConverseRequest } {
  const [, encoded] = ROUTE.exec(path) ?? [];
  if (method !== "POST" || encoded === undefined) {
    const known = "The local Bedrock knows POST /model/{modelId}/converse alone";
    throw new WireError("UnknownOperationException", 404, `${known}, not ${method} ${path}.`);
  }
  const parsed = ConverseRequest.safeParse(json(body));
  if (!parsed.success) throw new WireError("ValidationException", 400, z.prettifyError(parsed.error));
  return { modelId: decode(encoded), input: parsed.data };
}

async function offline(modelId: string, input: ConverseRequest) {
  if (modelId !== OFFLINE_MODEL) {
    const message = `The local Bedrock has one model, \`${OFFLINE_MODEL}\`, a stand-in; got \`${modelId}\`. Start with --bedrock aws for the real ones.`;
    throw new WireError("ResourceNotFoundException", 404, message);
  }
  return answerOffline(input);
}

async function forward(ask: typeof converse, modelId: string, input: ConverseRequest): Promise<unknown> {
  try {
    const abortSignal = AbortSignal.timeout(FORWARD_DEADLINE_MS);
    const { $metadata: _, ...output }: ConverseCommandOutput = await ask(
      { ...input, modelId } as ConverseCommandInput,
      { abortSignal },
    );
    return output;
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    if (name === "TimeoutError" || name === "AbortError")
      throw new WireError("ModelTimeoutException", 408, `The model did not answer within ${FORWARD_DEADLINE_MS} ms.`);
    throw new WireError(name, $metadata?.httpStatusCode ?? 503, message);
  }
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new WireError("ValidationException", 400, "The model's id is not URL-encoded as it should be.");
  }
}
