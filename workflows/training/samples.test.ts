import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ConverseCommandInput } from "@aws-sdk/client-bedrock-runtime";
import { expect, test } from "vitest";
import { readDocumentText } from "#intake";
import type { Converse } from "#scoring";
import { answerOffline, OFFLINE_MODEL } from "../../libs/local/bedrock/offline-model.ts";
import { ConverseRequest } from "../../libs/local/bedrock/request.ts";
import { languagesOf, pdfText } from "../../libs/reading/here.ts";
import { parseJsonRequest } from "./request.ts";
import { policy, scoreText } from "./scoring.ts";

const folder = join(import.meta.dirname, "samples");
const converse: Converse = async (request: ConverseCommandInput) => {
  const { modelId: _, ...body } = request;
  const output = await answerOffline(ConverseRequest.parse(body));
  return output as Awaited<ReturnType<Converse>>;
};

async function verdictOf(file: string) {
  const bytes = await readFile(join(folder, file));
  const read = await readDocumentText(file, bytes, () => pdfText(bytes));
  if (!read.readable) throw new Error(`${file}: ${read.problem.received}`);
  const parsed = read.format === "json" ? parseJsonRequest(read.text) : undefined;
  const fields = parsed?.valid ? parsed.fields : undefined;
  const judged = await scoreText({ text: read.text, fields }, { converse, languagesOf, modelId: OFFLINE_MODEL });
  return {
    verdict: policy(judged),
    fields: judged.fields,
    score: judged.score.usable ? judged.score.value : undefined,
  };
}

test("by the offline model five samples are clear, both ways, and exactly one needs a person; each field is read", async () => {
  const files = await readdir(folder);
  const judged = await Promise.all(files.map(async (file) => ({ file, ...(await verdictOf(file)) })));
  expect(Object.fromEntries(judged.map(({ file, verdict }) => [file, verdict]))).toEqual({
    "accountant.txt": "rejected",
    "driver.json": "approved",
    "hiring-specialist.md": "approved",
    "junior-developer.txt": "approved",
    "marketing-specialist.pdf": "person",
    "senior-developer.md": "approved",
  });
  // What the README says that the first start prints.
  const readme = await readFile(join(import.meta.dirname, "../../README.md"), "utf8");
  for (const { file, verdict, score } of judged)
    expect(readme).toContain(
      verdict === "person" ? `${file}: waits for a person's decision` : `${file}: ${verdict} by policy, score ${score}`,
    );
  for (const { file, fields } of judged)
    for (const [field, value] of Object.entries(fields ?? { none: null }))
      expect(value, `${file}: ${field}`).toBeTruthy();
});
