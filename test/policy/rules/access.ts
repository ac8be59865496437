import { listOf, type Resource, type Rule, type Statement, statementsOf, without } from "../resource.ts";

/** Actions for which the service knows no resource, with the service's reason. */
const WITHOUT_RESOURCE: Readonly<Record<string, string>> = {
  "xray:PutTelemetryRecords": "X-Ray has no resource for what it is sent.",
  "xray:PutTraceSegments": "X-Ray has no resource for what it is sent.",
  "cloudwatch:DescribeAlarms": "CodeDeploy asks for alarms without naming one.",
};

/** What identifies a resource of these kinds in its account and region. */
const NAMED: Readonly<Record<string, string>> = {
  aws_cloudwatch_event_rule: "name",
  aws_cloudwatch_log_group: "name",
  aws_cloudwatch_metric_alarm: "alarm_name",
  aws_dynamodb_table: "name",
  aws_iam_role: "name",
  aws_lambda_function: "function_name",
  aws_scheduler_schedule: "name",
  aws_sqs_queue: "name",
};

const allowed = (policy: string) => statementsOf(policy).filter(({ Effect }) => Effect === "Allow");
const rolePolicies = "aws_iam_role_policy";

const isWrittenOut = ({ Action }: Statement) =>
  listOf(Action).every((action) => /^[a-z0-9-]+:[A-Za-z0-9]+$/.test(action));

const hasResource = ({ Action, Resource: resource }: Statement) =>
  !listOf(resource).includes("*") || listOf(Action).every((action) => action in WITHOUT_RESOURCE);

/** The roles, by the actions that only some of them may have. */
const RESERVED: readonly { action: RegExp; roles: RegExp }[] = [
  { action: /^lambda:SendDurableExecutionCallback(Failure|Heartbeat)/, roles: /^longhaul-(console|sweeper)$/ },
  {
    action: /^lambda:(Checkpoint|GetDurableExecutionState)/,
    roles: /^longhaul-(?!console$|indexer$|reader$|sweeper$)[a-z0-9-]+$/,
  },
  { action: /^lambda:InvokeFunction$/, roles: /-(dispatcher|schedule)$|^longhaul-(?!indexer$|reader$)[a-z0-9-]+$/ },
  { action: /^lambda:StopDurableExecution$/, roles: /^longhaul-console$/ },
  { action: /^lambda:UpdateAlias$/, roles: /-rollout$/ },
  { action: /^secretsmanager:/, roles: /^longhaul-console$/ },
];

