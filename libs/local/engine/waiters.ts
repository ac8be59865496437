import type { ExecutionEnd } from "../core/ports.ts";

export type Waiters = ReturnType<typeof createWaiters>;

/** Those who wait for the end of an execution. */
export function createWaiters() {
  const byArn = new Map<string, PromiseWithResolvers<ExecutionEnd>>();
  return {
    end(arn: string): Promise<ExecutionEnd> {
      const known = byArn.get(arn) ?? Promise.withResolvers<ExecutionEnd>();
      byArn.set(arn, known);
      return known.promise;
    },
    tell(arn: string, end: ExecutionEnd) {
      byArn.get(arn)?.resolve(end);
      byArn.delete(arn);
    },
  };
}
