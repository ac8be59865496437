import { once } from "node:events";
import { join } from "node:path";
import dynalite from "dynalite";
import type { Listener } from "../core/front.ts";

/** DynamoDB by dynalite, kept in `<folder>/dynamodb`. It has no transactions: the libraries need none. */
export async function createDynamoDb(folder: string): Promise<{ listener: Listener; close(): Promise<void> }> {
  const server = dynalite({ path: join(folder, "dynamodb"), createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  // It closes its database only with a server that listens; requests come in by the one port all the same.
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    listener: (request, response) => server.emit("request", request, response),
    close: () => new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve()))),
  };
}
