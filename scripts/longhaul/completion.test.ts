import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { root, workflowNames } from "../build/functions.ts";

const run = promisify(execFile);
const typed = async (...args: string[]) =>
  (await run(process.execPath, ["scripts/longhaul.ts", ...args], { cwd: root })).stdout;

let script: string;
beforeAll(async () => {
  script = await typed("completion", "bash");
});

/** What bash would offer after this line, from any folder. */
async function offered(line: string): Promise<string[]> {
  const ask = `${script}
set -u
COMP_LINE=$1 COMP_POINT=\${#1}
_longhaul
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await run("bash", ["--norc", "-c", ask, "bash", line], { cwd: "/" });
  return stdout.split("\n").filter(Boolean);
}

test("bash completes commands, their options, choices and workflows", async () => {
  const [verbs, some, options, statuses, assigned, workflows, shells] = await Promise.all(
    [
      "longhaul ",
      "longhaul re",
      "longhaul list --",
      "longhaul --json list --status TIM",
      "longhaul list --status=RU",
      "longhaul start p",
      "longhaul completion ",
    ].map(offered),
  );
  expect(verbs).toEqual(expect.arrayContaining(["list", "show", "logs", "decide", "redrive", "rerun", "completion"]));
  expect(verbs).not.toContain("complete");
  expect(some).toEqual(["redrive", "rerun"]);
  expect(options).toEqual(expect.arrayContaining(["--status", "--key", "--limit", "--json", "--help"]));
  expect(statuses).toEqual(["TIMED_OUT"]);
  expect(assigned).toEqual(["RUNNING"]);
  expect(workflows).toEqual((await workflowNames()).filter((name) => name.startsWith("p")));
  expect(shells).toEqual(["bash", "zsh", "fish"]);
});

test("where the local cloud is away executions complete to nothing, and nothing that was typed is run", async () => {
  const nobody = "longhaul --endpoint http://127.0.0.1:9 show ";
  expect(await offered(nobody)).toEqual([]);
  expect(await offered("longhaul list '$(echo payments > /tmp/longhaul-was-run)' $(exit 3) --st")).toEqual([
    "--status",
  ]);
  expect(spawnSync("ls", ["/tmp/longhaul-was-run"]).status).not.toBe(0);
});

describe.each(["zsh", "fish"])("%s", (shell) => {
  const isHere = spawnSync(shell, ["--version"]).status === 0;
  if (!isHere) console.log(`${shell} is not installed: its completion is not tried.`);
  test.runIf(isHere)("reads its completion without an error", async () => {
    const text = await typed("completion", shell);
    const begin = shell === "zsh" ? "autoload -Uz compinit && compinit -u -D; " : "";
    await run(shell, ["-c", begin + text]);
  });
});
