import type { DynamoDBDocumentClient, NativeAttributeValue } from "@aws-sdk/lib-dynamodb";
import { clientDefaults, isAwsError, once } from "./call.ts";

export type Item = Record<string, NativeAttributeValue>;

export interface Expression {
  /** A condition, key condition or update expression in DynamoDB's language; `#name` and `:value` are filled from below. */
  names?: Record<string, string>;
  values?: Item;
}

export interface Query extends Expression {
  key: string;
  index?: string;
  filter?: string;
  limit?: number;
  after?: Item;
  /** The highest sort key first. */
  backwards?: boolean;
}

/** One DynamoDB table, as far as the libraries need it. Reads are strongly consistent but for an index's. */
export interface Table {
  get(key: Item): Promise<Item | undefined>;
  /** Writes the item unless one has its key. Answers whether it was written. */
  putNew(item: Item, keyAttribute: string): Promise<boolean>;
  /** Writes the item, in place of what has its key. */
  put(item: Item): Promise<void>;
  /** Updates where `condition` holds; answers the item after it, or undefined where the condition did not hold. */
  update(key: Item, change: Expression & { update: string; condition?: string }): Promise<Item | undefined>;
  /** One page of at most `limit` items; `filter` is applied after it, so that a filtered page may hold fewer. */
  query(query: Query): Promise<{ items: Item[]; next?: Item }>;
  /** How many items a key condition finds, all pages of it. */
  count(query: Query): Promise<number>;
  remove(key: Item): Promise<void>;
}

const load = once(async () => {
  const sdk = await import("./clients/dynamodb.ts");
  const options = { marshallOptions: { removeUndefinedValues: true } };
  const client: DynamoDBDocumentClient = sdk.DynamoDBDocumentClient.from(
    new sdk.DynamoDBClient(clientDefaults),
    options,
  );
  return { sdk, client };
});

const filled = ({ names, values }: Expression) => ({
  ...(names && { ExpressionAttributeNames: names }),
  ...(values && { ExpressionAttributeValues: values }),
});

export function createTable(name: string): Table {
  return {
    async get(key) {
      const { sdk, client } = await load();
      const answer = await client.send(new sdk.GetCommand({ TableName: name, Key: key, ConsistentRead: true }));
      return answer.Item;
    },
    async putNew(item, keyAttribute) {
      const { sdk, client } = await load();
      const put = new sdk.PutCommand({
        TableName: name,
        Item: item,
        ConditionExpression: "attribute_not_exists(#key)",
        ExpressionAttributeNames: { "#key": keyAttribute },
      });
      return (await conditional(client.send(put))) !== undefined;
    },
    async put(item) {
      const { sdk, client } = await load();
      await client.send(new sdk.PutCommand({ TableName: name, Item: item }));
    },
    async update(key, change) {
      const { sdk, client } = await load();
      const update = new sdk.UpdateCommand({
        TableName: name,
        Key: key,
        UpdateExpression: change.update,
        ...(change.condition && { ConditionExpression: change.condition }),
        ...filled(change),
        ReturnValues: "ALL_NEW",
      });
      return (await conditional(client.send(update)))?.Attributes;
    },
    async query(query) {
      const { sdk, client } = await load();
      const answer = await client.send(new sdk.QueryCommand(queryOf(name, query)));
      return { items: answer.Items ?? [], ...(answer.LastEvaluatedKey && { next: answer.LastEvaluatedKey }) };
    },
    async count(query) {
      const { sdk, client } = await load();
      let count = 0;
      let after: Item | undefined;
      do {
        const page = { ...queryOf(name, { ...query, ...(after && { after }) }), Select: "COUNT" as const };
        const answer = await client.send(new sdk.QueryCommand(page));
        count += answer.Count ?? 0;
        after = answer.LastEvaluatedKey;
      } while (after);
      return count;
    },
    async remove(key) {
      const { sdk, client } = await load();
      await client.send(new sdk.DeleteCommand({ TableName: name, Key: key }));
    },
  };
}

/** All items that a query finds, page by page. */
export async function queryAll({ query }: Pick<Table, "query">, wanted: Omit<Query, "after">): Promise<Item[]> {
  const found: Item[] = [];
  let after: Item | undefined;
  do {
    const page = await query({ ...wanted, ...(after && { after }) });
    found.push(...page.items);
    after = page.next;
  } while (after);
  return found;
}

const queryOf = (name: string, query: Query) => ({
  TableName: name,
  KeyConditionExpression: query.key,
  ...(query.index ? { IndexName: query.index } : { ConsistentRead: true }),
  ...(query.filter && { FilterExpression: query.filter }),
  ...(query.limit && { Limit: query.limit }),
  ...(query.after && { ExclusiveStartKey: query.after }),
  ...(query.backwards && { ScanIndexForward: false }),
  ...filled(query),
});

async function conditional<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isAwsError(error, "ConditionalCheckFailedException")) return undefined;
    throw error;
  }
}
