import { type Resource, type Resources, type Rule, without } from "../resource.ts";

const SUPPORTED = ["nodejs22.x", "nodejs24.x"];
const SYNCHRONOUS_LIMIT_SECONDS = 900;

const isDurable = ({ values }: Resource) => values.durable_config?.length > 0;

/** Functions that are workflows: the stack says so by the module that makes them. */
const workflowFunctions = ({ of }: Resources) =>
  of("aws_lambda_function").filter(({ address, values }) => isWorkflow(address) || values.durable_config?.length > 0);

/** `module.training.module.durable.aws_lambda_function.this`: what durable-function calls its function, durable or not. */
const isWorkflow = (address: string) => address.includes(".module.durable.");

export const functionRules: Rule[] = [
  {
    id: "function-durable",
    promise: "every workflow's function is durable, and its deletion waits for executions",
    check: (resources) =>
      without(
        workflowFunctions(resources),
        "is not durable, or is deleted at once",
        (values, resource) => isDurable(resource) && values.timeouts?.delete === "60m",
      ),
  },
  {
    id: "function-published",
    promise: "every function is published, and an alias points at a version of it",
    check: ({ of }) => {
      const aliased = new Map(
        of("aws_lambda_alias").map(({ values }) => [values.function_name, values.function_version]),
      );
      return without(
        of("aws_lambda_function"),
        "is not published behind an alias",
        ({ publish, function_name: name, version }) => publish === true && aliased.get(name) === version,
      );
    },
  },
  {
    id: "no-latest",
    promise: "nothing names $LATEST",
    check: ({ all }) => without(all, "names $LATEST", (values) => !JSON.stringify(values).includes("$LATEST")),
  },
  {
    id: "by-alias",
    promise: "every trigger names an alias and never the bare function",
    check: ({ of }) => {
      const aliases = of("aws_lambda_alias");
      const arns = new Set(aliases.map(({ values }) => values.arn));
      const invokeArns = new Set(aliases.map(({ values }) => values.invoke_arn));
      return [
        ...without(of("aws_lambda_event_source_mapping"), "names no alias", (values) => arns.has(values.function_name)),
        ...without(of("aws_scheduler_schedule"), "names no alias", (values) => arns.has(values.target?.[0]?.arn)),
        ...without(of("aws_apigatewayv2_integration"), "names no alias", (values) =>
          invokeArns.has(values.integration_uri),
        ),
        ...without(of("aws_lambda_permission"), "is for no alias", (values) => values.qualifier === "live"),
      ];
    },
  },
  {
    id: "no-source-before-durable",
    promise: "no event source mapping stands before a durable function that may take over 900 s",
    check: ({ of }) => {
      const long = of("aws_lambda_function").filter(
        (one) => isDurable(one) && one.values.durable_config[0].execution_timeout > SYNCHRONOUS_LIMIT_SECONDS,
      );
      const names = new Set(long.map(({ values }) => values.function_name));
      const forbidden = new Set(
        of("aws_lambda_alias")
          .filter(({ values }) => names.has(values.function_name))
          .map(({ values }) => values.arn),
      );
      return without(
        of("aws_lambda_event_source_mapping"),
        "invokes a durable function and waits for it",
        ({ function_name: target }) => !forbidden.has(target) && !names.has(target),
      );
    },
  },
  {
    id: "function-failures-kept",
    promise: "every workflow's function keeps the events of executions that failed",
    check: (resources) => {
      const queues = new Set(resources.of("aws_sqs_queue").map(({ values }) => values.arn));
      return without(
        workflowFunctions(resources),
        "keeps no events of failed executions",
        ({ dead_letter_config: [config] = [] }) => queues.has(config?.target_arn),
      );
    },
  },
  {
    id: "function-log",
    promise: "every function writes to a log group with retention and key, and is traced",
    check: ({ of }) => {
      const groups = new Set(of("aws_cloudwatch_log_group").map(({ values }) => values.name));
      return without(
        of("aws_lambda_function"),
        "has no log group of its own, or no traces",
        ({ logging_config: [log] = [], tracing_config: [tracing] = [] }) =>
          groups.has(log?.log_group) && tracing?.mode === "Active",
      );
    },
  },
  {
    id: "function-runtime",
    promise: "every function runs on a supported runtime, with an encrypted environment that holds no secret",
    check: ({ of }) =>
      without(
        of("aws_lambda_function"),
        "has an old runtime, a plain environment or a secret",
        ({ runtime, kms_key_arn: key, environment: [{ variables = {} } = {}] = [] }) =>
          SUPPORTED.includes(runtime) &&
          String(key).startsWith("arn:aws:kms:") &&
          Object.keys(variables).every((name) => !/SECRET(?!_ARN)|PASSWORD|TOKEN|API_KEY/.test(name)),
      ),
  },
  {
    id: "function-permission-narrow",
    promise: "a service may invoke a function only for one source",
    check: ({ of }) =>
      without(
        of("aws_lambda_permission"),
        "is for any source",
        ({ principal, source_arn: source }) => principal !== "*" && source,
      ),
  },
  {
    id: "rollout-turns-back",
    promise: "every workflow's rollout turns back on an alarm",
    check: (resources) => {
      const apps = new Map(
        resources.of("aws_codedeploy_deployment_group").map((one) => [one.values.app_name, one.values]),
      );
      return without(workflowFunctions(resources), "has no rollout that turns back", ({ function_name: name }) => {
        const group = apps.get(name);
        return (
          group?.alarm_configuration?.[0]?.alarms?.length > 0 &&
          group?.auto_rollback_configuration?.[0]?.events?.includes("DEPLOYMENT_STOP_ON_ALARM")
        );
      });
    },
  },
];
