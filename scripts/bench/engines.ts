import { startAwsRunner } from "./aws-runner.ts";
import { startLonghaul } from "./longhaul.ts";
import { startDbos } from "./peers/dbos.ts";
import { startRestate } from "./peers/restate.ts";
import type { Subject } from "./subject.ts";

export interface Engine {
  name: string;
  start(): Promise<Subject>;
}

export const ENGINES: readonly Engine[] = [
  { name: "longhaul", start: () => startLonghaul("with the event") },
  { name: "longhaul over HTTP", start: () => startLonghaul("over HTTP") },
  { name: "AWS's local runner, in memory", start: startAwsRunner },
];

/** Those that `--peers` adds, from the folder that their packages are installed in. */
export const peers = (packages: string): readonly Engine[] => [
  { name: "Restate", start: () => startRestate(packages) },
  { name: "DBOS on Postgres", start: () => startDbos(packages) },
];
