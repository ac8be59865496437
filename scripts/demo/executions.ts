import { outcomeOf, SagaOutcome } from "#compensation";
import { names } from "#deployment";
import type { AdminClients } from "#platform";

export interface EndedPayment {
  arn: string;
  name: string;
  orderId: string;
  outcome: SagaOutcome;
}

/** Every execution of the payments workflow, by name. */
export async function listExecutions({ lambda }: AdminClients): Promise<Map<string, { arn: string; status: string }>> {
  const found = new Map<string, { arn: string; status: string }>();
  let Marker: string | undefined;
  do {
    const page = await lambda.listDurableExecutionsByFunction({
      FunctionName: names.workflow("payments"),
      MaxItems: 1_000,
      ...(Marker && { Marker }),
    });
    for (const {
      DurableExecutionName: name = "",
      DurableExecutionArn: arn = "",
      Status: status = "",
    } of page.DurableExecutions ?? [])
      found.set(name, { arn, status });
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
