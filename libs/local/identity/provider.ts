import Provider, { type Configuration, interactionPolicy, type KoaContextWithOIDC } from "oidc-provider";
import type { Keys } from "./keys.ts";
import { createMemory } from "./memory.ts";
import { personBySubject } from "./people.ts";

export const CLIENT_ID = "longhaul-console";

/** A working day; what a token says about roles is at most this old. */
const TOKEN_SECONDS = 8 * 3_600;

/** The OpenID provider: one client, the console; code flow with PKCE; the sample people; access tokens for the console's API. */
export function createProvider({ issuer, consoleUrl, keys }: { issuer: string; consoleUrl: string; keys: Keys }) {
  const provider = new Provider(issuer, {
    adapter: createMemory(),
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: keys.clientSecret,
        redirect_uris: [`${consoleUrl}/sign-in/callback`],
        grant_types: ["authorization_code"],
        response_types: ["code"],
      },
    ],
    jwks: { keys: [keys.signing] } as NonNullable<Configuration["jwks"]>,
    cookies: { keys: [keys.cookies] },
    pkce: { required: () => true },
    scopes: ["openid", "profile", "email", "groups"],
    claims: { openid: ["sub"], profile: ["name"], email: ["email", "email_verified"], groups: ["groups"] },
    conformIdTokenClaims: false,
    findAccount: (_, subject) => {
      const person = personBySubject(subject);
      return (
        person && {
          accountId: subject,
          claims: () => ({ sub: subject, ...claimsOf(subject) }),
        }
      );
    },
    extraTokenClaims: (_, token) => ("accountId" in token ? claimsOf(token.accountId) : undefined),
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => `${consoleUrl}/api`,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          audience: `${consoleUrl}/api`,
          scope: "openid profile email groups",
          accessTokenFormat: "jwt",
          accessTokenTTL: TOKEN_SECONDS,
        }),
      },
    },
    interactions: {
      url: (_, { uid }) => `${new URL(issuer).pathname}/interaction/${uid}`,
      policy: chooseEachTime(),
    },
    loadExistingGrant: consentAlready,
    ttl: {
      Interaction: 600,
      AuthorizationCode: 60,
      IdToken: 600,
      AccessToken: TOKEN_SECONDS,
      Grant: TOKEN_SECONDS,
      Session: 600,
    },
    renderError(ctx, { error }) {
      ctx.type = "text/plain; charset=utf-8";
      ctx.body = `The local sign-in refused this request: ${error}.\n`;
    },
  });
  return provider;
}

function claimsOf(subject: string) {
  const person = personBySubject(subject);
  return person && { name: person.name, email: person.email, email_verified: true, groups: [...person.groups] };
}

/** Whoever signs in picks a person each time: on one machine one plays several. */
function chooseEachTime() {
  const policy = interactionPolicy.base();
  const { Check } = interactionPolicy;
  const chosen = new Check("choose_each_time", "Nobody was chosen yet", (ctx) =>
    ctx.oidc.result?.login ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT,
  );
  policy.get("login")?.checks.add(chosen);
  return policy;
}

/** The console is the company's own: nobody is asked whether it may know who they are. */
async function consentAlready(ctx: KoaContextWithOIDC) {
  const { client, session, provider } = ctx.oidc;
  if (!client || !session?.accountId) return undefined;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope("openid profile email groups");
  for (const resource of Object.keys(ctx.oidc.resourceServers ?? {}))
    grant.addResourceScope(resource, "openid profile email groups");
  await grant.save();
  return grant;
}
