import { names } from "#deployment";
import { bucketTrigger, type Contract } from "#workflow";
import type { Permission } from "../modules/shapes.ts";
import { bucket, type Context, keepReviews, tellOfReviews, useKey } from "./statements.ts";

/** What the reader may do: read the copies of what was uploaded, of which any may be made to do harm. */
export const readerPermissions = (contracts: readonly Contract[], context: Context): Permission[] => {
  const copies = contracts.filter(bucketTrigger).map(({ name }) => `${name}/documents/`);
  return [...bucket({ read: copies, write: [] }, context), ...(copies.length > 0 ? [useKey(context)] : [])];
};

/** What the indexer may do: keep the index, list what runs, count what it used, and withdraw the reviews of what has ended badly. */
export const indexerPermissions = (contracts: readonly Contract[], context: Context): Permission[] => [
  keepReviews(context),
  tellOfReviews(context),
  {
    sid: "KeepIndex",
    actions: ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"],
    resources: [context.arns.table(names.executions), `${context.arns.table(names.executions)}/index/*`],
  },
  {
    sid: "CountUse",
    actions: ["lambda:GetDurableExecutionHistory"],
    resources: contracts.map(({ name }) => context.arns.executions(names.workflow(name))),
  },
  {
    sid: "ListExecutions",
    actions: ["lambda:ListDurableExecutionsByFunction"],
    resources: contracts.flatMap(({ name }) => [
      context.arns.function(names.workflow(name)),
      context.arns.executions(names.workflow(name)),
    ]),
  },
  useKey(context),
];
