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
  /** Uploads training requests; answers the open reviews once `waiting` of them wait. */
  upload(requests: Record<string, string>, waiting: number): Promise<Review[]>;
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
    async upload(requests, waiting) {
      for (const [file, Body] of Object.entries(requests)) {
        const Key = `training/requests/${file}`;
        await platform.clients.s3.putObject({ Bucket: names.bucket, Key, Body });
      }
      return eventually(async () => {
        const { reviews: open } = await reviews.listOpen("hr-reviewer");
        return open.length >= waiting && open;
      }, 60_000);
    },
    async close() {
      await platform.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
