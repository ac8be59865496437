import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DurableLambdaHandler } from "@aws/durable-execution-sdk-js";
import { receiverFromEnvironment, reviewsFromEnvironment } from "#callbacks";
import { mailboxesFromEnvironment } from "#signals";
import type { Listener } from "../../libs/local/core/front.ts";
import { moveDate, realNow } from "../../libs/local/core/moved-date.ts";
import type { Service } from "../../libs/local/core/service.ts";
import { restJsonError, WireError } from "../../libs/local/core/wire-error.ts";
import type { TestEngine } from "../../libs/local/engine/testing.ts";
import { createScriptedModel } from "../../test/support/scripted-model.ts";
import { startServices } from "../../test/support/services.ts";
import { startSandboxes } from "../platform/sandboxes.ts";
import { serveCallbacks } from "./callbacks.ts";

export type World = Awaited<ReturnType<typeof startWorld>>;

/** An execution that is being recorded, asleep. */
export interface Running extends World {
  engine: TestEngine;
  arn: string;
  /** Its name. */
  execution: string;
}

/** One way through a workflow; `workflows/<name>/histories/paths.ts` exports them as `paths`, by name. */
export interface Path {
  input: (world: World) => unknown;
  /** What others do while it sleeps: true if they did something. Otherwise the clock moves to what comes next. */
  meanwhile?: (running: Running) => Promise<boolean>;
}

/**
 * What an engine of the tests runs beside, so that a workflow meets what it meets on the local cloud: its services, the engine
 * itself as Lambda's API, the console's way in for callbacks, a model that says what it is told to, and the sandboxes.
 * `before` sees each request to a service first.
 */
export async function startWorld(before?: (listener: Listener) => Listener) {
  const { script, service } = createScriptedModel();
  const current: { engine?: TestEngine } = {};
  // Before anything keeps its Date.now.
  moveDate(() => current.engine?.clock.now() ?? realNow());
  const services = await startServices([service, lambdaOf(() => current.engine)], before);
  const folder = await mkdtemp(join(tmpdir(), "longhaul-history-"));
  const sandboxes = await startSandboxes(folder);
  Object.assign(process.env, sandboxes.settings, {
    LONGHAUL_BUCKET: "longhaul-documents",
    LONGHAUL_MAIL_FROM: "longhaul@example.com",
    LONGHAUL_REVIEWS_TABLE: "longhaul-reviews",
    LONGHAUL_ROLE_ADDRESSES: "{}",
  });
  const callbacks = await serveCallbacks(receiverFromEnvironment());
  process.env.LONGHAUL_CONSOLE_URL = callbacks.url;
  return {
    ...services,
    script,
    sandboxes: sandboxes.urls,
    /** Lambda's API is this engine's, and this process's Date follows its clock. */
    attach(engine: TestEngine) {
      current.engine = engine;
    },
    reviews: reviewsFromEnvironment(),
    mailboxes: mailboxesFromEnvironment(),
    async workflow(file: string) {
      return (await import(pathToFileURL(file).href)) as { handler: DurableLambdaHandler };
    },
    async close() {
      moveDate(realNow);
      await sandboxes.close();
      await callbacks.close();
      await services.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const lambdaOf = (engine: () => TestEngine | undefined): Service => ({
  name: "lambda",
  maxBodyBytes: 6 * 1024 * 1024,
  handle: async (request) =>
    (await engine()?.engine.handle(request)) ??
    restJsonError(new WireError("ResourceNotFoundException", 404, "The engine knows no such request.")),
  tooLarge: (limit) =>
    restJsonError(new WireError("RequestTooLargeException", 413, `Expected at most ${limit} bytes.`)),
});
