import { names } from "#deployment";
import { tokenOf } from "../../test/support/token.ts";
import { RefusedError, type Site } from "./site.ts";

/**
 * Who decides: the bearer of LONGHAUL_TOKEN, an access token of the company's sign-in for the console's API; on the local cloud
 * also one of its sample people, for whom the code flow is walked here.
 */
export async function tokenFor(site: Site, as: string | undefined): Promise<{ consoleUrl: string; token: string }> {
  const { Environment } = await site.lambda.getFunctionConfiguration({ FunctionName: names.console });
  const {
    LONGHAUL_CONSOLE_URL: consoleUrl,
    LONGHAUL_OIDC_ISSUER: issuer = "",
    LONGHAUL_OIDC_CLIENT_ID: id = "",
    LONGHAUL_OIDC_CLIENT_SECRET: secret = "",
  } = Environment?.Variables ?? {};
  if (!consoleUrl) throw new RefusedError("The console is not deployed here.");
  const given = process.env.LONGHAUL_TOKEN;
  if (given) return { consoleUrl, token: given };
  if (!site.endpoint)
    throw new RefusedError(
      "Expected LONGHAUL_TOKEN to hold an access token of your company's sign-in for the console.",
    );
  if (!as) throw new RefusedError("Expected `--as` to name who decides, a sample person such as hana.holm.");
  const token = await tokenOf({ consoleUrl, issuer, client: { id, secret } }, as);
  return { consoleUrl, token };
}
