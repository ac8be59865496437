import type { IncomingMessage, ServerResponse } from "node:http";
import type { Listener } from "../core/front.ts";
import { loadKeys } from "./keys.ts";
import { signInPage, stalePage, stylesheet } from "./page.ts";
import { personBySubject } from "./people.ts";
import { CLIENT_ID, createProvider } from "./provider.ts";

export { people } from "./people.ts";

const MAX_FORM_BYTES = 4_096;

/**
 * The local stand-in for a company's OpenID provider, by `oidc-provider`: sample people, no passwords. `issuer` is the
 * address under which `listener` is reached, path included; keys are kept in `folder`.
 */
export async function createIdentity(options: { issuer: string; consoleUrl: string; folder: string }): Promise<{
  listener: Listener;
  clientId: string;
  clientSecret: string;
  close: () => Promise<void>;
}> {
  const { issuer, consoleUrl, folder } = options;
  const keys = await loadKeys(folder);
  const provider = createProvider({ issuer, consoleUrl, keys });
  const { pathname: mount } = new URL(issuer);
  const handOn = provider.callback();

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? "").slice(mount.length);
    if (path === "/style.css") return send(response, { type: "text/css", body: stylesheet, consoleUrl });
    if (!/^\/interaction\/[A-Za-z0-9_-]+$/.test(path)) return mounted(request, response, { mount, handOn });
    try {
      await provider.interactionDetails(request, response);
    } catch {
      const body = String(await stalePage(consoleUrl, `${mount}/style.css`));
      return send(response, { status: 400, body, consoleUrl });
    }
    const person = request.method === "POST" ? personBySubject(await readPerson(request)) : undefined;
    if (person) return provider.interactionFinished(request, response, { login: { accountId: person.subject } });
    const status = request.method === "POST" ? 422 : 200;
    const body = String(await signInPage(`${mount}${path}`, `${mount}/style.css`));
    return send(response, { status, body, consoleUrl });
  };

  return {
    listener(request, response) {
      answer(request, response).catch(() => {
        if (!response.headersSent) send(response, { status: 500, body: "The local sign-in failed.", consoleUrl });
        else response.end();
      });
    },
    clientId: CLIENT_ID,
    clientSecret: keys.clientSecret,
    close: async () => {},
  };
}

/** The provider believes itself at the root; what it must know of its mount it reads from `originalUrl`. */
async function mounted(
  request: IncomingMessage & { originalUrl?: string },
  response: ServerResponse,
  { mount, handOn }: { mount: string; handOn: (request: IncomingMessage, response: ServerResponse) => Promise<void> },
) {
  request.originalUrl = request.url ?? "/";
  request.url = request.originalUrl.slice(mount.length) || "/";
  await handOn(request, response);
}

async function readPerson(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request as AsyncIterable<Buffer>) {
    text += part.toString();
    if (text.length > MAX_FORM_BYTES) return "";
  }
  return new URLSearchParams(text).get("person") ?? "";
}

function send(
  response: ServerResponse,
  {
    status = 200,
    type = "text/html",
    body,
    consoleUrl,
  }: { status?: number; type?: string; body: string; consoleUrl: string },
) {
  response.writeHead(status, {
    "content-type": `${type}; charset=utf-8`,
    "cache-control": "no-store",
    // A form's redirects count too: the sign-in ends at the console.
    "content-security-policy": `default-src 'none'; style-src 'self'; form-action 'self' ${consoleUrl}; base-uri 'none'; frame-ancestors 'none'`,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  });
  response.end(body);
}
