import { names, readsDocuments } from "#deployment";
import { bucketTrigger, type Contract, inputPrefix, queueTrigger } from "#workflow";
import type { Arns } from "./arns.ts";
import type { Environment } from "./environment.ts";
import type { Permission } from "./modules/shapes.ts";

interface Context {
  environment: Environment;
  arns: Arns;
  /** The key that encrypts what is stored. */
  dataKeyArn: string;
}

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

/** As itself, and in nobody else's name. */
const tellOfReviews = ({ arns }: Context): Permission => ({
  sid: "TellOfReviews",
  actions: ["events:PutEvents"],
  resources: [arns.eventBus],
  conditions: { StringEquals: { "events:source": ["longhaul"] } },
});

/** Text of PDFs, and languages. */
const askReader = ({ arns }: Context): Permission => ({
  sid: "AskReader",
  actions: ["lambda:InvokeFunction"],
  resources: [`${arns.function(names.reader)}:${names.alias}`],
});

/** What the reader may do: read the copies of what was uploaded, of which any may be made to do harm. */
export const readerPermissions = (contracts: readonly Contract[], context: Context): Permission[] => {
  const copies = contracts.filter(bucketTrigger).map(({ name }) => `${name}/documents/`);
  return [...bucket({ read: copies, write: [] }, context), ...(copies.length > 0 ? [useKey(context)] : [])];
};

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

const forgetWaits = ({ arns }: Context): Permission => ({
  sid: "ForgetWaits",
  actions: ["dynamodb:DeleteItem"],
  resources: [arns.table(names.reviews)],
});

/** What the console may do: read what is reviewed, settle reviews, and send the callbacks of the workflows' functions. */
export function consolePermissions(contracts: readonly Contract[], context: Context): Permission[] {
  const read = contracts.filter(({ reviews }) => Object.keys(reviews).length > 0).map(({ name }) => `${name}/texts/`);
  return [
    ...bucket({ read, write: [] }, context),
    // Delegations are revoked and personal data is erased by people.
    { sid: "EraseBesideTheChain", actions: ["dynamodb:DeleteItem"], resources: [context.arns.table(names.reviews)] },
    {
      // A cancelled execution that answers no more is stopped.
      sid: "StopExecutions",
      actions: ["lambda:StopDurableExecution"],
      resources: contracts.map(({ name }) => context.arns.executions(names.workflow(name))),
    },
    // Applicants are told of questions.
    sendMail(context),
    ...watch(contracts, context),
    ...decidePermissions(contracts, context),
  ];
}

/** What the operators' pages show: executions, how many dead letters there are, and which execution a request became. */
const watch = (contracts: readonly Contract[], { arns }: Context): Permission[] => [
  {
    sid: "WatchExecutions",
    actions: ["lambda:GetDurableExecution"],
    resources: contracts.map(({ name }) => arns.executions(names.workflow(name))),
  },
  {
    sid: "WatchVersions",
    actions: ["lambda:GetAlias", "lambda:ListVersionsByFunction"],
    resources: contracts.flatMap(({ name }) => [
      arns.function(names.workflow(name)),
      arns.executions(names.workflow(name)),
    ]),
  },
  {
    // A dead letter is retried on the queue that it came from.
    sid: "RetryDeadLetters",
    actions: ["sqs:GetQueueUrl", "sqs:SendMessage"],
    resources: contracts.map(({ name }) => arns.queue(names.queue(name))),
  },
  {
    sid: "LookAfterDeadLetters",
    actions: [
      "sqs:ChangeMessageVisibility",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:GetQueueUrl",
      "sqs:ReceiveMessage",
    ],
    resources: contracts.flatMap(({ name }) => [names.deadLetters(name), names.failures(name)].map(arns.queue)),
  },
  {
    sid: "SearchExecutions",
    // What operators did with dead letters is noted there.
    actions: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
    resources: [arns.table(names.executions), `${arns.table(names.executions)}/index/*`],
  },
  {
    sid: "ReadLogs",
    actions: ["logs:FilterLogEvents"],
    resources: contracts.map(({ name }) => `${arns.logGroup(names.workflow(name))}:*`),
  },
  { sid: "FindRequests", actions: ["dynamodb:GetItem"], resources: [arns.table(names.requests)] },
];

