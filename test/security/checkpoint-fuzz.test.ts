import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { answer, byHand, cleanUp, ended, type TestEngine, testEngine } from "../../libs/local/engine/testing.ts";
import { type Modelled, model, update } from "../../libs/local/engine/testing-model.ts";
import type { OperationUpdate } from "../../libs/local/engine/updates.ts";

afterEach(cleanUp);

const SEED = 42;
/** What the random updates wait for and try again after, in milliseconds. */
const DELAY_MS = 5_000;

/** What a client may do next. */
const move = fc.oneof(
  { weight: 8, arbitrary: fc.record({ batch: fc.array(update, { maxLength: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ repeated: fc.array(update, { maxLength: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ stale: fc.array(update, { maxLength: 2 }) }) },
  { weight: 4, arbitrary: fc.constant("time passes" as const) },
  { weight: 3, arbitrary: fc.record({ garbage: fc.anything({ maxDepth: 3 }) }) },
  { weight: 3, arbitrary: fc.record({ mutated: fc.tuple(update, fc.string(), fc.anything({ maxDepth: 2 })) }) },
);

interface Session {
  engine: TestEngine;
  path: string;
  token: string;
  release: () => void;
  arn: string;
}

/** An execution whose handler stays, so that its checkpoints can be made from here. */
async function begin(
  engine: TestEngine,
  waiting: Map<string, (session: { token: string; release: () => void }) => void>,
  name: string,
): Promise<Session> {
  const given = new Promise<{ token: string; release: () => void }>((resolve) => waiting.set(name, resolve));
  const arn = await engine.start("workflow", { name });
  const path = `durable-executions/${encodeURIComponent(arn)}`;
  return { engine, path, arn, ...(await given) };
}

const checkpoint = (session: Session, body: unknown) => session.engine.call("POST", `${session.path}/checkpoint`, body);

async function states(session: Session): Promise<Record<string, string>> {
  const query = new URLSearchParams({ CheckpointToken: session.token, MaxItems: "1000" });
  const { status, body } = await session.engine.call("GET", `${session.path}/state?${query}`);
  expect(status).toBe(200);
  const operations = body.Operations as { Id: string; Type: string; Status: string }[];
  return Object.fromEntries(
    operations.filter(({ Type }) => Type !== "EXECUTION").map(({ Id, Status }) => [Id, Status]),
  );
}

/** The modelled states without what lies below a closed context, which the state leaves out. */
function visible(modelled: ReadonlyMap<string, Modelled>): Record<string, string> {
  const isHidden = (id: string | undefined): boolean => {
    const one = id === undefined ? undefined : modelled.get(id);
    if (!one) return false;
    return (one.type === "CONTEXT" && one.state !== "STARTED") || isHidden(one.parent);
  };
  return Object.fromEntries(
    [...modelled].filter(([, { parent }]) => !isHidden(parent)).map(([id, { state }]) => [id, state]),
  );
}

const afterDelay = (modelled: ReadonlyMap<string, Modelled>): ReadonlyMap<string, Modelled> =>
  new Map(
    [...modelled].map(([id, one]) => {
      if (one.state === "PENDING") return [id, { ...one, state: "READY" as const }];
      if (one.type === "WAIT" && one.state === "STARTED") return [id, { ...one, state: "SUCCEEDED" as const }];
      return [id, one];
    }),
  );

test("whatever is sent to the checkpoint route, it never fails and never leaves a state that the table does not have", async () => {
  const waiting = new Map<string, (session: { token: string; release: () => void }) => void>();
  const workflow = byHand(
    ({ CheckpointToken, DurableExecutionArn }) =>
      new Promise((resolve) => {
        const name = DurableExecutionArn.split("/").at(-2) ?? "";
        waiting.get(name)?.({
          token: CheckpointToken,
          release: () => resolve(answer({ Status: "SUCCEEDED", Result: "1" })),
        });
      }),
  );
  const f = { plain: () => new Promise(() => undefined) };
  const engine = await testEngine({ workflow, f });
  const counts = { taken: 0, refused: 0, repeated: 0, garbage: 0 };
  let runs = 0;

  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 5, maxLength: 30 }), async (moves) => {
      runs += 1;
      const session = await begin(engine, waiting, `run-${runs}`);
      const stale = `${session.token.slice(0, -4)}AAAA`;
      let expected: ReadonlyMap<string, Modelled> = new Map();
      let isOver = false;

      const send = async (Updates: readonly OperationUpdate[], ClientToken?: string) => {
        const before = session.token;
        const body = { CheckpointToken: before, Updates, ...(ClientToken && { ClientToken }) };
        const next = isOver ? undefined : model(expected, Updates);
        const first = await checkpoint(session, body);
        expect(first.status).toBe(next ? 200 : 400);
        if (!next) {
          counts.refused += 1;
          return;
        }
        counts.taken += 1;
        session.token = String(first.body.CheckpointToken);
        expect(session.token).not.toBe(before);
        expected = next;
        isOver = Updates.at(-1)?.Type === "EXECUTION";
        if (!ClientToken) return;
        counts.repeated += 1;
        expect(await checkpoint(session, body)).toEqual(first);
      };

      for (const [index, one] of moves.entries()) {
        if (one === "time passes") {
          await engine.clock.advance(DELAY_MS);
          if (!isOver) expected = afterDelay(expected);
        } else if ("batch" in one) await send(one.batch);
        else if ("repeated" in one) await send(one.repeated, `client-${index}`);
        else if ("stale" in one)
          expect((await checkpoint(session, { CheckpointToken: stale, Updates: one.stale })).status).toBe(400);
        else {
          counts.garbage += 1;
          const body =
            "garbage" in one
              ? one.garbage
              : { CheckpointToken: session.token, Updates: [{ ...one.mutated[0], [one.mutated[1]]: one.mutated[2] }] };
          const isTaken = (await engine.call("POST", `${session.path}/checkpoint`, asJson(body))).status;
          expect([200, 400, 413]).toContain(isTaken);
          // What was taken all the same was a good update with a member that the service does not know.
          if (isTaken === 200) return finish(session);
        }
        if (!isOver) expect(await states(session)).toEqual(visible(expected));
      }
      await finish(session);
    }),
    { numRuns: 300, seed: SEED },
  );
  expect(counts.taken).toBeGreaterThan(300);
  expect(counts.refused).toBeGreaterThan(300);
  expect(counts.repeated).toBeGreaterThan(50);
  expect(counts.garbage).toBeGreaterThan(300);
}, 120_000);