export const accessRules: Rule[] = [
  {
    id: "no-wildcard-action",
    promise: "no policy allows an action with a wildcard",
    check: ({ all }) =>
      without(
        all.filter(({ values }) => isPolicy(values.policy)),
        "allows a wildcard",
        ({ policy }) => allowed(policy).every(isWrittenOut),
      ),
  },
  {
    id: "no-wildcard-resource",
    promise: "no role may act on everything, but where the service knows no resource",
    check: ({ of }) =>
      without(of(rolePolicies), "allows everything", ({ policy }) => allowed(policy).every(hasResource)),
  },
  {
    id: "one-role-per-function",
    promise: "every function has a role of its own, which Lambda alone assumes",
    check: ({ of }) => {
      const roles = new Map(of("aws_iam_role").map((role) => [role.values.arn, role]));
      const used = of("aws_lambda_function").map(({ values }) => values.role);
      return without(
        of("aws_lambda_function"),
        "shares its role, or others assume it",
        ({ role, function_name: name }) => {
          const own = roles.get(role);
          const assumed = own && JSON.stringify(statementsOf(own.values.assume_role_policy)[0]?.Principal);
          return (
            own?.values.name === name &&
            used.filter((one) => one === role).length === 1 &&
            assumed === '{"Service":"lambda.amazonaws.com"}'
          );
        },
      );
    },
  },
  {
    id: "reserved-actions",
    promise: "callbacks, checkpoints, invocations, aliases and secrets are each for the roles that need them",
    check: ({ of }) => of(rolePolicies).flatMap(outOfPlace),
  },
  {
    id: "own-executions-only",
    promise:
      "a function checkpoints its own executions only, a workflow invokes the reader and itself only, and callbacks are sent to workflows' functions only",
    check: ({ of }) =>
      without(of(rolePolicies), "reaches other executions", ({ role, policy }) =>
        allowed(policy).every(({ Action, Resource: resource }) => {
          const actions = listOf(Action).join();
          const resources = listOf(resource);
          if (/lambda:CheckpointDurableExecution/.test(actions))
            return resources.every((arn) => arn.endsWith(`:function:${role}:*`));
          // A workflow asks the reader and may go on in a new execution of its own; its dispatcher starts it.
          if (
            /lambda:InvokeFunction/.test(actions) &&
            !/-(dispatcher|schedule)$|^longhaul-(console|sweeper)$/.test(role)
          )
            return resources.every((arn) =>
              /:function:(longhaul-reader:live|ROLE:\*)$/.test(arn.replace(`:${role}:`, ":ROLE:")),
            );
          if (/lambda:SendDurable/.test(actions)) {
            // A workflow's signals wake its own waits; the console and the sweeper answer every workflow's callbacks.
            const own = `:function:${role.replace(/-dispatcher$/, "")}:*`;
            const isDesk = /^longhaul-(console|sweeper)$/.test(role);
            return resources.every((arn) =>
              isDesk ? /:function:longhaul-[a-z0-9-]+:\*$/.test(arn) : arn.endsWith(own),
            );
          }
          return true;
        }),
      ),
  },
  {
    id: "named-model-only",
    promise: "a role asks only the model that it names, through its profile",
    check: ({ of }) =>
      without(of(rolePolicies), "asks other models", ({ policy }) =>
        allowed(policy)
          .filter(({ Action }) => listOf(Action).includes("bedrock:InvokeModel"))
          .flatMap(({ Resource: resource }) => listOf(resource))
          .every((arn) => /:(inference-profile|foundation-model)\/[a-z0-9.:-]+$/.test(arn) && !arn.includes("*")),
      ),
  },
  {
    id: "api-authorised",
    promise:
      "the API's routes need a token, throttle and are logged; only the pages, which know their visitor, are open",
    check: ({ of }) => [
      ...without(
        of("aws_apigatewayv2_route"),
        "is open",
        ({ authorization_type: type, route_key: key }) => type === "JWT" || key === "$default",
      ),
      ...without(
        of("aws_apigatewayv2_stage"),
        "neither throttles nor logs",
        ({ default_route_settings: [settings] = [], access_log_settings: [log] = [] }) =>
          settings?.throttling_rate_limit > 0 && log?.destination_arn,
      ),
      ...without(
        of("aws_apigatewayv2_domain_name"),
        "takes old TLS",
        ({ domain_name_configuration: [config] = [] }) => config?.security_policy === "TLS_1_2",
      ),
    ],
  },
  {
    id: "sign-in-strong",
    promise: "a pool that is made here asks for a second factor and lets nobody sign themselves up",
    check: ({ of }) =>
      without(
        of("aws_cognito_user_pool"),
        "lets too much in",
        ({ mfa_configuration: mfa, password_policy: [password] = [], admin_create_user_config: [admin] = [] }) =>
          mfa === "ON" && password?.minimum_length >= 12 && admin?.allow_admin_create_user_only === true,
      ),
  },
  {
    id: "names-unique",
    promise: "no two resources of a kind have one name: AWS would take the second for a change of the first",
    check: ({ of }) =>
      Object.entries(NAMED).flatMap(([type, attribute]) => {
        const names = of(type).map(({ values }) => values[attribute]);
        return without(
          of(type),
          "shares its name",
          ({ [attribute]: name }) => names.filter((one) => one === name).length === 1,
        );
      }),
  },
  {
    id: "alarms-tell",
    promise: "every alarm tells somebody",
    check: ({ of }) =>
      without(of("aws_cloudwatch_metric_alarm"), "tells nobody", ({ alarm_actions: actions }) => actions?.length > 0),
  },
];

function outOfPlace({ address, values }: Resource): string[] {
  const actions = allowed(values.policy).flatMap(({ Action }) => listOf(Action));
  return RESERVED.filter(({ roles }) => !roles.test(values.role)).flatMap(({ action }) =>
    actions.filter((one) => action.test(one)).map((one) => `${address}: ${values.role} may ${one}`),
  );
}

const isPolicy = (policy: unknown) => typeof policy === "string" && policy.startsWith("{");
