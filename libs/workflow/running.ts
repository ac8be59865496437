import type { DurableContext } from "@aws/durable-execution-sdk-js";
import type { Contract } from "./contract.ts";

/** By the invocation's own context, which a child context shares; it goes when the invocation does. */
const contracts = new WeakMap<object, Contract>();

/** Lets libraries find the contract of the workflow that runs, by any of its contexts. */
export function setContract(ctx: DurableContext, contract: Contract): void {
  contracts.set(ctx.lambdaContext, contract);
}

/** The contract of the workflow that runs in this context; undefined where no `defineWorkflow` runs it. */
export const contractOf = (ctx: DurableContext): Contract | undefined => contracts.get(ctx.lambdaContext);
