import { execFile } from "node:child_process";
import { createServer } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { temporaryFolder } from "../support/cloud.ts";
import { root } from "../support/longhaul.ts";
import { hasTerminal, runInTerminal } from "../support/terminal.ts";

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

const ports = ["--port", "0", "--console-port", "0"];

/** Runs `npm start`'s script to its end. */
const start = (args: string[], environment: Record<string, string | undefined> = {}) =>
  new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    const command = ["scripts/start.ts", "--data", folder, ...args];
    const env = { ...process.env, ...environment };
    execFile(process.execPath, command, { cwd: root, env }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });

const withTerminal = hasTerminal() ? test : test.skip;
if (!hasTerminal()) console.log("SKIPPED: npm start in a terminal, for util-linux's `script` is not installed.");

withTerminal(
  "the first start shows each sample's progress and where the one waits; Ctrl+C ends it; the second uploads nothing",
  async () => {
    const first = runInTerminal("start.ts", "--data", folder, ...ports);
    try {
      await first.until(/Longhaul is up\. Ctrl\+C stops it/);
      const text = first.text();
      expect(text).toMatch(/The console: +http:\/\/127\.0\.0\.1:\d+/);
      expect(text).toContain("offline model, a stand-in");
      for (const file of ["hiring-specialist.md", "junior-developer.txt", "driver.json", "senior-developer.md"])
        expect(text).toContain(`${file}: approved by policy, score `);
      expect(text).toContain("accountant.txt: rejected by policy, score ");
      expect(text).toMatch(
        /marketing-specialist\.pdf waits for a person's decision: http:\/\/127\.0\.0\.1:\d+\/reviews\/training-/,
      );
      expect(text).toContain("Sign in there as Hana Holm");
      first.interrupt();
      expect(await first.ended).toBe(0);
      expect(first.text()).toContain("Stopping.");
    } finally {
      first.kill();
    }
    const second = runInTerminal("start.ts", "--data", folder, ...ports);
    try {
      await second.until(/Longhaul is up\. Ctrl\+C stops it/);
      expect(second.text()).not.toContain("approved by policy");
      second.interrupt();
      expect(await second.ended).toBe(0);
    } finally {
      second.kill();
    }
  },
);

test("a port that is taken is told by its number and by the option that names another", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const taken = String(typeof address === "object" && address?.port);
  for (const option of ["--port", "--console-port"]) {
    const { code, stderr } = await start([...ports, option, taken]);
    expect(stderr).toBe(`Port ${taken} on 127.0.0.1 is taken by another process. Name another one with ${option}.\n`);
    expect(code).toBe(2);
  }
  await new Promise((resolve) => server.close(resolve));
});

test("--bedrock aws without credentials says what is missing", async () => {
  const without = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_PROFILE: undefined };
  const nowhere = { HOME: folder, AWS_EC2_METADATA_DISABLED: "true" };
  const { code, stderr } = await start([...ports, "--bedrock", "aws"], { ...without, ...nowhere });
  expect(stderr).toMatch(
    /^--bedrock aws asks the real model and needs AWS credentials, of which none were found\. .*\n$/,
  );
  expect(code).toBe(2);
});

test("an option that cannot be says what it takes", async () => {
  expect(await start(["--port", "http"])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("from 0 (any free one) to 65535"),
  });
});
