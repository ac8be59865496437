import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OfflineTerraform } from "../../scripts/tf/offline.ts";
import { problemsOf } from "../../scripts/tf/validate.ts";
import { forbidden, forbiddenAlone, invalid, type Mistake, plant } from "./mistakes.ts";
import { type Resource, type Resources, resourcesOf } from "./resource.ts";
import { rules } from "./rules/index.ts";
import { openTerraform, terraformIsWanted } from "./terraform.ts";
import { copyStack, valuesOf } from "./values.ts";

describe.runIf(terraformIsWanted)("a planted mistake is found:", () => {
  let terraform: OfflineTerraform;
  beforeAll(async () => {
    terraform = await openTerraform();
  });
  afterAll(() => terraform?.close());

  test.each(invalid)("$what, by terraform validate", { timeout: 60_000 }, async (mistake) => {
    const copy = await copyStack("dev");
    try {
      const [folder = ""] = mistake.file.split("/");
      const module = join(copy.modules, folder);
      expect(await problemsOf(terraform, module)).toEqual([]);
      await plant(mistake, copy.modules);
      expect(await problemsOf(terraform, module)).not.toEqual([]);
    } finally {
      await copy.close();
    }
  });

  describe.each([
    { set: "all at once", mistakes: forbidden },
    ...forbiddenAlone.map((mistake) => ({ set: "alone", mistakes: [mistake] })),
  ])("$set", ({ mistakes }) => {
    let resources: Resources;
    beforeAll(async () => {
      resources = resourcesOf(await valuesWith(terraform, mistakes));
    }, 180_000);

    test.each(mistakes)("$what, by $rule", ({ rule }) => {
      expect(rules.find(({ id }) => id === rule)?.check(resources)).not.toEqual([]);
    });
  });

  test("every rule is tried on a mistake", () => {
    const tried = new Set([...forbidden, ...forbiddenAlone].map(({ rule }) => rule));
    expect(rules.map(({ id }) => id).filter((id) => !tried.has(id))).toEqual([]);
  });
});

async function valuesWith(terraform: OfflineTerraform, mistakes: readonly Mistake[]): Promise<Resource[]> {
  const copy = await copyStack("dev");
  try {
    for (const mistake of mistakes) await plant(mistake, copy.modules);
    return await valuesOf(terraform, copy.stack);
  } finally {
    await copy.close();
  }
}
