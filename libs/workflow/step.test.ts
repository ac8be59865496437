import type { DurableContext, RetryDecision } from "@aws/durable-execution-sdk-js";
import { expect, test } from "vitest";
import { LonghaulError } from "#platform";
import { step } from "./index.ts";

interface Recorded {
  work: () => Promise<unknown>;
  retry: (error: Error, made: number) => RetryDecision;
}

/** What `step` hands to the SDK. */
function recorded(run: (ctx: DurableContext) => unknown): Recorded {
  let record: Recorded | undefined;
  const ctx = {
    step: (_name: string, work: () => Promise<unknown>, config: { retryStrategy: Recorded["retry"] }) => {
      record = { work, retry: config.retryStrategy };
    },
  };
  run(ctx as unknown as DurableContext);
  if (!record) throw new Error("No step was handed to the SDK.");
  return record;
}

test("a step that does not end is ended at its deadline, and its signal is aborted", async () => {
  let aborted = false;
  const { work } = recorded((ctx) =>
    step(
      ctx,
      "call out",
      (signal) =>
        new Promise<null>(() => {
          signal.addEventListener("abort", () => {
            aborted = true;
          });
        }),
      { deadlineMs: 5 },
    ),
  );
  await expect(work()).rejects.toMatchObject({ code: "STEP_DEADLINE_EXCEEDED", retryable: true });
  expect(aborted).toBe(true);
});

test("an error that says it is final is not tried again; others are, as often as said", () => {
  const { retry } = recorded((ctx) => step(ctx, "call out", async () => null, { attempts: 3 }));
  expect(retry(new LonghaulError("FINAL", "No."), 1)).toEqual({ shouldRetry: false });
  expect(retry(new Error("connection lost"), 1)).toMatchObject({ shouldRetry: true });
  expect(retry(new Error("connection lost"), 3)).toMatchObject({ shouldRetry: false });
});

test("a step inside another one's work is refused at its first run, and not tried again; one after it is fine", async () => {
  const outer = recorded((ctx) =>
    step(ctx, "outer", async () => {
      recorded((inner) => step(inner, "inner", async () => null));
      return null;
    }),
  );
  await expect(outer.work()).rejects.toMatchObject({ code: "STEP_NESTED", retryable: false });
  await expect(outer.work()).rejects.toThrow('"inner" was begun inside the step "outer"');
  await recorded((ctx) => step(ctx, "first", async () => null)).work();
  await recorded((ctx) => step(ctx, "second", async () => null)).work();
});
