import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../scripts/build/functions.ts";

/** A code block of a guide, or a remark that something happens outside of the terminal. */
export interface Block {
  /** `sh`, `ts`, `diff`, `python`, `text`; `remark` for an HTML comment. */
  language: string;
  /** The file that it is of, where its fence names one. */
  file: string | undefined;
  text: string;
  line: number;
}

export interface Guide {
  name: string;
  blocks: Block[];
}

/** The guides, in their order. */
export async function loadGuides(): Promise<Guide[]> {
  const folder = join(root, "docs/guides");
  const names = (await readdir(folder)).filter((name) => /^\d.*\.md$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => ({ name, blocks: blocksOf(await readFile(join(folder, name), "utf8")) })),
  );
}

function blocksOf(text: string): Block[] {
  const blocks = /^```(\w+)(?: ([^\n]+))?\n(.*?)^```$|^<!-- (.+?) -->$/gms;
  return [...text.matchAll(blocks)].map(({ 1: language = "remark", 2: file, 3: code, 4: remark, index }) => ({
    language,
    file,
    text: code ?? remark ?? "",
    line: text.slice(0, index).split("\n").length,
  }));
}

/** What a file holds once a block is applied: a diff changes it, code is new, or is quoted from it. */
export function apply({ language, text, file }: Block, before: string | undefined): string {
  if (language === "diff") {
    if (before === undefined) throw new Error(`${file} is not there to be changed.`);
    const lines = text.trimEnd().split("\n");
    const side = (sign: string) =>
      lines
        .filter((line) => !line.startsWith(sign))
        .map((line) => line.slice(1))
        .join("\n");
    const found = before.split(side("+")).length - 1;
    if (found !== 1) throw new Error(`Expected in ${file} once, and found ${found} times:\n${side("+")}`);
    return before.replace(side("+"), () => side("-"));
  }
  if (before === undefined) return text;
  if (!squeezed(before).includes(squeezed(text))) throw new Error(`${file} does not say:\n${text}`);
  return before;
}

const squeezed = (text: string) => text.replace(/\s+/g, " ").trim();
