import { randomUUID } from "node:crypto";
import { bodyLimit, MOST_BODY_BYTES } from "./body-limits.ts";
import type { Clock } from "./core/clock.ts";
import type { Faults } from "./core/faults.ts";
import type { EventPort, InvocationEnd, QueuePort } from "./core/ports.ts";
import type { Service } from "./core/service.ts";
import type { Store } from "./core/store.ts";
import { restJsonError, WireError } from "./core/wire-error.ts";
import { createEngine } from "./engine/index.ts";
import { createFunctions } from "./functions/index.ts";

/** Lambda: the control plane and the workers, the durable executions, and one service in front of both. */
export function createLambda(options: {
  store: Store;
  clock: Clock;
  folder: string;
  region: string;
  account: string;
  endpoint: () => string;
  queues: QueuePort;
  events: EventPort;
  faults?: Faults | undefined;
}) {
  const { store, clock, region, account, queues, events } = options;
  const functions = createFunctions(options);
  const engine = createEngine({ store, clock, functions, queues, events, region, account });
  functions.attach(engine);

  const service: Service = {
    name: "lambda",
    maxBodyBytes: MOST_BODY_BYTES,
    bodyLimit,
    handle: async (request) =>
      (await engine.handle(request)) ??
      (await functions.handle(request)) ??
      restJsonError(
        new WireError("ResourceNotFoundException", 404, `The local Lambda has no ${request.method} ${request.path}.`),
      ),
    tooLarge: (limit) =>
      restJsonError(new WireError("RequestTooLargeException", 413, `Request must be smaller than ${limit} bytes`)),
  };

  return {
    service,
    logService: functions.logService,
    /** Invokes a deployed plain function from inside the process, as a schedule or an API gateway does. */
    async invoke(name: string, qualifier: string, event: unknown): Promise<InvocationEnd> {
      const target = functions.resolve(name, qualifier);
      if (!target)
        return {
          kind: "error",
          error: { ErrorType: "ResourceNotFoundException", ErrorMessage: `There is no function ${name}:${qualifier}.` },
        };
      return functions.invoke(target, { requestId: randomUUID(), event });
    },
    async resume() {
      await engine.resume();
      await functions.resume();
    },
    async close() {
      await functions.close();
      await engine.close();
    },
  };
}
