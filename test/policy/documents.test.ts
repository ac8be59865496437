import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../scripts/build/functions.ts";

const read = (file: string) => readFile(join(root, file), "utf8");
const foldersOf = async (folder: string) =>
  (await readdir(join(root, folder), { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
/** The folders in which Markdown is looked for. */
const documents = async () => {
  const all = await Promise.all(
    ["docs", "workflows", "terraform", "libs"].map((folder) => readdir(join(root, folder), { recursive: true })),
  );
  const nested = all.flatMap((files, index) =>
    files.map((file) => join(["docs", "workflows", "terraform", "libs"][index] ?? "", file)),
  );
  const own = (await readdir(root)).filter((file) => file.endsWith(".md"));
  return [...own, ...nested.filter((file) => file.endsWith(".md"))];
};

test("docs/architecture.md names every folder", async () => {
  const text = await read("docs/architecture.md");
  const libs = (await foldersOf("libs")).map((name) => `\`libs/${name}\``);
  expect(
    [...libs, "`scripts/`", "`test/`", "`terraform/`", "`docs/adr/`"].filter((name) => !text.includes(name)),
  ).toEqual([]);
  const tests = text.split("\n").find((line) => line.startsWith("| `test/`")) ?? "";
  const said: Record<string, string> = { e2e: "end to end" };
  expect((await foldersOf("test")).filter((name) => !tests.includes(said[name] ?? name))).toEqual([]);
});

test("docs/architecture.md names every command of package.json", async () => {
  const { scripts } = JSON.parse(await read("package.json")) as { scripts: Record<string, string> };
  const line = (await read("docs/architecture.md")).split("\n").find((one) => one.startsWith("| `scripts/`")) ?? "";
  expect(Object.keys(scripts).filter((name) => !new RegExp(`\\b${name}\\b`).test(line))).toEqual([]);
});

test("a link between documents leads to a file that is there", async () => {
  const broken: string[] = [];
  for (const file of await documents()) {
    const text = (await read(file)).replaceAll(/```[\s\S]*?```/g, "");
    for (const [, target = ""] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g))
      if (!/^[a-z]+:/.test(target) && !existsSync(join(root, dirname(file), target))) broken.push(`${file}: ${target}`);
  }
  expect(broken).toEqual([]);
});

test("no two decisions have the same number", async () => {
  const numbers = (await readdir(join(root, "docs/adr"))).map((file) => file.slice(0, 4));
  expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([]);
});
