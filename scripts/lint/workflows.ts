import { root } from "../build/functions.ts";
import { checkWorkflows } from "./replay/check.ts";

// One of the checks of `npm run check`: what types and the other linters cannot see of a workflow's body.
const mistakes = await checkWorkflows(root);
for (const { file, line, column, rule, message } of mistakes)
  console.log(`${file}:${line}:${column} ${rule}: ${message}`);
process.exitCode = mistakes.length > 0 ? 1 : 0;
