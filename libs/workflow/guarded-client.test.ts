import type { DurableExecutionClient } from "@aws/durable-execution-sdk-js";
import { expect, test } from "vitest";
import { guardClient } from "./index.ts";

const failing = (message: string): DurableExecutionClient => ({
  checkpoint: () => Promise.reject(new Error(message)),
  getExecutionState: () => Promise.reject(new Error(message)),
});
const request = { DurableExecutionArn: "arn", CheckpointToken: "token" };

test.each(["Invalid checkpoint token", "Invalid Checkpoint Token: expired"])(
  "a stale token (%s) ends the invocation, not the execution",
  async (message) => {
    const client = guardClient(() => failing(message));
    await expect(client.checkpoint(request)).rejects.toMatchObject({
      name: "DurableExecutionClientError",
      scope: "INVOCATION",
    });
    await expect(client.getExecutionState(request)).rejects.toMatchObject({ scope: "INVOCATION" });
  },
);

test("any other error is left as it is, for the SDK to judge", async () => {
  await expect(guardClient(() => failing("Access denied")).checkpoint(request)).rejects.not.toHaveProperty("scope");
});
