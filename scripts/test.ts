import { spawn } from "node:child_process";
import { Command } from "commander";
import { root } from "./build/functions.ts";

const { args, json } = (() => {
  const command = new Command("npm test --")
    .description("Builds the functions and runs the tests by vitest. Names and vitest's own options narrow them down.")
    .argument("[filters...]", "parts of the names of test files")
    .option("--json", "print vitest's report as JSON, and nothing else")
    .allowUnknownOption()
    .parse();
  return { args: command.args, json: command.opts<{ json?: boolean }>().json };
})();

const child = spawn("vitest", ["run", ...(json ? ["--reporter=json"] : []), ...args], { cwd: root, stdio: "inherit" });
child.once("error", (error) => {
  console.error(error.message);
  process.exitCode = 2;
});
child.once("close", (code) => {
  process.exitCode = code ?? 1;
});
