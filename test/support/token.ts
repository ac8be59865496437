import { createHash, randomBytes } from "node:crypto";
import type { TestConsole } from "./console.ts";
import { createVisitor } from "./visitor.ts";

/** An access token for the console's API, by the provider's own code flow, as a client with the secret would get it. */
export async function tokenOf(
  site: Pick<TestConsole, "issuer" | "consoleUrl" | "client">,
  subject: string,
): Promise<string> {
  const { issuer, consoleUrl, client } = site;
  const verifier = randomBytes(32).toString("base64url");
  const redirect = `${consoleUrl}/sign-in/callback`;
  const parameters = new URLSearchParams({
    client_id: client.id,
    response_type: "code",
    redirect_uri: redirect,
    scope: "openid profile email groups",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  });
  const browser = createVisitor(site);
  const page = await browser.follow(`${issuer}/auth?${parameters.toString()}`);
  let response = await browser.request(
    (page as Response & { address: string }).address,
    browser.form({ person: subject }),
  );
  let location = response.headers.get("location") ?? "";
  while (!location.startsWith(redirect)) {
    response = await browser.request(location);
    location = response.headers.get("location") ?? redirect;
  }
  const answer = await fetch(`${issuer}/token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString("base64")}` },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code: new URL(location).searchParams.get("code") ?? "",
      redirect_uri: redirect,
      code_verifier: verifier,
    }),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  return token;
}
