import { names } from "#deployment";
import { createDeployClients, type DeployClients } from "#platform/admin";
import { loadEnvironment } from "./environments.ts";

export interface Rollout {
  functionName: string;
  from: string;
  to: string;
  /** CodeDeploy's; absent where the alias is on the newest version already. */
  deploymentId?: string;
}

/**
 * Has CodeDeploy move each workflow's alias to its newest version, as the environment's `rollout` says, and back on an alarm.
 * `newest` is a version by function name. Executions that have started stay where they are.
 */
export async function startRollouts(env: string, newest: Readonly<Record<string, string>>): Promise<Rollout[]> {
  const { region } = await loadEnvironment(env);
  const clients = await createDeployClients(region);
  try {
    return await Promise.all(
      Object.entries(newest).map(([functionName, to]) => startRollout(clients, functionName, to)),
    );
  } finally {
    clients.close();
  }
}

/** The alias's name is what the deployment group is called too. */
export async function startRollout(
  { lambda, codedeploy }: Pick<DeployClients, "lambda" | "codedeploy">,
  functionName: string,
  to: string,
): Promise<Rollout> {
  const { FunctionVersion: from = "" } = await lambda.getAlias({ FunctionName: functionName, Name: names.alias });
  if (from === to) return { functionName, from, to };
  const { deploymentId } = await codedeploy.createDeployment({
    applicationName: functionName,
    deploymentGroupName: names.alias,
    description: `${from} to ${to}`,
    revision: { revisionType: "AppSpecContent", appSpecContent: { content: appSpec(functionName, from, to) } },
  });
  return { functionName, from, to, ...(deploymentId && { deploymentId }) };
}

/** https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html */
const appSpec = (functionName: string, from: string, to: string) =>
  JSON.stringify({
    version: 0.0,
    Resources: [
      {
        [functionName]: {
          Type: "AWS::Lambda::Function",
          Properties: { Name: functionName, Alias: names.alias, CurrentVersion: from, TargetVersion: to },
        },
      },
    ],
  });

export const describeRollout = ({ functionName, from, to, deploymentId }: Rollout) =>
  from === to
    ? `${functionName}: the alias is on ${to}`
    : `${functionName}: new executions move from ${from} to ${to} (CodeDeploy ${deploymentId})`;
