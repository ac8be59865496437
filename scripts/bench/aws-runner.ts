import { join } from "node:path";
import type { RunnerRequest } from "./aws-runner-process.ts";
import { startChild } from "./child.ts";
import type { Subject } from "./subject.ts";

/** AWS's local test runner, which keeps everything in memory: nothing of it would be left after a kill. */
export async function startAwsRunner(): Promise<Subject> {
  const child = startChild(join(import.meta.dirname, "aws-runner-process.ts"));
  const ask = <T>(request: RunnerRequest) => child.ask<T>(request);
  return {
    run: (steps) => ask({ run: steps }),
    async awaitCallback() {
      const answer = await ask<number>({ awaitCallback: true });
      return () => ask({ answer });
    },
    rssMb: () => child.memoryMb(),
    close: () => child.kill(),
  };
}
