import type { ErrorObject, ExecutionEnd, FunctionVersion } from "../core/ports.ts";
import type { EngineContext } from "./context.ts";
import { applyOutside } from "./execution.ts";
import { start } from "./start.ts";

const STATUS = { SUCCEEDED: "SUCCEEDED", FAILED: "FAILED", TIMED_OUT: "TIMED_OUT", STOPPED: "STOPPED" } as const;
const EVENTS = {
  SUCCEEDED: "ChainedInvokeSucceeded",
  FAILED: "ChainedInvokeFailed",
  TIMED_OUT: "ChainedInvokeTimedOut",
  STOPPED: "ChainedInvokeStopped",
} as const;

/** Runs the functions that executions invoke: each waits in a table from its checkpoint until its end is with the parent. */
export function createChained(context: EngineContext, wake: (arn: string) => void) {
  const { functions, tables } = context;
  const underway = new Set<string>();

  const run = async (invoke: {
    arn: string;
    operation: string;
    target: { functionName: string; tenantId?: string; input: string };
  }) => {
    const { arn, operation, target } = invoke;
    const key = `${arn} ${operation}`;
    if (underway.has(key) || context.closed) return;
    underway.add(key);
    try {
      const end = await outcome(functions.resolve(...qualified(target.functionName)), { arn, operation, target });
      if (!end || context.closed) return;
      const invokes = await context.change(arn, (execution, journal) => {
        tables.removeChainedInvoke(arn, operation);
        const isClosed = !applyOutside(execution, operation, {
          journal,
          now: context.clock.now(),
          change: (closed) => {
            closed.Status = STATUS[end.status];
            closed.ChainedInvokeDetails =
              end.status === "SUCCEEDED" ? { Result: end.result ?? "null" } : { Error: end.error };
          },
          event: {
            type: EVENTS[end.status],
            content:
              end.status === "SUCCEEDED" ? { Result: { Payload: end.result } } : { Error: { Payload: end.error } },
          },
        });
        return !isClosed && !execution.record.invocation;
      });
      if (invokes) wake(arn);
    } finally {
      underway.delete(key);
    }
  };

  /** A child's name comes from its parent and operation: repeated after a crash, it is the same child. */
  const outcome = async (
    version: FunctionVersion | undefined,
    {
      arn,
      operation,
      target,
    }: { arn: string; operation: string; target: { functionName: string; tenantId?: string; input: string } },
  ): Promise<ExecutionEnd | undefined> => {
    if (!version)
      return failed({
        ErrorType: "ResourceNotFoundException",
        ErrorMessage: `Function not found: ${target.functionName}`,
      });
    const tenant = target.tenantId !== undefined && { tenantId: target.tenantId };
    if (version.durable) {
      const name = `chained-${operation.slice(0, 24)}-${arn.split("/").at(-1)?.slice(0, 24)}`;
      const {
        arn: child,
        isNew,
        end,
      } = await start(context, version, {
        name,
        input: target.input,
        asynchronous: false,
        parent: { arn, operation },
        ...tenant,
      });
      if (isNew) wake(child);
      return end;
    }
    const end = await functions.invoke(version, {
      requestId: crypto.randomUUID(),
      event: JSON.parse(target.input),
      ...tenant,
    });
    return end.kind === "answer" ? { status: "SUCCEEDED", result: end.payload } : failed(end.error);
  };

  return {
    /** After a commit: runs what an execution, or any, has asked for. */
    run(arn?: string) {
      for (const invoke of tables.chainedInvokes(arn))
        void run(invoke).catch((error: unknown) => !context.closed && console.error(error));
    },
  };
}

const failed = (error: ErrorObject): ExecutionEnd => ({ status: "FAILED", error });

/** A function's name and qualifier, from NAME, NAME:QUALIFIER or an ARN. */
function qualified(functionName: string): [name: string, qualifier: string] {
  const [name = "", qualifier = "$LATEST"] = (functionName.split(":function:").at(-1) ?? "").split(":");
  return [name, qualifier];
}
