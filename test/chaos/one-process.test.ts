import { afterEach, expect, test } from "vitest";
import { DataFolderInUseError } from "../../libs/local/core/errors.ts";
import { openStore } from "../../libs/local/core/store.ts";
import { temporaryFolder } from "../support/cloud.ts";
import { createVictim } from "./victim.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

test("of two processes on one data folder the second is refused and told why; a kill leaves the folder free", async () => {
  const { folder, remove } = await temporaryFolder();
  cleanups.push(remove);
  const first = await createVictim(folder, 1);
  await first.start();
  cleanups.push(() => first.kill().catch(() => undefined));
  const second = await createVictim(folder, 1, { quiet: true });
  await expect(second.start()).rejects.toThrow(/ended with 1 at its start/);
  expect(second.complaints()).toContain(`The data folder ${folder} is in use by another Longhaul`);
  expect(() => openStore(folder)).toThrow(DataFolderInUseError);
  await first.kill();
  await second.start();
  await second.kill();
});
