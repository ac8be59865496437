import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "../../test/support/cloud.ts";
import { ask, type Told } from "./ask.ts";

let workflows: string;
beforeAll(async () => {
  workflows = await mkdtemp(join(tmpdir(), "longhaul-ask-test-"));
  await mkdir(join(workflows, "payments"));
});
afterAll(() => rm(workflows, { recursive: true }));

const DOWN = "\u001b[B";
const ENTER = "\r";
const SPACE = " ";
const CTRL_C = "\u0003";

/** A person at a terminal: waits for each question's words, then presses the keys. */
async function converse(told: Told, ...turns: [question: string, ...keys: string[]][]) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 200, rows: 40 });
  let shown = "";
  output.on("data", (part: Buffer) => {
    shown += stripVTControlCharacters(part.toString());
  });
  const choices = ask(told, workflows, { input, output });
  choices.catch(() => undefined);
  for (const [question, ...keys] of turns) {
    await eventually(async () => shown.includes(question));
    shown = "";
    for (const key of keys) input.write(key);
  }
  return { choices, shown: () => shown };
}

test("whoever tells nothing is asked for the name, the trigger and the parts, and gets what was chosen", async () => {
  const { choices } = await converse(
    {},
    ["What is it called?", "leave-approval", ENTER],
    ["What starts it?", DOWN, ENTER],
    ["What does it do on its way?", SPACE, DOWN, SPACE, ENTER],
  );
  expect(await choices).toEqual({ name: "leave-approval", trigger: "bucket", review: true, saga: true, score: false });
});

test("a name that cannot be is asked for again, with what was wrong with it", async () => {
  const { choices } = await converse(
    { trigger: "queue", review: false, saga: false, score: false },
    ["What is it called?", "Leave Approval", ENTER],
    ["2 to 31 of a-z", "payments", ENTER],
    ["workflows/payments is there already", " leave-approval ", ENTER],
  );
  expect((await choices).name).toBe("leave-approval");
});

test("only what was not told is asked for; nothing chosen is nothing added", async () => {
  const { choices } = await converse({ name: "leave-approval", trigger: "both", review: true }, [
    "What does it do on its way?",
    ENTER,
  ]);
  expect(await choices).toEqual({ name: "leave-approval", trigger: "both", review: true, saga: false, score: false });
});

test.each<[string, Told]>([
  ["What is it called?", {}],
  ["What starts it?", { name: "leave-approval" }],
  ["What does it do on its way?", { name: "leave-approval", trigger: "queue" }],
])("Ctrl+C at %s leaves the conversation, and says that nothing was written", async (question, told) => {
  const { choices, shown } = await converse(told, [question, CTRL_C]);
  await expect(choices).rejects.toMatchObject({ code: "CANCELLED" });
  await eventually(async () => shown().includes("Nothing was written."));
});
