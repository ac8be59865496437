import { type OfflineTerraform, openOfflineTerraform } from "../../scripts/tf/offline.ts";
import { findTerraform } from "../../scripts/tf/terraform.ts";

/** Whether the tests that need Terraform are to run: a few seconds each, so `npm run tf -- test` asks for them. */
export const terraformIsWanted = process.env.LONGHAUL_TEST_TERRAFORM === "1" && (await findTerraform()) !== undefined;

if (!terraformIsWanted) console.log("SKIPPED: policy tests on Terraform's values; `npm run tf -- test` runs them");

export async function openTerraform(): Promise<OfflineTerraform> {
  const terraform = await openOfflineTerraform();
  if (!terraform) throw new Error("Expected `terraform` on the PATH.");
  return terraform;
}
