import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

/** Asks a process whose Date stands at an instant, as a function's does. */
function inProcess(expression: string): unknown {
  const module = new URL("./moved-date.ts", import.meta.url).href;
  const source = `import { moveDate, realNow } from ${JSON.stringify(module)};
    let now = ${Date.parse("2027-01-04T09:00:00Z")};
    moveDate(() => now);
    now += 1500;
    console.log(JSON.stringify(${expression}));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", source], { encoding: "utf8" });
  return stdout ? JSON.parse(stdout) : stderr;
}

test("a function's Date shows the clock that was moved, by every way of asking it, and is a Date in all else", () => {
  expect(
    inProcess(`[Date.now(), new Date().toISOString(), new Date(0).getTime(), Date.parse("1970-01-02"), Date.UTC(1970, 0, 3),
      new Date() instanceof Date, new Date().constructor === Date, Date().slice(11, 15),
      new (class Day extends Date { year() { return this.getUTCFullYear(); } })().year(), structuredClone(new Date(5)).getTime(),
      realNow() < ${Date.now() + 600_000} && realNow() >= ${Date.now()}]`),
  ).toEqual([
    ...[1_799_053_201_500, "2027-01-04T09:00:01.500Z", 0, 86_400_000, 172_800_000],
    ...[true, true, "2027", 2_027, 5, true],
  ]);
});
