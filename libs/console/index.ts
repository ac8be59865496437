export { type ConsoleOptions, createConsole } from "./app.ts";
export type { Desk } from "./desk.ts";
export { consoleFromEnvironment } from "./environment.ts";
