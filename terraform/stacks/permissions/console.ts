import { names } from "#deployment";
import type { Contract } from "#workflow";
import type { Permission } from "../modules/shapes.ts";
import { bucket, type Context, forgetWaits, keepReviews, sendMail, tellOfReviews, useKey } from "./statements.ts";

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
