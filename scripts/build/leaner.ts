import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { root } from "./functions.ts";

/** An operation's schema, as the AWS SDK's generator writes it: kind 9, its names, its HTTP binding, what it takes and gives. */
const OPERATION = /^export var (\w+\$) = (\[9, [^;]*\]);$/gm;

/**
 * Leaves out of the bundles what no function on Lambda comes to, of libraries that would bring it along:
 *
 * - zod's messages in 60 languages (41 KB of a zip): English stays;
 * - what of zod is not used (33 KB): esbuild shakes it where it is imported as a namespace, and not as the object `z`;
 * - the schemas of the AWS operations that nobody asks for (14 KB): their keys are computed, which esbuild takes for an effect;
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
    build.onLoad({ filter: /\/client-[a-z0-9-]+\/dist-es\/schemas\/schemas_\d+\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(OPERATION, "export var $1 = /* @__PURE__ */ (() => $2)();"),
    }));
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({
      path: join(root, "libs/platform/clients/credentials.ts"),
    }));
  },
};
