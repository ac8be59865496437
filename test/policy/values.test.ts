import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { environmentNames } from "../../scripts/tf/environments.ts";
import type { OfflineTerraform } from "../../scripts/tf/offline.ts";
import { type Resources, resourcesOf } from "./resource.ts";
import { rules } from "./rules/index.ts";
import { openTerraform, terraformIsWanted } from "./terraform.ts";
import { copyStack, valuesOf } from "./values.ts";

const environments = await environmentNames();

describe.runIf(terraformIsWanted)("every resource of", () => {
  let terraform: OfflineTerraform;
  beforeAll(async () => {
    terraform = await openTerraform();
  });
  afterAll(() => terraform?.close());

  describe.each(environments)("%s", (environment) => {
    let resources: Resources;
    beforeAll(async () => {
      const copy = await copyStack(environment);
      try {
        resources = resourcesOf(await valuesOf(terraform, copy.stack));
      } finally {
        await copy.close();
      }
    }, 180_000);

    test.each(rules)("$promise", ({ check }) => {
      expect(check(resources)).toEqual([]);
    });

    test("there is something to look at", () => {
      expect(resources.all.length).toBeGreaterThan(80);
    });
  });
});
