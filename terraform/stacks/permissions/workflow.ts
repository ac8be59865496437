import { names, readsDocuments } from "#deployment";
import { bucketTrigger, type Contract, inputPrefix, queueTrigger } from "#workflow";
import type { Permission } from "../modules/shapes.ts";
import { bucket, type Context, forgetWaits, keepReviews, sendMail, tellOfReviews, useKey } from "./statements.ts";

/** What a workflow's function may do, from its contract. Its checkpoints and its log are the module's own matter. */
export function workflowPermissions(contract: Contract, context: Context): Permission[] {
  const { permissions, reviews, signals } = contract;
  return [
    ...bucket({ read: permissions.read, write: permissions.write }, context),
    keepReviews(context),
    ...(signals ? sendSignals(contract, context).slice(1) : []),
    ...(permissions.mail || Object.keys(reviews).length > 0 ? [sendMail(context)] : []),
    ...models(contract, context),
    ...(contract.continues ? [continueItself(contract, context)] : []),
    ...(Object.keys(reviews).length > 0 ? [tellOfReviews(context)] : []),
    ...(readsDocuments(contract) ? [askReader(context)] : []),
    useKey(context),
  ];
}

/** An execution that outgrows its budget counts what it has used, and starts the next part. */
const continueItself = ({ name }: Contract, { arns }: Context): Permission => ({
  sid: "ContinueItself",
  actions: ["lambda:GetDurableExecutionHistory", "lambda:InvokeFunction"],
  resources: [arns.executions(names.workflow(name))],
});

/** Text of PDFs, and languages. */
const askReader = ({ arns }: Context): Permission => ({
  sid: "AskReader",
  actions: ["lambda:InvokeFunction"],
  resources: [`${arns.function(names.reader)}:${names.alias}`],
});

/** What a dispatcher may do besides taking messages and starting executions: keep requests and copies, or large inputs. */
export function dispatcherPermissions(contract: Contract, context: Context): Permission[] {
  const uploads = bucketTrigger(contract);
  const prefixes = {
    read: uploads ? [uploads.prefix] : [],
    write: [
      ...(uploads ? [`${contract.name}/documents/`] : []),
      ...(queueTrigger(contract) ? [inputPrefix(contract.name)] : []),
    ],
  };
  return [
    ...bucket(prefixes, context),
    {
      sid: "KeepRequests",
      actions: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
      resources: [context.arns.table(names.requests)],
    },
    ...(bucketTrigger(contract) ? [tellIndex(context)] : []),
    ...(contract.signals ? sendSignals(contract, context) : []),
    useKey(context),
  ];
}

/** Signals go to the mailboxes of the workflow's executions, and wake the waits that listen. */
const sendSignals = ({ name }: Contract, context: Context): Permission[] => [
  keepReviews(context),
  forgetWaits(context),
  {
    sid: "WakeWaits",
    actions: ["lambda:SendDurableExecutionCallbackSuccess"],
    resources: [context.arns.executions(names.workflow(name))],
  },
];

/** The index is told what an upload's execution is about: its name does not say it. */
const tellIndex = ({ arns }: Context): Permission => ({
  sid: "TellIndex",
  actions: ["dynamodb:UpdateItem"],
  resources: [arns.table(names.executions)],
});

/** The models that are named and no other. One that the environment names stands alone: no fallback is asked in its place. */
function models({ permissions, scoring }: Contract, context: Context): Permission[] {
  const { id } = context.environment.model;
  if (id) return model("", id, context);
  const { fallback, shadow } = scoring ?? {};
  const known = [permissions.model, fallback?.id];
  return [
    ...(permissions.model ? model("", permissions.model, context) : []),
    ...(fallback ? model("Fallback", fallback.id, context) : []),
    ...(shadow?.model && !known.includes(shadow.model.id) ? model("Shadow", shadow.model.id, context) : []),
  ];
}

/** By an inference profile, its model only through that profile. */
function model(part: string, id: string, { arns }: Context): Permission[] {
  const actions = ["bedrock:InvokeModel"];
  const [, base] = /^(?:us|eu|apac|jp|au|global)\.(.+)$/.exec(id) ?? [];
  if (!base) return [{ sid: `Ask${part}Model`, actions, resources: [arns.model(id)] }];
  const profile = arns.inferenceProfile(id);
  return [
    { sid: `Ask${part}Profile`, actions, resources: [profile] },
    {
      sid: `Ask${part}Model`,
      actions,
      resources: arns.models(base),
      conditions: { StringEquals: { "bedrock:InferenceProfileArn": [profile] } },
    },
  ];
}
