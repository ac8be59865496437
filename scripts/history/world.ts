import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DurableLambdaHandler } from "@aws/durable-execution-sdk-js";
import { createReviewStore, createReviews } from "#callbacks";
import { createTable } from "#platform";
import { createMailboxes } from "#signals";
import type { TestEngine } from "../../libs/local/engine/testing.ts";
import { createScriptedModel } from "../../test/support/scripted-model.ts";
import { startServices } from "../../test/support/services.ts";
import { root } from "../build/functions.ts";
import { startSandboxes } from "../platform/sandboxes.ts";

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

/** What a recording runs beside: real local services, a model that says what the path says, the workflows' sandboxes. */
export async function startWorld() {
  const { script, service } = createScriptedModel();
  const services = await startServices([service]);
  const folder = await mkdtemp(join(tmpdir(), "longhaul-history-"));
  const sandboxes = await startSandboxes(folder);
  Object.assign(process.env, sandboxes.settings, {
    LONGHAUL_BUCKET: "longhaul-documents",
    LONGHAUL_MAIL_FROM: "longhaul@example.com",
    LONGHAUL_REVIEWS_TABLE: "longhaul-reviews",
    LONGHAUL_CONSOLE_URL: "http://127.0.0.1:4680",
    LONGHAUL_ROLE_ADDRESSES: "{}",
  });
  const current: { engine?: TestEngine } = {};
  const succeed = async (callbackId: string, body: unknown) => {
    const path = `durable-execution-callbacks/${encodeURIComponent(callbackId)}/succeed`;
    return (await current.engine?.call("POST", path, body))?.status === 200;
  };
  const table = createTable("longhaul-reviews");
  return {
    ...services,
    script,
    sandboxes: sandboxes.urls,
    /** Callbacks go to this engine. */
    attach(engine: TestEngine) {
      current.engine = engine;
    },
    reviews: createReviews({ store: createReviewStore(table), answerCallback: succeed }),
    mailboxes: createMailboxes({ table, ring: (callbackId) => succeed(callbackId, "signal") }),
    async workflow(name: string) {
      const file = pathToFileURL(join(root, "workflows", name, "workflow.ts")).href;
      return (await import(file)) as { handler: DurableLambdaHandler };
    },
    async close() {
      await sandboxes.close();
      await services.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
