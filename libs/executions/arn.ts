/**
 * The parts of a durable execution's ARN,
 * `arn:aws:lambda:REGION:ACCOUNT:function:NAME:VERSION/durable-execution/EXECUTION-NAME/ID`.
 */
export function parseExecutionArn(
  arn: string,
): { functionName: string; version: string; name: string; id: string } | undefined {
  const [, functionName, version, name, id] =
    /:function:([^:]+):([^/]+)\/durable-execution\/([^/]+)\/([^/]+)$/.exec(arn) ?? [];
  return functionName && version && name && id ? { functionName, version, name, id } : undefined;
}
