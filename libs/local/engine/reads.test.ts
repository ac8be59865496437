import { afterEach, expect, test } from "vitest";
import { answer, byHand, cleanUp, ended, PENDING, quiet, type TestEngine, testEngine } from "./testing.ts";

afterEach(cleanUp);

const path = (arn: string) => `durable-executions/${encodeURIComponent(arn)}`;
const get = async (engine: TestEngine, from: string, query: Record<string, string> = {}) =>
  engine.call("GET", `${from}?${new URLSearchParams(query)}`);

/** Follows the markers to the end; `between` is called after the first page. */
async function pages(
  engine: TestEngine,
  {
    from,
    member,
    query,
    between,
  }: { from: string; member: string; query: Record<string, string>; between?: () => Promise<TestEngine> },
) {
  const all: Record<string, unknown>[] = [];
  const sizes: number[] = [];
  let Marker = "";
  let current = engine;
  do {
    const { body } = await get(current, from, { ...query, ...(Marker && { Marker }) });
    const page = body[member] as Record<string, unknown>[];
    all.push(...page);
    sizes.push(page.length);
    Marker = String(body.NextMarker ?? "");
    if (sizes.length === 1 && between) current = await between();
  } while (Marker);
  return { all, sizes };
}

const steps = byHand(async ({ CheckpointToken }, checkpoint) => {
  const Updates = Array.from({ length: 10 }, (_, index) => ({
    ...{ Id: `s${index}`, Type: "STEP", Action: "SUCCEED", Payload: `"secret ${index}"` },
  }));
  await checkpoint({ CheckpointToken, Updates });
  return answer({ Status: "SUCCEEDED", Result: '"secret result"' });
});

test("a history is read in pages either way, and a marker holds over a restart", async () => {
  const engine = await testEngine({ steps });
  const arn = await engine.start("steps");
  await ended(engine, arn);
  const ids = Array.from({ length: 23 }, (_, index) => index + 1);
  const from = `${path(arn)}/history`;
  const restart = async () => {
    const next = await testEngine({ steps }, { folder: await engine.kill() });
    await next.engine.resume();
    return next;
  };
  const forward = await pages(engine, { from, member: "Events", query: { MaxItems: "10" }, between: restart });
  expect(forward.sizes).toEqual([10, 10, 3]);
  expect(forward.all.map(({ EventId }) => EventId)).toEqual(ids);
  const back = await pages(engine, { from, member: "Events", query: { MaxItems: "10", ReverseOrder: "true" } });
  expect(back.all.map(({ EventId }) => EventId)).toEqual([...ids].reverse());
});

test("without IncludeExecutionData there is no payload in a history or a description, and it says so", async () => {
  const engine = await testEngine({ steps });
  const arn = await engine.start("steps", { input: "secret input" });
  await ended(engine, arn);
  const bare = [
    await get(engine, `${path(arn)}/history`, { IncludeExecutionData: "false" }),
    await get(engine, path(arn), { IncludeExecutionData: "false" }),
  ];
  expect(JSON.stringify(bare)).not.toContain("secret");
  expect(bare[0]?.body.Events).toMatchObject([
    { ExecutionStartedDetails: { Input: { Truncated: true } } },
    ...Array(22).fill({}),
  ]);
  const whole = [
    await get(engine, `${path(arn)}/history`, { IncludeExecutionData: "true" }),
    await get(engine, path(arn), { IncludeExecutionData: "true" }),
  ];
  for (const secret of ["secret 9", "secret result", "secret input"]) expect(JSON.stringify(whole)).toContain(secret);
  expect(whole[1]?.body).toMatchObject({ ExecutionDataIncluded: true });
  expect(bare[1]?.body).toMatchObject({ ExecutionDataIncluded: false, Status: "SUCCEEDED" });
});

