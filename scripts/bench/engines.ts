import { startAwsRunner } from "./aws-runner.ts";
import { startLonghaul } from "./longhaul.ts";
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
