import { expect, test } from "vitest";
import { converseOffline } from "../../local/bedrock/converse-offline.ts";
import type { Converse } from "../index.ts";
import { draftText } from "../index.ts";

const asked = {
  task: "A first week.",
  outline: ["Monday: welcome at {site}.", "Tuesday: what a {role} does."],
  facts: { site: "Hamburg", role: "Controller" },
  longest: 200,
  model: { id: "the-model", price: { input: 3, output: 15 } },
  deadlineMs: 5_000,
};
const FILLED = "Monday: welcome at Hamburg.\nTuesday: what a Controller does.";

const saying =
  (text: string, stopReason = "end_turn"): Converse =>
  async () =>
    ({
      output: { message: { role: "assistant", content: [{ text }] } },
      stopReason,
      usage: { inputTokens: 1_000, outputTokens: 100, totalTokens: 1_100 },
      metrics: { latencyMs: 1 },
      $metadata: {},
    }) as Awaited<ReturnType<Converse>>;
const failing =
  (error: Error): Converse =>
  () =>
    Promise.reject(error);

test("a model writes the outline out, and what it cost is kept", async () => {
  const draft = await draftText({ ...asked, converse: saying('{"text":"A warm welcome."}') });
  expect(draft).toMatchObject({ text: "A warm welcome.", by: "model", model: "the-model", cost: 0.0045 });
});

test.each([
  ["no JSON", saying("A warm welcome."), "DRAFT_UNUSABLE"],
  ["nothing", saying('{"text":"  "}'), "DRAFT_UNUSABLE"],
  ["more than is wanted", saying(JSON.stringify({ text: "x".repeat(201) })), "DRAFT_UNUSABLE"],
  ["a text that is cut off", saying('{"text":"A"}', "max_tokens"), "DRAFT_UNUSABLE"],
  ["a refusal", saying('{"text":"A"}', "guardrail_intervened"), "DRAFT_UNUSABLE"],
  [
    "an error of the service",
    failing(Object.assign(new Error("No."), { name: "AccessDeniedException", $metadata: {} })),
    "MODEL_UNAVAILABLE",
  ],
])("where a model gives %s, the filled-in outline stands, with the reason", async (_, converse, code) => {
  expect(await draftText({ ...asked, converse })).toMatchObject({ text: FILLED, by: "outline", code });
});

test("a model that does not answer is not waited for longer than said", async () => {
  const late: Converse = (_, { abortSignal }) =>
    new Promise((_resolve, reject) => {
      abortSignal.addEventListener("abort", () => reject(abortSignal.reason));
    });
  expect(await draftText({ ...asked, deadlineMs: 5, converse: late })).toMatchObject({
    text: FILLED,
    code: "MODEL_LATE",
  });
});

test("the offline stand-in fills in the facts, and says that it writes nothing of its own", async () => {
  const draft = await draftText({ ...asked, converse: converseOffline });
  expect(draft).toMatchObject({ by: "model", text: expect.stringContaining(FILLED) });
  expect(draft.text).toContain("writes nothing of its own");
});
