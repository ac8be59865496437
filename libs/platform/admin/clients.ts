import { clientDefaults } from "../call.ts";

/** Where administrative clients connect to: the local cloud, with any credentials, or AWS, with those of whoever runs them. */
export type Connection = { endpoint: string; region: string } | { profile?: string; region: string };

export type AdminClients = Awaited<ReturnType<typeof createAdminClients>>;

/**
 * Whole clients for what deploys, watches and tests the platform. Functions never load these: their own wrappers hold the
 * few commands that they need.
 */
export async function createAdminClients(connection: Connection) {
  const [{ Lambda }, { SQS }, { S3 }, { DynamoDB }, { EventBridge }] = await Promise.all([
    import("@aws-sdk/client-lambda"),
    import("@aws-sdk/client-sqs"),
    import("@aws-sdk/client-s3"),
    import("@aws-sdk/client-dynamodb"),
    import("@aws-sdk/client-eventbridge"),
  ]);
  const local = { accessKeyId: "longhaul", secretAccessKey: "local" };
  const options = { ...clientDefaults, ...connection, ...("endpoint" in connection && { credentials: local }) };
  const clients = {
    lambda: new Lambda(options),
    sqs: new SQS(options),
    s3: new S3({ ...options, forcePathStyle: "endpoint" in connection }),
    dynamodb: new DynamoDB(options),
    events: new EventBridge(options),
  };
  const close = () => {
    for (const client of Object.values(clients)) client.destroy();
  };
  return { ...clients, close };
}
