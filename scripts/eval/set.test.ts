import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/support/cloud.ts";
import { loadSet } from "./set.ts";

test("an attack that is null or empty is none, and a line that is no case is named", async () => {
  const { folder, remove } = await temporaryFolder();
  const file = join(folder, "set.jsonl");
  const line = { id: "a", format: "txt", document: "x", label: "grey" };
  await writeFile(
    file,
    [{ ...line, attack: "" }, { ...line, attack: null }, line].map((one) => JSON.stringify(one)).join("\n"),
  );
  expect((await loadSet(file, "x")).map(({ attack }) => attack)).toEqual([undefined, undefined, undefined]);
  await writeFile(file, JSON.stringify({ ...line, label: "maybe" }));
  await expect(loadSet(file, "x")).rejects.toThrow(/line 1[\s\S]*label/);
  await remove();
});
