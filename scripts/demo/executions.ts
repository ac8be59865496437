import { outcomeOf, SagaOutcome } from "#compensation";
import { names } from "#deployment";
import type { AdminClients } from "#platform/admin";

export interface EndedPayment {
  arn: string;
  name: string;
  orderId: string;
  outcome: SagaOutcome;
}

export interface Listed {
  arn: string;
  status: string;
  /** From its start to its end; 0 while it runs. */
  millis: number;
}

/** Every execution of the payments workflow, by name. */
export async function listExecutions({ lambda }: AdminClients): Promise<Map<string, Listed>> {
  const found = new Map<string, Listed>();
  let Marker: string | undefined;
  do {
    const page = await lambda.listDurableExecutionsByFunction({
      FunctionName: names.workflow("payments"),
      MaxItems: 1_000,
      ...(Marker && { Marker }),
    });
    for (const one of page.DurableExecutions ?? []) {
      const { DurableExecutionName: name = "", DurableExecutionArn: arn = "", Status: status = "" } = one;
      const millis = (one.EndTimestamp?.getTime() ?? 0) - (one.StartTimestamp?.getTime() ?? 0);
      found.set(name, { arn, status, millis: Math.max(0, millis) });
    }
    Marker = page.NextMarker;
  } while (Marker);
  return found;
}

/** How a payment's execution ended: its result where it completed, its error's data where it did not. */
export async function readOutcome({ lambda }: AdminClients, arn: string): Promise<EndedPayment> {
  const execution = await lambda.getDurableExecution({ DurableExecutionArn: arn, IncludeExecutionData: true });
  const data = execution.Result ?? execution.Error?.ErrorData ?? "{}";
  const { orderId, outcome } = JSON.parse(data) as { orderId?: string; outcome?: unknown };
  const parsed = SagaOutcome.safeParse(outcome).data ?? outcomeOf(data);
  if (!parsed || !orderId)
    throw new Error(
      `${execution.DurableExecutionName}: ${execution.Status}, ${execution.Error?.ErrorMessage ?? "no outcome"}`,
    );
  return { arn, name: execution.DurableExecutionName ?? "", orderId, outcome: parsed };
}