/** What the sweeper may do: settle and deliver what the console left, and wake the waits that a signal's sender left asleep. */
export const sweeperPermissions = (contracts: readonly Contract[], context: Context): Permission[] => [
  ...decidePermissions(contracts, context),
  ...(contracts.some(({ signals }) => signals) ? [forgetWaits(context)] : []),
];

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

/** The index is told what an upload's execution is about: its name does not say it. */
const tellIndex = ({ arns }: Context): Permission => ({
  sid: "TellIndex",
  actions: ["dynamodb:UpdateItem"],
  resources: [arns.table(names.executions)],
});

/** Settling a review and delivering what was decided. */
function decidePermissions(contracts: readonly Contract[], context: Context): Permission[] {
  return [
    keepReviews(context),
    tellOfReviews(context),
    {
      sid: "AnswerCallbacks",
      actions: [
        // Whether a callback that nothing waits for was answered before a crash.
        "lambda:GetDurableExecutionHistory",
        "lambda:SendDurableExecutionCallbackFailure",
        "lambda:SendDurableExecutionCallbackHeartbeat",
        "lambda:SendDurableExecutionCallbackSuccess",
      ],
      resources: contracts.map(({ name }) => context.arns.executions(names.workflow(name))),
    },
    {
      // A contested case is decided again in an execution of its own.
      sid: "ReopenCases",
      actions: ["lambda:InvokeFunction"],
      resources: contracts
        .filter(({ reviews }) => Object.values(reviews).some(({ contestSeconds }) => contestSeconds !== undefined))
        .map(({ name }) => context.arns.executions(names.workflow(name))),
    },
    useKey(context),
  ].filter(({ resources }) => resources.length > 0);
}

function bucket({ read, write }: { read: readonly string[]; write: readonly string[] }, { arns }: Context) {
  const under = (prefixes: readonly string[]) => [...new Set(prefixes)].map((prefix) => `${arns.bucket}/${prefix}*`);
  const permissions: Permission[] = [];
  if (read.length > 0) {
    permissions.push({ sid: "ReadDocuments", actions: ["s3:GetObject"], resources: under(read) });
    permissions.push({
      // Without it an object that is not there is refused, and not said to be missing.
      sid: "SeeWhetherThere",
      actions: ["s3:ListBucket"],
      resources: [arns.bucket],
      conditions: { StringLike: { "s3:prefix": [...new Set(read)].map((prefix) => `${prefix}*`) } },
    });
  }
  if (write.length > 0) permissions.push({ sid: "WriteDocuments", actions: ["s3:PutObject"], resources: under(write) });
  return permissions;
}

/** Reviews, and the calls of outside systems, which any workflow may wait for. */
const keepReviews = ({ arns }: Context): Permission => ({
  sid: "KeepReviews",
  actions: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"],
  resources: [arns.table(names.reviews), `${arns.table(names.reviews)}/index/*`],
});

const sendMail = ({ arns, environment }: Context): Permission => ({
  sid: "SendMail",
  actions: ["ses:SendEmail"],
  resources: [arns.mailIdentity, arns.mailConfiguration],
  conditions: { StringEquals: { "ses:FromAddress": [environment.mail.from] } },
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

/** By way of the services that store; nobody decrypts directly. */
const useKey = ({ dataKeyArn, environment: { region } }: Context): Permission => ({
  sid: "UseKey",
  actions: ["kms:Decrypt", "kms:GenerateDataKey"],
  resources: [dataKeyArn],
  conditions: {
    StringEquals: {
      "kms:ViaService": ["dynamodb", "s3", "secretsmanager", "sqs"].map(
        (service) => `${service}.${region}.amazonaws.com`,
      ),
    },
  },
});
