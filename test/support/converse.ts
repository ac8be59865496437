import type { ConverseCommandInput } from "@aws-sdk/client-bedrock-runtime";
import { type Front, listen } from "../../libs/local/core/front.ts";
import { createGateway } from "../../libs/local/core/gateway.ts";
import { restJsonError, WireError } from "../../libs/local/core/wire-error.ts";

/** What the server does with a request: answers, throws a service's error, or never answers. */
export type Turn =
  | { text: string; stopReason?: string; usage?: Record<string, number> }
  | { error: string; status: number }
  | "late";

/**
 * A Converse server that answers as Bedrock was recorded to, in turn, the last turn for ever; `AWS_ENDPOINT_URL` points at it,
 * so that the platform's own client asks it. What it was asked is kept.
 */
export async function startConverse() {
  const script: { turns: Turn[]; asked: (ConverseCommandInput & { modelId: string })[] } = { turns: [], asked: [] };
  const gateway = createGateway({
    services: [
      {
        name: "bedrock",
        maxBodyBytes: 1024 * 1024,
        async handle({ path, body }) {
          const modelId = decodeURIComponent(path.split("/")[2] ?? "");
          script.asked.push({ ...(JSON.parse(body.toString()) as ConverseCommandInput), modelId });
          const turn = script.turns.length > 1 ? script.turns.shift() : script.turns[0];
          if (turn === "late" || turn === undefined) return new Promise(() => undefined);
          if ("error" in turn) return restJsonError(new WireError(turn.error, turn.status, "As the test says."));
          const {
            text,
            stopReason = "end_turn",
            usage = { inputTokens: 1000, outputTokens: 200, totalTokens: 1200 },
          } = turn;
          const message = { role: "assistant", content: [{ text }] };
          const answer = { output: { message }, stopReason, usage, metrics: { latencyMs: 5 } };
          return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(answer) };
        },
        tooLarge: () => restJsonError(new WireError("ValidationException", 413, "Too large.")),
      },
    ],
    handOn: { dynamodb: (_, response) => response.end(), paths: {} },
    onError: (error) => console.error(error),
  });
  const front: Front = await listen(gateway, 0, "--port");
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${front.port}`,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  });
  return { script, close: () => front.close() };
}
