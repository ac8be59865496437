import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import dynalite from "dynalite";
import type { Listener } from "../core/front.ts";

/** A query that was answered may still be reading a few items ahead, and nothing tells when it has; it would throw after the close. */
const READ_AHEAD_MS = 50;

/** DynamoDB by dynalite, kept in `<folder>/dynamodb`. It has no transactions: the libraries need none. */
export async function createDynamoDb(folder: string): Promise<{ listener: Listener; close(): Promise<void> }> {
  const server = dynalite({ path: join(folder, "dynamodb"), createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  // It closes its database only with a server that listens; requests come in by the one port all the same.
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  let answeredAt = 0;
  return {
    listener(request, response) {
      response.once("close", () => {
        answeredAt = performance.now();
      });
      server.emit("request", request, response);
    },
    async close() {
      await sleep(Math.max(0, answeredAt + READ_AHEAD_MS - performance.now()));
      await new Promise<void>((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
    },
  };
}
