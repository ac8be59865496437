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
  return {
    platform,
    reviews,
    async upload(requests) {
      for (const [file, Body] of Object.entries(requests)) {
        const Key = `training/requests/${file}`;
        await platform.clients.s3.putObject({ Bucket: names.bucket, Key, Body });
      }
      return eventually(async () => {
        const listed = await reviews.listOpen("hr-reviewer");
        // No execution waits for an audit sample.
        const open = listed.reviews.filter(({ request }) => !request.isSample);
        const FunctionName = names.workflow("training");
        const { DurableExecutions: all = [] } = await platform.clients.lambda.listDurableExecutionsByFunction({
          FunctionName,
          MaxItems: 100,
        });
        const running = all.filter(({ Status }) => Status === "RUNNING").length;
        return all.length === Object.keys(requests).length && running === open.length && open;
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
