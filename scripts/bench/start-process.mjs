// A function's start as on Lambda: a new process, nothing compiled before, imports the bundle's handler. Answers on file
// descriptor 3 how many milliseconds have passed since the process began, and since the import did. (JavaScript: stripping
// types would be in the figure.)
import { writeSync } from "node:fs";
import { pathToFileURL } from "node:url";

const began = performance.now();
const { handler } = await import(pathToFileURL(process.argv[2]).href);
const ready = performance.now();
if (typeof handler !== "function") throw new Error("Expected the bundle to export a handler.");
writeSync(3, JSON.stringify({ startMs: ready, importMs: ready - began }));
process.exit();
