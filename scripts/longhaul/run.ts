import type { Command } from "commander";
import { LonghaulError } from "#platform";
import { openSite, RefusedError, type Site, type Where } from "./site.ts";

export type At = ReturnType<typeof atSiteOf>;

/** Runs commands at the site that the program's options name; a refusal is a sentence and exit code 1. */
export const atSiteOf =
  (program: Command) =>
  <Args extends unknown[]>(run: (site: Site, json: boolean, ...args: Args) => Promise<void>) =>
  async (...args: Args) => {
    const { endpoint, profile, region, json = false } = program.opts<Where & { json?: boolean }>();
    const isAws = profile !== undefined || region !== undefined;
    const where: Where = isAws
      ? { ...(profile && { profile }), ...(region && { region }) }
      : { ...(endpoint && { endpoint }) };
    try {
      const site = await openSite(where);
      try {
        await run(site, json, ...args);
      } finally {
        site.close();
      }
    } catch (error) {
      fail(error);
    }
  };

function fail(error: unknown): void {
  const { message = String(error), code = "" } = error as { message?: string; code?: string };
  const isUnreachable = /ECONNREFUSED/.test(`${code} ${message}`);
  console.error(isUnreachable ? "Nothing answers there. Is the local cloud up (`npm start`)?" : message);
  // What the libraries refuse says so with a code; all else could not be run.
  process.exitCode = error instanceof RefusedError || error instanceof LonghaulError ? 1 : 2;
}
