import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hasTerminal, runInTerminal } from "../../test/support/terminal.ts";
import { root } from "../build/functions.ts";
import { problemOf } from "./choices.ts";
import { writeWorkflow } from "./write.ts";

let workflows: string;
beforeAll(async () => {
  workflows = await mkdtemp(join(tmpdir(), "longhaul-new-test-"));
  await mkdir(join(workflows, "payments"));
});
afterAll(() => rm(workflows, { recursive: true }));

test.each([
  ["Leave Approval", /2 to 31 of a-z/],
  ["a", /2 to 31/],
  ["../escape", /2 to 31/],
  ["a-name-that-is-longer-than-31-can-be", /2 to 31/],
  ["leave--approval", /single hyphens/],
  ["console", /platform itself uses the name/],
  ["constructor", /platform itself uses the name/],
  ["leave-dead-letters", /puts -dead-letters behind/],
  ["payments", /there already/],
])("the name %s is refused, with what to do", async (name, problem) => {
  expect(await problemOf(name, workflows)).toMatch(problem);
});

test("a name that is free is taken", async () => {
  expect(await problemOf("leave-approval", workflows)).toBeUndefined();
});

const plain = { trigger: "queue", review: false, saga: false, score: false } as const;

test("what fails on the way leaves nothing, and what goes well leaves a whole folder", async () => {
  const broken = writeWorkflow(workflows, { ...plain, name: "broken" }, () =>
    Promise.reject(new Error("as the test says")),
  );
  await expect(broken).rejects.toThrow("as the test says");
  await writeWorkflow(workflows, { ...plain, name: "whole" }, async () => undefined);
  expect((await readdir(workflows)).sort()).toEqual(["payments", "whole"]);
  expect(await readdir(join(workflows, "whole"))).toContain("contract.ts");
});

/** The command where nobody is at a terminal. */
const run = (...args: string[]) =>
  promisify(execFile)(process.execPath, ["scripts/new.ts", ...args], { cwd: root }).then(
    ({ stdout }) => ({ code: 0, stdout, stderr: "" }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  );

test("where nobody can be asked, a missing name is an error that says how to give it; so is one that is taken", async () => {
  expect(await run()).toEqual({
    code: 2,
    stdout: "",
    stderr: expect.stringContaining("npm run new -- leave-approval"),
  });
  expect(await run("training", "--json")).toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringContaining("there already"),
  });
  expect(await run("leave", "--trigger", "mail")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("queue, bucket, both"),
  });
});

const withTerminal = hasTerminal() ? test : test.skip;
if (!hasTerminal()) console.log("SKIPPED: npm run new at a terminal, for util-linux's `script` is not installed.");

withTerminal("at a terminal it asks for what it was not told, and Ctrl+C leaves nothing", async () => {
  const terminal = runInTerminal("new.ts", "asked-for");
  await terminal.until(/What starts it\?/);
  expect(terminal.text()).toMatch(/queue[\s\S]*bucket[\s\S]*both/);
  terminal.interrupt();
  expect(await terminal.ended).toBe(2);
  expect(terminal.text()).toContain("Nothing was written.");
  expect(await readdir(join(root, "workflows"))).not.toContain("asked-for");
});
