import { copyFile, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../scripts/build/functions.ts";
import { type Choices, TRIGGERS } from "../../scripts/new/choices.ts";

const yesAndNo = [false, true];

/** Every combination that `npm run new` can make, each under a name that says what it is. */
export const allChoices: Choices[] = TRIGGERS.flatMap((trigger) =>
  yesAndNo.flatMap((review) =>
    yesAndNo.flatMap((saga) =>
      yesAndNo.map((score) => {
        const parts = [trigger, review && "review", saga && "saga", score && "score"];
        return { name: `by-${parts.filter(Boolean).join("-")}`, trigger, review, saga, score };
      }),
    ),
  ),
);

/** A repository whose `workflows/` is empty, and all else is this one's. */
export async function emptyRepository() {
  const folder = await mkdtemp(join(tmpdir(), "longhaul-new-"));
  for (const file of [
    "package.json",
    "tsconfig.json",
    "biome.json",
    ".oxlintrc.json",
    ".gitignore",
    "vitest.config.ts",
  ])
    await copyFile(join(root, file), join(folder, file));
  for (const name of ["libs", "scripts", "test", "node_modules"]) await symlink(join(root, name), join(folder, name));
  const workflows = join(folder, "workflows");
  await mkdir(workflows);
  return { folder, workflows, remove: () => rm(folder, { recursive: true, force: true }) };
}
