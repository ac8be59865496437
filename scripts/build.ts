import Table from "cli-table3";
import { Command } from "commander";
import { buildAll } from "./build/all.ts";

const { json } = new Command("npm run build --")
  .description(
    "Bundles every function (workflows, dispatcher, console, sweeper) to dist/<function>/, each with its zip; the events' schemas and an AsyncAPI document to dist/schemas/.",
  )
  .option("--json", "print the sizes and hashes as JSON, and nothing else")
  .parse()
  .opts<{ json?: boolean }>();

const functions = await buildAll();
if (json) {
  console.log(JSON.stringify({ functions: functions.map(({ archive, ...rest }) => rest) }));
} else {
  const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(0)} KB`;
  const table = new Table({
    head: ["function", "read at start", "all code", "zip", "sha256"],
    style: { head: [], border: [] },
  });
  for (const { name, startBytes, bytes, zipBytes, sha256 } of functions) {
    table.push([name, kilobytes(startBytes), kilobytes(bytes), kilobytes(zipBytes), sha256.slice(0, 12)]);
  }
  console.log(table.toString());
}
