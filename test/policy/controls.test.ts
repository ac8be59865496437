import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../scripts/build/functions.ts";
import { rules } from "./rules/index.ts";

const read = () => readFile(join(root, "docs/security-controls.md"), "utf8");
const rows = async () =>
  (await read()).split("\n").filter((line) => line.startsWith("| ") && !/^\| (control|---)/.test(line));

test("docs/security-controls.md names every rule, and none that is not there", async () => {
  const ids = rules.map(({ id }) => id);
  const named = (await rows()).flatMap((row) => [...(row.split("|")[3] ?? "").matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)]);
  expect([...new Set(named.map((match) => match[1]))].sort()).toEqual([...ids].sort());
});

test("every control has a rule or a reason, once", async () => {
  const controls = (await rows()).flatMap((row) => (row.split("|")[1] ?? "").split(",").map((id) => id.trim()));
  const listed = controls.filter(Boolean);
  expect(listed.filter((id, index) => listed.indexOf(id) !== index)).toEqual([]);
  expect((await rows()).filter((row) => (row.split("|")[3] ?? "").trim() === "")).toEqual([]);
});
