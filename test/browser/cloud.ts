import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createReviewStore, createReviews, type Review, type Reviews } from "#callbacks";
import { names } from "#deployment";
import { createTable, succeedCallback } from "#platform";
import { boot, type Platform } from "../../scripts/platform/boot.ts";
import { eventually } from "../support/cloud.ts";

export interface BrowserCloud {
  platform: Platform;
  reviews: Reviews;
  /** Uploads training requests; answers the open reviews once each request is decided or waits for a person. */
  upload(requests: Record<string, string>): Promise<Review[]>;
  /** What the execution of a review answered, once it has ended. */
  outcome(id: string): Promise<unknown>;
  close(): Promise<void>;
}

/** The platform on a fresh local cloud, as `npm start` brings it up; this process becomes a client of it. */
export async function startBrowserCloud(): Promise<BrowserCloud> {
  const folder = await mkdtemp(join(tmpdir(), "longhaul-browser-"));
  const platform = await boot({ folder, port: 0, consolePort: 0, bedrock: "offline", onStage: () => {} });
  const { endpoint, region } = platform.cloud;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  });
  const store = createReviewStore(createTable(names.reviews));
  const reviews = createReviews({ store, answerCallback: succeedCallback });
  const uploads = createTable(names.requests);
  /** The open review of an uploaded object; null where it was decided without; undefined where neither is so yet. */
  const reviewOf = async (key: string): Promise<Review | null | undefined> => {
    const execution = (await uploads.get({ source: key }))?.execution;
    if (!execution) return undefined;
    const all = await reviews.ofCase(String(execution));
    // No execution waits for an audit sample.
    const open = all.find(({ status, request }) => status === "open" && !request.isSample);
    if (open) return open;
    const { DurableExecutions = [] } = await platform.clients.lambda.listDurableExecutionsByFunction({
      FunctionName: names.workflow("training"),
      DurableExecutionName: String(execution),
    });
    return DurableExecutions[0] && DurableExecutions[0].Status !== "RUNNING" ? null : undefined;
  };
  return {
    platform,
    reviews,
    async upload(requests) {
      const keys = Object.keys(requests).map((file) => `training/requests/${file}`);
      for (const [index, Body] of Object.values(requests).entries())
        await platform.clients.s3.putObject({ Bucket: names.bucket, Key: keys[index], Body });
      return eventually(async () => {
        const found = await Promise.all(keys.map(reviewOf));
        return found.includes(undefined) ? undefined : found.flatMap((review) => review ?? []);
      }, 90_000);
    },
    async outcome(id) {
      const { executionArn } = await reviews.get(id);
      const ask = { DurableExecutionArn: executionArn, IncludeExecutionData: true };
      return eventually(async () => {
        const { Status, Result } = await platform.clients.lambda.getDurableExecution(ask);
        return Status === "SUCCEEDED" && (JSON.parse(Result ?? "null") as unknown);
      });
    },
    async close() {
      await platform.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