test("a list is filtered by name, version, status and time, ordered either way, and read in pages that others cannot shift", async () => {
  const sleeper = byHand(async ({ CheckpointToken }, checkpoint) => {
    const Updates = [{ Id: "w", Type: "WAIT", Action: "START", WaitOptions: { WaitSeconds: 86_400 } }];
    await checkpoint({ CheckpointToken, Updates });
    return PENDING;
  });
  const engine = await testEngine({ sleeper, steps });
  const arns: string[] = [];
  const times: number[] = [];
  for (const name of ["a", "b", "c", "d", "e"]) {
    times.push(engine.clock.now());
    arns.push(await engine.start("sleeper", { name }));
    await engine.clock.advance(60_000);
  }
  await engine.start("steps");
  await quiet(engine);
  await engine.call("POST", `${path(arns[1] ?? "")}/stop`);
  const from = "functions/sleeper/durable-executions";
  const names = async (query: Record<string, string>, between?: () => Promise<TestEngine>) => {
    const options = { from, member: "DurableExecutions", query, ...(between && { between }) };
    return (await pages(engine, options)).all.map(({ DurableExecutionName }) => DurableExecutionName).join("");
  };
  const at = (index: number, plus: number) => String(((times[index] ?? 0) + plus) / 1_000);
  expect(await names({})).toBe("abcde");
  expect(await names({ ReverseOrder: "true" })).toBe("edcba");
  expect(await names({ Statuses: "STOPPED" })).toBe("b");
  expect(await names({ Statuses: "RUNNING", MaxItems: "2" })).toBe("acde");
  expect(await names({ DurableExecutionName: "c" })).toBe("c");
  expect(await names({ Qualifier: "1", StartedAfter: at(1, 1_000) })).toBe("cde");
  expect(
    await names({ StartedAfter: at(0, 1_000), StartedBefore: new Date((times[3] ?? 0) - 1_000).toISOString() }),
  ).toBe("bc");
  const more = async () => {
    await engine.start("sleeper", { name: "f" });
    return engine;
  };
  expect(await names({ MaxItems: "2", ReverseOrder: "true" }, more)).toBe("edcba");
});

test.each([
  ["MaxItems over 1,000", { MaxItems: "1001" }],
  ["MaxItems that is no number", { MaxItems: "many" }],
  ["MaxItems below 0", { MaxItems: "-1" }],
  ["a marker of another kind", { Marker: "!!" }],
  ["a status that there is not", { Statuses: "SLEEPING" }],
  ["a time that is none", { StartedAfter: "soon" }],
])("%s is refused with the service's type", async (_, query) => {
  const engine = await testEngine({ steps });
  const refused = await get(engine, "functions/steps/durable-executions", query as unknown as Record<string, string>);
  expect(refused).toMatchObject({ status: 400, body: { message: expect.any(String) } });
});

test("MaxItems of 0 is 100, and 1,000 are taken", async () => {
  const many = byHand(async ({ CheckpointToken }, checkpoint) => {
    const Updates = Array.from({ length: 600 }, (_, index) => ({ Id: `s${index}`, Type: "STEP", Action: "SUCCEED" }));
    await checkpoint({ CheckpointToken, Updates });
    return answer({ Status: "SUCCEEDED" });
  });
  const engine = await testEngine({ many });
  const arn = await engine.start("many");
  await ended(engine, arn);
  const size = async (query: Record<string, string>) =>
    ((await get(engine, `${path(arn)}/history`, query)).body.Events as unknown[]).length;
  expect(
    await Promise.all([size({}), size({ MaxItems: "0" }), size({ MaxItems: "1" }), size({ MaxItems: "1000" })]),
  ).toEqual([100, 100, 1, 1_000]);
});

test("what there is not is not found, by each route", async () => {
  const engine = await testEngine({ steps });
  const none = "arn:aws:lambda:eu-west-1:000000000000:function:steps:1/durable-execution/none/none";
  const asked = await Promise.all([
    engine.call("GET", path(none)),
    engine.call("GET", `${path(none)}/history`),
    engine.call("GET", `${path(none)}/state?CheckpointToken=x`),
    engine.call("POST", `${path(none)}/stop`),
    engine.call("POST", `${path(none)}/checkpoint`, { CheckpointToken: "x" }),
    engine.call("GET", "functions/none/durable-executions?Qualifier=live"),
    engine.call("POST", "durable-execution-callbacks/bm9uZQ%3D%3D/heartbeat"),
  ]);
  expect(asked.map(({ status }) => status)).toEqual(asked.map(() => 404));
});
