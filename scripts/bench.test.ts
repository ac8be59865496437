import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const bench = (...args: string[]) =>
  promisify(execFile)(process.execPath, [join(import.meta.dirname, "bench.ts"), ...args]);

test("--json prints the cases and the machine, and nothing else", async () => {
  const { stdout } = await bench(
    "--json",
    "--case",
    "3 steps one after another",
    "--engine",
    "longhaul",
    "--share",
    "0.01",
  );
  expect(JSON.parse(stdout)).toEqual({
    cases: [
      {
        name: "3 steps one after another",
        engine: "longhaul",
        p50Ms: expect.any(Number),
        p99Ms: expect.any(Number),
        perSecond: expect.any(Number),
        rssMb: expect.any(Number),
      },
    ],
    machine: expect.stringContaining("Node"),
  });
});

test("a case that is not there is refused with the names of those that are", async () => {
  await expect(bench("--case", "fast")).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining("128 at once"),
  });
});
