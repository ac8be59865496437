import { spawn, spawnSync } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { eventually } from "./cloud.ts";
import { root } from "./longhaul.ts";

/** Whether `script` of util-linux is there, which gives a program a terminal. */
export const hasTerminal = () => spawnSync("script", ["--version"]).stdout?.toString().includes("util-linux") ?? false;

/** `node scripts/<script>` in a pseudo terminal, as a person runs it. */
export function runInTerminal(script: string, ...args: string[]) {
  const words = [process.execPath, `scripts/${script}`, ...args].map((word) => `'${word}'`).join(" ");
  // `exec`: the signal that the terminal sends goes to the program and to no shell.
  const child = spawn("script", ["-qec", `stty cols 120 rows 40; exec ${words}`, "/dev/null"], {
    cwd: root,
    stdio: ["pipe", "pipe", "pipe"],
  });
  let raw = "";
  child.stdout.on("data", (part: Buffer) => {
    raw += part.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const text = () => stripVTControlCharacters(raw).replaceAll("\r", "");
  return {
    text,
    ended,
    /** Until it has printed this. */
    until: (pattern: RegExp) => eventually(async () => pattern.test(text()), 90_000),
    /** Presses Ctrl+C. */
    interrupt: () => child.stdin.write("\u0003"),
    kill: () => child.kill("SIGKILL"),
  };
}
