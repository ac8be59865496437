import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { Listr } from "listr2";
import { LocalCloudError } from "#local";
import { root } from "./build/functions.ts";
import { boot, type Platform } from "./platform/boot.ts";
import { follow } from "./platform/follow.ts";
import { firstSamples, listSamples, type Sample, uploadSample } from "./platform/samples.ts";

const port = (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError("Expected a port from 0 (any free one) to 65535.");
  return value;
};

const options = new Command("npm start --")
  .description(
    "Builds Longhaul, starts the local cloud with the platform on it, and stays up. Ctrl+C stops it; nothing is lost.",
  )
  .option("--no-samples", "do not upload the samples of workflows to which nothing was ever uploaded")
  .option("--data <folder>", "where everything is kept", join(root, ".longhaul"))
  .option("--port <port>", "of the AWS services", port, 4566)
  .option("--console-port <port>", "of the console", port, 4680)
  .addOption(
    new Option("--bedrock <which>", "the model: the offline stand-in, or the real one with your AWS credentials")
      .choices(["offline", "aws"])
      .default("offline"),
  )
  .addOption(
    new Option("--clock <mode>", "real time, or virtual: it stands still until POST /_longhaul/clock moves it")
      .choices(["real", "virtual"])
      .default("real"),
  )
  .option("--json", "print one line of JSON when it is ready, and nothing else")
  .parse()
  .opts<{
    samples: boolean;
    data: string;
    port: number;
    consolePort: number;
    bedrock: "offline" | "aws";
    clock: "real" | "virtual";
    json?: boolean;
  }>();

const say = (line: string) => {
  if (!options.json) console.log(line);
};

try {
  await start();
} catch (error) {
  if (!(error instanceof LocalCloudError)) throw error;
  console.error(error.message);
  // What had started before it found out is not waited for.
  process.exit(2);
}

async function start() {
  const platform = await boot({ ...options, folder: options.data, onStage: (stage) => say(`… ${stage}`) });
  const { endpoint, consoleUrl, region, account } = platform.cloud;
  const stopping = new AbortController();
  stopOnSignal(platform, stopping);

  const samples = options.samples ? await firstSamples(platform.clients, await listSamples()) : [];
  await Promise.all(samples.map((sample) => uploadSample(platform.clients, sample)));
  if (options.json) console.log(JSON.stringify({ console: consoleUrl, endpoint, region, account }));
  else {
    say(`\nThe console:      ${consoleUrl}`);
    say(`The AWS services: ${endpoint} (AWS_ENDPOINT_URL)\n`);
    if (options.clock === "virtual")
      say(
        `The clock stands at ${new Date(platform.cloud.clock.now()).toISOString()}: ${endpoint}/_longhaul/clock moves it.\n`,
      );
    if (platform.modelId === "longhaul-offline")
      say("Scores come from the offline model, a stand-in for Claude on Bedrock: see docs/scoring.md.\n");
    if (samples.length > 0) await show(platform, samples, stopping.signal);
    if (!stopping.signal.aborted) say("\nLonghaul is up. Ctrl+C stops it; what sleeps goes on at the next start.");
  }
}

/** A line a sample, until each has ended or waits for a person. */
async function show(platform: Platform, samples: Sample[], signal: AbortSignal) {
  const waiting: string[] = [];
  const watch = async (sample: Sample, tell: (text: string) => void) => {
    for await (const progress of follow(platform.clients, sample, signal)) {
      tell(`${sample.file}: ${progress.text}`);
      if (progress.state !== "waiting") continue;
      waiting.push(
        `${sample.file} waits for a person's decision: ${platform.cloud.consoleUrl}/reviews/${progress.review}`,
      );
      return;
    }
  };
  const tasks = samples.map((sample) => ({
    title: sample.file,
    task: (_: unknown, task: { title: string }) =>
      watch(sample, (text) => {
        task.title = text;
      }),
  }));
  await new Listr(tasks, { concurrent: true, exitOnError: false, fallbackRenderer: "simple" }).run();
  for (const line of waiting) say(`\n${line}\nSign in there as Hana Holm, read it, and approve or reject it.`);
}

function stopOnSignal(platform: Platform, stopping: AbortController) {
  const stop = () => {
    if (stopping.signal.aborted) process.exit(1);
    stopping.abort();
    say("\nStopping.");
    platform.close().catch((error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    });
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
}