/** What JSON makes of it; a value that JSON has not is sent as null. */
function asJson(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value) ?? "null");
  } catch {
    return null;
  }
}

/** It ends, with a history without a gap. */
async function finish({ engine, arn, release }: Session) {
  release();
  await ended(engine, arn);
  const ids = (await engine.history(arn)).map(({ EventId }) => EventId);
  expect(ids).toEqual(ids.map((_, index) => index + 1));
}

test("bytes that are no request are refused by each route, and none of them fails", async () => {
  const engine = await testEngine({ workflow: byHand(async () => answer({ Status: "SUCCEEDED" })) });
  const arn = await engine.start("workflow");
  await ended(engine, arn);
  const execution = `/2025-12-01/durable-executions/${encodeURIComponent(arn)}`;
  const routes = [
    ["POST", `${execution}/checkpoint`],
    ["POST", `${execution}/stop`],
    ["GET", `${execution}/history`],
    ["GET", `${execution}/state`],
    ["GET", execution],
    ["POST", "/2025-12-01/durable-execution-callbacks/bm9uZQ%3D%3D/fail"],
    ["POST", "/2025-12-01/durable-execution-callbacks/bm9uZQ%3D%3D/succeed"],
    ["GET", "/2025-12-01/functions/workflow/durable-executions"],
  ] as const;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...routes),
      fc.uint8Array({ maxLength: 200 }),
      fc.dictionary(
        fc.constantFrom("Marker", "MaxItems", "Statuses", "StartedAfter", "CheckpointToken", "ReverseOrder", "x"),
        fc.string(),
      ),
      async ([method, path], bytes, query) => {
        const answered = await engine.engine.handle({
          method,
          path,
          query: new URLSearchParams(query),
          headers: {},
          body: Buffer.from(bytes),
        });
        expect([200, 400, 404]).toContain(answered?.status);
      },
    ),
    { numRuns: 2_000, seed: SEED },
  );
}, 60_000);
