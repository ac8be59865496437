import type { FunctionVersion } from "../core/ports.ts";
import type { ServiceRequest } from "../core/service.ts";

/** A function's requests to the local cloud are known by it. */
const SESSION_TOKEN = "a-function-of-the-local-cloud";

export const isFromFunction = ({ headers }: Pick<ServiceRequest, "headers">): boolean =>
  headers["x-amz-security-token"] === SESSION_TOKEN;

/** The environment of a function in Lambda, and nothing of this process's own. The credentials open nothing outside. */
export function environmentOf(
  target: FunctionVersion,
  place: { region: string; endpoint: string; stream: string },
): Record<string, string> {
  return {
    AWS_REGION: place.region,
    AWS_DEFAULT_REGION: place.region,
    AWS_ENDPOINT_URL: place.endpoint,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_SESSION_TOKEN: SESSION_TOKEN,
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_LAMBDA_FUNCTION_NAME: target.name,
    AWS_LAMBDA_FUNCTION_VERSION: target.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(target.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: logGroup(target.name),
    AWS_LAMBDA_LOG_STREAM_NAME: place.stream,
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    LAMBDA_TASK_ROOT: target.folder,
    LAMBDA_RUNTIME_DIR: target.folder,
    _HANDLER: target.handler,
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    ...target.environment,
  };
}

export const logGroup = (name: string) => `/aws/lambda/${name}`;
