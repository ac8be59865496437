import { AsyncLocalStorage } from "node:async_hooks";
import type { DurableInstrumentationPlugin } from "@aws/durable-execution-sdk-js";
import { hasCollector, sendSpans } from "#platform";
import { beginInvocation } from "./invocation.ts";

/**
 * Traces by OpenTelemetry: one for each execution, over all its invocations. Nothing at all where no collector is configured.
 * The SDK swallows what a plugin throws, and waits for it: the spans are sent before the function is frozen.
 */
export function tracing(workflow: string): DurableInstrumentationPlugin[] {
  if (!hasCollector()) return [];
  const running = new AsyncLocalStorage<ReturnType<typeof beginInvocation>>();
  return [
    {
      wrapInvocation: (info, invocation) => running.run(beginInvocation(workflow, info), invocation),
      async onOperationAttemptStart({ id }) {
        running.getStore()?.attemptBegan(id);
      },
      async onOperationAttemptEnd(attempt) {
        running.getStore()?.attemptEnded(attempt);
      },
      async onInvocationEnd(info) {
        const spans = running.getStore()?.ended(info);
        if (spans) await sendSpans(spans);
      },
    },
  ];
}
