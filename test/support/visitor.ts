import type { TestConsole } from "./console.ts";

/** A browser without a screen: keeps cookies by origin, follows no redirect by itself. */
export function createVisitor({ consoleUrl }: Pick<TestConsole, "consoleUrl">) {
  const cookies = new Map<string, Map<string, string>>();
  const request = async (address: string, init: RequestInit = {}) => {
    const url = new URL(address, consoleUrl);
    const jar = cookies.get(url.origin) ?? new Map<string, string>();
    cookies.set(url.origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = new Headers(init.headers);
    if (cookie) headers.set("cookie", cookie);
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "" || /max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  const follow = async (address: string, init?: RequestInit): Promise<Response> => {
    let response = await request(address, init);
    for (let url = address; response.status >= 300 && response.status < 400; ) {
      url = new URL(response.headers.get("location") ?? "", new URL(url, consoleUrl)).href;
      response = await request(url);
      Object.defineProperty(response, "address", { value: url });
    }
    return response;
  };
  const form = (fields: Record<string, string>): RequestInit => ({
    method: "POST",
    body: new URLSearchParams(fields).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });

  return {
    request,
    follow,
    form,
    cookies: () => cookies.get(new URL(consoleUrl).origin) ?? new Map<string, string>(),
    /** Signs in as a sample person, through the provider's page. Answers where it ended. */
    async signIn(subject: string, to = "/"): Promise<Response> {
      const page = await follow(`/sign-in?to=${encodeURIComponent(to)}`);
      const { address } = page as Response & { address: string };
      const chosen = await follow(address, form({ person: subject }));
      if (!chosen.ok && chosen.status !== 403) throw new Error(`Signing in as ${subject} ended with ${chosen.status}.`);
      return chosen;
    },
    /** The CSRF token of the pages of this session. */
    async csrf(): Promise<string> {
      const text = await (await follow("/")).text();
      return /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? "";
    },
  };
}
