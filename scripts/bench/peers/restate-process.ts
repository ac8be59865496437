import { serve } from "../child.ts";
import { freePort } from "../free-port.ts";
import type { Work } from "../workflow.ts";
import { peerModule } from "./install.ts";

// The handlers' process: `node restate-process.ts FOLDER`. The server calls it, and keeps what it has done.
interface Context {
  run<T>(name: string, action: () => Promise<T>): Promise<T>;
  sleep(milliseconds: number): Promise<void>;
  awakeable<T>(): { id: string; promise: Promise<T> };
}
interface Sdk {
  service(definition: { name: string; handlers: Record<string, (context: Context, input: never) => unknown> }): object;
  serve(options: { services: object[]; port: number }): Promise<number>;
}
export type RestateRequest = { port: true } | { callback: string };

const DAY_MS = 86_400_000;
const [folder = ""] = process.argv.slice(2);
const { service, serve: serveHandlers } = await peerModule<Sdk>(folder, "@restatedev/restate-sdk/dist/index.js");
const callbacks = new Map<string, string>();

async function work(context: Context, input: Work & { key?: string }): Promise<unknown> {
  if ("steps" in input) {
    let sum = 0;
    for (let step = 1; step <= input.steps; step += 1) sum += await context.run(`step-${step}`, async () => 1);
    return sum;
  }
  if ("asleep" in input) return context.sleep(DAY_MS);
  const { id, promise } = context.awakeable<string>();
  callbacks.set(input.key ?? "", id);
  return promise;
}

const port = await freePort();
await serveHandlers({ services: [service({ name: "bench", handlers: { work } })], port });
serve(async (request: RestateRequest) => ("port" in request ? port : callbacks.get(request.callback)));
