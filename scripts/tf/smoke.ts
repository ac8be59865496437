import { openStack } from "./deployed.ts";
import type { Report } from "./report.ts";

const TIMEOUT_MS = 20_000;

/** What a deployed console must answer to a stranger: page by page. */
const EXPECTED = [
  { path: "/", statuses: [302, 303], says: "sends a stranger to the sign-in" },
  { path: "/api/reviews", statuses: [401], says: "asks for a token" },
];

/** Asks the deployed console, as a stranger would, whether it is there and lets nobody in. Changes nothing. */
export async function smoke(env: string, { json }: { json: boolean }): Promise<Report> {
  const { console_url: url } = await (await openStack(env, { quiet: json })).outputs();
  return smokeAt(String(url));
}

export async function smokeAt(url: string): Promise<Report> {
  const looks = await Promise.all(
    EXPECTED.map(async ({ path, statuses, says }) => {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const status = await fetch(`${url}${path}`, { redirect: "manual", signal }).then(
        (response) => response.status,
        () => 0,
      );
      return { path, status, passed: statuses.includes(status), says };
    }),
  );
  return {
    passed: looks.every(({ passed }) => passed),
    lines: looks.map(
      ({ path, status, passed, says }) => `${passed ? "ok  " : "FAIL"} ${path} ${says} (${status || "no answer"})`,
    ),
    data: { url, looks },
  };
}
