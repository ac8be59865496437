import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { root } from "./functions.ts";

/**
 * Leaves out of the bundles what no function on Lambda comes to, of libraries that would bring it along:
 *
 * - zod's messages in 60 languages (41 KB of a zip): English stays;
 * - what of zod is not used (33 KB): esbuild shakes it where it is imported as a namespace, and not as the object `z`;
 * - the AWS SDK's search for credentials in files, in single sign-on and on EC2 (35 KB): Lambda gives a function its role's
 *   credentials in the environment, and so does the local cloud.
 */
export const leaner: Plugin = {
  name: "leaner",
  setup(build) {
    build.onLoad({ filter: /\/zod\/v4\/locales\/index\.js$/ }, ({ path }) => ({
      contents: `export { default as en } from "./en.js";`,
      resolveDir: join(path, ".."),
    }));
    build.onLoad({ filter: /\/(libs|workflows)\/.*\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace('import { z } from "zod";', 'import * as z from "zod";'),
      loader: "ts",
    }));
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({
      path: join(root, "libs/platform/clients/credentials.ts"),
    }));
  },
};
