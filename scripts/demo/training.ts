import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import Table from "cli-table3";
import { Command, Option } from "commander";
import { createReviewStore, createReviews } from "#callbacks";
import { names } from "#deployment";
import { LocalCloudError } from "#local";
import { createTable, logger, succeedCallback } from "#platform";
import { boot, type Platform } from "../platform/boot.ts";
import { follow, type Progress } from "../platform/follow.ts";
import { listSamples, type Sample, uploadSample } from "../platform/samples.ts";

const options = new Command("npm run demo --")
  .description(
    "Runs the sample training requests on a fresh, temporary local cloud, decides the one that waits for a person, and prints what came out.",
  )
  .addOption(
    new Option("--bedrock <which>", "the model: the offline stand-in, or the real one with your AWS credentials")
      .choices(["offline", "aws"])
      .default("offline"),
  )
  .option("--json", "print the outcome as JSON, and nothing else")
  .addHelpText("after", "\nOther demos: npm run demo -- payments, npm run demo -- onboarding")
  .parse()
  .opts<{ bedrock: "offline" | "aws"; json?: boolean }>();

const REVIEWER = { subject: "demo-reviewer", name: "Demo reviewer" };
/** A demo that does not end has failed. */
const DEADLINE_MS = 120_000;

type Done = Extract<Progress, { state: "done" }> & { sample: Sample };

const folder = await mkdtemp(join(tmpdir(), "longhaul-demo-"));
try {
  const platform = await boot({ ...options, folder, port: 0, consolePort: 0, onStage: (stage) => say(`… ${stage}`) });
  try {
    await demo(platform);
  } finally {
    await platform.close();
  }
} catch (error) {
  if (!(error instanceof LocalCloudError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
} finally {
  await rm(folder, { recursive: true, force: true });
}

function failed(message: string) {
  return new LocalCloudError("DEMO_FAILED", message);
}

function say(line: string) {
  if (!options.json) console.log(line);
}

async function demo({ cloud, clients, modelId }: Platform) {
  // From here on this process is a client of the demo's cloud, as a function of it would be; but nobody reads its log.
  logger.setLogLevel("SILENT");
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: cloud.endpoint,
    AWS_REGION: cloud.region,
    AWS_ACCESS_KEY_ID: "demo",
    AWS_SECRET_ACCESS_KEY: "demo",
  });
  const reviews = createReviews({
    store: createReviewStore(createTable(names.reviews)),
    answerCallback: succeedCallback,
  });
  const started = performance.now();
  const signal = AbortSignal.timeout(DEADLINE_MS);

  const finish = async (sample: Sample): Promise<Done> => {
    await uploadSample(clients, sample);
    for await (const progress of follow(clients, sample, signal)) {
      say(`${sample.file}: ${progress.text}`);
      if (progress.state === "done") return { ...progress, sample };
      if (progress.state === "failed") throw failed(`${sample.file}: ${progress.text}`);
      if (progress.state === "waiting") await decide(progress.review);
    }
    throw failed(`${sample.file} was not decided within ${DEADLINE_MS} ms.`);
  };
  const decide = async (review: string) => {
    const { request } = await recorded(review);
    const answer = {
      outcome: "approved" as const,
      reason: "The demo approves what waits for a person.",
      by: REVIEWER,
      roles: [request.role],
    };
    const { won } = await reviews.decide(review, answer);
    if (won) say(`${review}: approved by the demo's reviewer`);
  };
  /** The callback comes first, the review's record right after it. */
  const recorded = async (review: string) => {
    for (;;) {
      const found = await reviews.get(review).catch(() => undefined);
      if (found) return found;
      signal.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  const samples = (await listSamples()).filter(({ contract }) => contract.name === "training");
  const done = await Promise.all(samples.map(finish));
  print(done, {
    model: modelId ?? done[0]?.sample.contract.permissions.model ?? "",
    millis: Math.round(performance.now() - started),
  });
}

function print(done: Done[], { model, millis }: { model: string; millis: number }) {
  const requests = done.map(({ sample, result, execution, key }) => ({
    id: basename(sample.file),
    role: result.request?.role ?? null,
    training: result.request?.trainingTitle ?? null,
    score: result.score,
    decision: result.decision,
    decidedBy: result.decidedBy,
    execution,
    result: key,
  }));
  if (options.json) return console.log(JSON.stringify({ requests, model, millis }));
  const table = new Table({
    head: ["request", "role", "training", "score", "decision", "by"],
    style: { head: [], border: [] },
    colWidths: [26, 22, 34, 7, 10, 10],
    wordWrap: true,
  });
  for (const { id, role, training, score, decision, decidedBy } of requests)
    table.push([id, role, training, score, decision, decidedBy].map((value) => String(value ?? "-")));
  console.log(
    `\n${table.toString()}\nModel: ${model}. ${requests.length} requests in ${(millis / 1_000).toFixed(1)} s.`,
  );
}
