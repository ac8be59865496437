import type { Converse } from "#scoring";
import { answerOffline } from "./offline-model.ts";
import { ConverseRequest } from "./request.ts";

/** The offline model without a server: what `POST /model/longhaul-offline/converse` answers, for measuring it. */
export const converseOffline: Converse = async (request) => {
  const { modelId: _, ...input } = JSON.parse(JSON.stringify(request)) as Record<string, unknown>;
  const output = await answerOffline(ConverseRequest.parse(input));
  return { ...output, $metadata: {} } as Awaited<ReturnType<Converse>>;
};
