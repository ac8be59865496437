import { reviewTable } from "#callbacks";
import { names } from "#deployment";
import { executionTable } from "#executions";
import { requestTable } from "#intake";
import { isAwsError } from "#platform";
import type { AdminClients } from "#platform/admin";

interface TableShape {
  key: { partition: string; sort?: string };
  indexes?: Readonly<Record<string, { partition: string; sort: string; keysOnly?: true }>>;
}

/** Makes the bucket where it is missing. */
export async function deployBucket({ s3 }: Pick<AdminClients, "s3">) {
  await s3.createBucket({ Bucket: names.bucket }).catch(unless("BucketAlreadyOwnedByYou", "BucketAlreadyExists"));
}

/** Makes the tables where they are missing. */
export async function deployTables({ dynamodb }: Pick<AdminClients, "dynamodb">) {
  const tables: [string, TableShape][] = [
    [names.reviews, reviewTable],
    [names.requests, requestTable],
    [names.executions, executionTable],
  ];
  for (const [name, shape] of tables) {
    const made = await dynamodb
      .createTable({ TableName: name, ...definition(shape) })
      .catch(unless("ResourceInUseException"));
    if (!made) await assertSameIndexes(dynamodb, name, shape);
  }
}

/** dynalite cannot give a table another index: a folder of an earlier version is refused here, and not at its first query. */
async function assertSameIndexes(dynamodb: AdminClients["dynamodb"], name: string, { indexes = {} }: TableShape) {
  const { Table } = await dynamodb.describeTable({ TableName: name });
  const there = (Table?.GlobalSecondaryIndexes ?? []).map(({ IndexName }) => IndexName);
  const missing = Object.keys(indexes).filter((index) => !there.includes(index));
  if (missing.length === 0) return;
  throw new Error(
    `The data folder is of an earlier version: its table ${name} lacks ${missing.join(", ")}. Start with another --data, or remove it.`,
  );
}

function definition({ key, indexes = {} }: TableShape) {
  const keySchema = ({ partition, sort }: { partition: string; sort?: string }) => [
    { AttributeName: partition, KeyType: "HASH" as const },
    ...(sort ? [{ AttributeName: sort, KeyType: "RANGE" as const }] : []),
  ];
  const attributes = new Set(
    [key, ...Object.values(indexes)].flatMap(({ partition, sort }) => (sort ? [partition, sort] : [partition])),
  );
  const secondary = Object.entries(indexes).map(([IndexName, index]) => ({
    IndexName,
    KeySchema: keySchema(index),
    Projection: { ProjectionType: index.keysOnly ? ("KEYS_ONLY" as const) : ("ALL" as const) },
  }));
  return {
    KeySchema: keySchema(key),
    AttributeDefinitions: [...attributes].map((AttributeName) => ({ AttributeName, AttributeType: "S" as const })),
    BillingMode: "PAY_PER_REQUEST" as const,
    ...(secondary.length > 0 && { GlobalSecondaryIndexes: secondary }),
  };
}

/** Takes an error with one of these names for "it is there already". */
export function unless(...codes: string[]) {
  return (error: unknown): undefined => {
    if (!isAwsError(error, ...codes)) throw error;
  };
}
