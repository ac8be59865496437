import { spawn } from "node:child_process";
import { Command } from "commander";
import { root } from "./build/functions.ts";

/** What `npm run check` proves, each by a tool of its own, all at once. */
const CHECKS = [
  { name: "types", command: ["tsc", "--noEmit"] },
  { name: "lint and format", command: ["biome", "check", "--error-on-warnings", "."] },
  { name: "workflows' bodies", command: ["node", "scripts/lint/workflows.ts"] },
  { name: "floating promises and boundaries", command: ["oxlint", "-c", ".oxlintrc.json", "--deny-warnings", "."] },
];

const { json } = new Command("npm run check --")
  .description(
    "Checks types, lint, format, promises that nobody awaits, and the boundaries between folders. Exit code 1 where one fails.",
  )
  .option("--json", "print the outcome as JSON, and nothing else")
  .parse()
  .opts<{ json?: boolean }>();

const results = await Promise.all(CHECKS.map(run));
if (json) console.log(JSON.stringify({ checks: results }));
else
  for (const { name, passed, millis, output } of results)
    console.log(`${passed ? "ok  " : "FAIL"} ${name} (${millis} ms)${passed ? "" : `\n${output}`}`);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;

async function run({ name, command: [program = "", ...args] }: (typeof CHECKS)[number]) {
  const start = performance.now();
  const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const parts: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => parts.push(part));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  return {
    name,
    passed: code === 0,
    millis: Math.round(performance.now() - start),
    output: Buffer.concat(parts).toString(),
  };
}
