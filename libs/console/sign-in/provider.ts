import { createRemoteJWKSet, errors, jwtVerify } from "jose";
import * as oidc from "openid-client";
import { z } from "zod";
import type { Person } from "#callbacks";
import { once } from "./once.ts";

export interface ProviderOptions {
  issuer: string;
  clientId: string;
  /** Absent for a public client, which PKCE alone protects. */
  clientSecret?: string | undefined;
  /** The claim that lists a person's groups: `groups`, or `cognito:groups`. */
  groupsClaim: string;
  scope: string;
  /** Whom a bearer token must be meant for: its `aud`, or, as Cognito's access tokens say it, its `client_id`. */
  audience: string;
  consoleUrl: string;
}

export interface SignedIn {
  person: Person;
  roles: string[];
}

/** What a sign-in must remember from its beginning to its end. */
export const SignInState = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
});
export type SignInState = z.infer<typeof SignInState>;

/** The OpenID provider, by discovery; asked when first needed, and remembered. */
export interface IdentityProvider {
  /** Where to send the browser, and what to remember. `again` asks the provider not to reuse its own session. */
  begin(returnTo: string, again: boolean): Promise<{ location: URL; remembered: SignInState }>;
  /** Redeems the code that came back. Rejects where anything does not fit what was remembered. */
  finish(callback: URL, remembered: SignInState): Promise<SignedIn>;
  /** Whom an access token speaks for; undefined where it is not a valid one for this console's API. */
  verify(token: string): Promise<SignedIn | undefined>;
}

const TIMEOUT_SECONDS = 10;

export function createIdentityProvider(options: ProviderOptions): IdentityProvider {
  const { issuer, clientId, clientSecret, consoleUrl } = options;
  const discover = once(async () => {
    const insecure = isLoopback(issuer) ? [oidc.allowInsecureRequests] : [];
    const client = clientSecret ? oidc.ClientSecretBasic(clientSecret) : oidc.None();
    return oidc.discovery(new URL(issuer), clientId, undefined, client, {
      execute: insecure,
      timeout: TIMEOUT_SECONDS,
    });
  });
  const keys = once(async () => {
    const { jwks_uri: uri } = (await discover()).serverMetadata();
    return createRemoteJWKSet(new URL(uri ?? ""), { timeoutDuration: TIMEOUT_SECONDS * 1_000 });
  });

  return {
    async begin(returnTo, again) {
      const config = await discover();
      const remembered = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
        returnTo,
      };
      const location = oidc.buildAuthorizationUrl(config, {
        redirect_uri: `${consoleUrl}/sign-in/callback`,
        scope: options.scope,
        state: remembered.state,
        nonce: remembered.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(remembered.verifier),
        code_challenge_method: "S256",
        ...(again && { prompt: "login" }),
      });
      return { location, remembered };
    },

    async finish(callback, { state, nonce, verifier }) {
      const tokens = await oidc.authorizationCodeGrant(await discover(), callback, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const signedIn = fromClaims(tokens.claims(), options);
      if (!signedIn) throw new Error("The provider's ID token lacks sub, or a claim has an unexpected type.");
      return signedIn;
    },

    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, await keys(), {
          issuer: (await discover()).serverMetadata().issuer,
          requiredClaims: ["exp", "sub", "email"],
        });
        const meantFor = [payload.aud, payload.client_id].flat();
        return meantFor.includes(options.audience) ? fromClaims(payload, options) : undefined;
      } catch (error) {
        if (error instanceof errors.JOSEError && error.code !== "ERR_JWKS_TIMEOUT") return undefined;
        throw error;
      }
    },
  };
}

function fromClaims(claims: unknown, { groupsClaim, issuer }: ProviderOptions): SignedIn | undefined {
  const Claims = z.looseObject({
    sub: z.string().min(1),
    name: z.string().min(1).optional(),
    email: z.string().min(3).optional(),
  });
  const known = Claims.safeParse(claims).data;
  const groups = z.array(z.string()).default([]).safeParse(known?.[groupsClaim]).data;
  if (!known || !groups) return undefined;
  const { sub, name, email } = known;
  const person = { subject: sub, name: name ?? email ?? sub, via: `openid ${issuer}`, ...(email && { email }) };
  return { person, roles: groups };
}

export const isLoopback = (url: string) => /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/.test(url);
