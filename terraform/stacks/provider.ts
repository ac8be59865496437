import { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import type { Environment } from "./environment.ts";

/** The provider hashicorp/aws, without generated bindings: the modules use it, the stack only configures it. */
export class AwsProvider extends TerraformProvider {
  private readonly environment: Environment;

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id, {
      terraformResourceType: "aws",
      terraformGeneratorMetadata: { providerName: "aws", providerVersionConstraint: ">= 6.25, < 7" },
      terraformProviderSource: "hashicorp/aws",
    });
    this.environment = environment;
  }

  protected override synthesizeAttributes() {
    const { name, account, region } = this.environment;
    return {
      region,
      // Credentials of another account end here.
      allowed_account_ids: [account],
      default_tags: [{ tags: { application: "longhaul", environment: name } }],
    };
  }
}
