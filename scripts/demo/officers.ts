import { type Reviews, reviewsFromEnvironment } from "#callbacks";
import { cancelExecution } from "#compensation";
import type { AdminClients } from "#platform/admin";
import { contract } from "../../workflows/payments/contract.ts";
import type { Act, Order } from "./orders.ts";

const OFFICERS = ["Clara Conte", "Second Officer"].map((name) => ({
  subject: name.toLowerCase().replace(" ", "."),
  name,
}));
const OPERATOR = { subject: "omar.okoye", name: "Omar Okoye" };

/** Plays the people of the demo: decides what waits for them, as each order says, and cancels the one to be cancelled. */
export function createOfficers(
  clients: AdminClients,
  { sandbox, say }: { sandbox: string; say: (line: string) => void },
) {
  const reviews = reviewsFromEnvironment();
  const decided = new Set<string>();

  return async ({ payment, acts, cancel }: Order, execution: { name: string; arn: string }) => {
    const { Events = [] } = await clients.lambda.getDurableExecutionHistory({
      DurableExecutionArn: execution.arn,
      IncludeExecutionData: false,
      MaxItems: 1_000,
    });
    const waiting = Events.filter(({ EventType }) => EventType === "CallbackStarted").map(({ Name = "" }) => Name);
    for (const [name, act] of Object.entries(acts)) {
      const id = `${execution.name}.${name}`;
      if (decided.has(id)) continue;
      if (!waiting.includes(name)) break;
      if (act === "by-hand") await undoByHand(sandbox, `${execution.name}.payment.${name.replace("undo-", "")}`);
      if (!(await decide(reviews, id, { act, name }))) break;
      decided.add(id);
      say(`${payment.orderId}: ${name}: ${act}`);
    }
    if (cancel && !decided.has(execution.name) && Events.some(({ EventType }) => EventType === "WaitStarted")) {
      const order = {
        executionArn: execution.arn,
        contract,
        by: OPERATOR,
        roles: ["operator"],
        reason: "The customer has changed their mind.",
      };
      decided.add(execution.name);
      const { cancelled } = await cancelExecution(order);
      if (cancelled) say(`${payment.orderId}: cancelled by an operator`);
    }
  };
}

/** The callback comes first, the review's record right after it: false where it is not there yet. */
async function decide(reviews: Reviews, id: string, { act, name }: { act: Act; name: string }): Promise<boolean> {
  const review = await reviews.get(id).catch(() => undefined);
  if (!review) return false;
  const [first, second] = OFFICERS;
  if (!first || !second) return false;
  const isConfirmation = name.startsWith("off-");
  const answer = {
    outcome:
      act === "reject" || (act === "write-off" && !isConfirmation) ? ("rejected" as const) : ("approved" as const),
    ...(act !== "approve" && act !== "reject" && { option: act }),
    ...(act === "by-hand" && { answers: { evidence: "Bank transfer 4711, ledger of today" } }),
    reason: "As the demo's script says.",
    roles: ["compliance-officer"],
  };
  const { waitingFor } = await reviews.decide(id, { ...answer, by: isConfirmation ? second : first });
  if (waitingFor) await reviews.decide(id, { ...answer, by: second });
  return true;
}

/** What the officer does before saying that it was done: the sandbox's own desk. */
async function undoByHand(sandbox: string, actionKey: string) {
  await fetch(new URL("desk/undo", `${sandbox}/`), { method: "POST", body: JSON.stringify({ actionKey }) });
}
