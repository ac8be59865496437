import { createHash, randomUUID } from "node:crypto";
import type { ErrorObject, ExecutionEnd } from "../core/ports.ts";
import { endChained } from "./chained-end.ts";
import type { EngineContext } from "./context.ts";
import type { ChainedTarget, Change } from "./execution.ts";
import type { ChainedInvoke } from "./notes.ts";
import { createExecution } from "./start.ts";

/** Runs what executions invoke: a durable target is a child execution, another one a plain invocation. */
export function createChained(context: EngineContext) {
  const { functions, notes, transactions } = context;
  const { activity } = context.clock;

  /**
   * Within the checkpoint's transaction. A child begins in it, so it exists exactly once; a plain function is invoked after the
   * commit, at least once.
   */
  const invoke = (change: Change, operation: string, target: ChainedTarget) => {
    const { row, record } = change.execution;
    const version = functions.resolve(...qualified(target.functionName));
    if (version?.durable) {
      const DurableExecutionArn = createExecution(context, version, {
        name: childName(record.arn, operation),
        input: target.input,
        asynchronous: false,
        parent: { arn: record.arn, operation },
        ...(target.tenantId !== undefined && { tenantId: target.tenantId }),
      });
      return { ExecutedVersion: version.version, DurableExecutionArn };
    }
    notes.addChainedInvoke(row, operation, target);
    transactions.afterCommit(() => runPlain({ arn: record.arn, operation, target }));
    return version ? { ExecutedVersion: version.version } : {};
  };

  const runPlain = ({ arn, operation, target }: ChainedInvoke) => {
    const ended = activity.begin();
    outcome(target)
      .then((end) => {
        if (context.closed) return undefined;
        return transactions.change(arn, (change) => {
          notes.removeChainedInvoke(change.execution.row, operation);
          endChained(change, operation, end);
        });
      })
      .catch((error: unknown) => context.closed || console.error(error))
      .finally(ended);
  };

  const outcome = async ({ functionName, input, tenantId }: ChainedTarget): Promise<ExecutionEnd> => {
    const version = functions.resolve(...qualified(functionName));
    if (!version) return failed("ResourceNotFoundException", `Function not found: ${functionName}`);
    let event: unknown;
    try {
      event = JSON.parse(input);
    } catch {
      return failed("InvalidRequestContentException", "Could not parse the payload as JSON.");
    }
    const tenant = tenantId !== undefined && { tenantId };
    const end = await functions.invoke(version, { requestId: randomUUID(), event, ...tenant });
    return end.kind === "answer"
      ? { status: "SUCCEEDED", result: end.payload }
      : { status: "FAILED", error: end.error };
  };

  return {
    invoke,
    /** At the process's start: the plain invocations whose end was not written down are made again. */
    resume() {
      for (const one of notes.chainedInvokes()) runPlain(one);
    },
  };
}

const failed = (ErrorType: string, ErrorMessage: string): ExecutionEnd => {
  const error: ErrorObject = { ErrorType, ErrorMessage };
  return { status: "FAILED", error };
};

/** The same for the same operation of the same execution. */
const childName = (arn: string, operation: string) =>
  `chained-${createHash("sha256").update(`${arn} ${operation}`).digest("hex").slice(0, 40)}`;

/** A function's name and qualifier, from NAME, NAME:QUALIFIER or an ARN. */
export function qualified(functionName: string): [name: string, qualifier: string] {
  const [name = "", qualifier = "$LATEST"] = (functionName.split(":function:").at(-1) ?? "").split(":");
  return [name, qualifier];
}
