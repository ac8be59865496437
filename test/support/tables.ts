import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAdminClients } from "#platform/admin";
import { listen } from "../../libs/local/core/front.ts";
import { deployTables } from "../../libs/local/deploy/storage.ts";
import { createDynamoDb } from "../../libs/local/dynamodb/index.ts";

/** A real DynamoDB API with the platform's tables, for this test file alone; `AWS_ENDPOINT_URL` points at it. */
export async function startTables() {
  const folder = await mkdtemp(join(tmpdir(), "longhaul-tables-"));
  const database = await createDynamoDb(folder);
  const front = await listen(database.listener, 0, "--port");
  const endpoint = `http://127.0.0.1:${front.port}`;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  });
  const clients = await createAdminClients({ endpoint, region: "eu-west-1" });
  await deployTables(clients);
  return {
    async close() {
      clients.close();
      await front.close();
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
}
