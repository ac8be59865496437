import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Contract } from "#workflow";

/** The repository's root. */
export const root = join(import.meta.dirname, "../..");

/** One function to bundle: its folder's name under `dist/`, and the source of its entry, resolved from the root. */
export interface FunctionSource {
  name: string;
  entry: string;
  /** Left to what is found where the bundle lies: for measurements. */
  external?: string[];
}

/** The names of the workflows: the folders that hold a contract, and are not being made. Nothing else lists them. */
export async function workflowNames(): Promise<string[]> {
  const folders = await readdir(join(root, "workflows"), { withFileTypes: true });
  const names = folders.filter((entry) => entry.isDirectory() && !entry.name.startsWith(".")).map(({ name }) => name);
  return names.filter((name) => existsSync(join(root, "workflows", name, "contract.ts"))).sort();
}

export async function loadContracts(): Promise<Contract[]> {
  const names = await workflowNames();
  return Promise.all(
    names.map(async (name) => {
      const file = pathToFileURL(join(root, "workflows", name, "contract.ts")).href;
      const { contract } = (await import(file)) as { contract?: Contract };
      if (contract?.name !== name)
        throw new Error(
          `workflows/${name}/contract.ts: expected it to export \`contract\` with the name ${name}, got ${contract?.name}.`,
        );
      return contract;
    }),
  );
}

/** Every function that is deployed: the workflows, and the four that serve all of them. */
export async function functionSources(): Promise<FunctionSource[]> {
  const names = await workflowNames();
  const contracts = names
    .map((name, index) => `import { contract as c${index} } from "./workflows/${name}/contract.ts";`)
    .join("\n");
  const list = `[${names.map((_, index) => `c${index}`).join(", ")}]`;
  return [
    ...names.map((name) => ({ name, entry: `export { handler } from "./workflows/${name}/workflow.ts";` })),
    {
      name: "dispatcher",
      entry: `import { createDispatcher } from "#intake";\n${contracts}\nexport const handler = createDispatcher(${list});`,
    },
    {
      name: "console",
      entry: `import { consoleFromEnvironment } from "#console";\n${contracts}\nexport const handler = consoleFromEnvironment(${list});`,
    },
    { name: "reader", entry: `export { handler } from "./libs/reading/handler.ts";` },
    {
      name: "indexer",
      entry: `import { withdrawEnded } from "#callbacks";\nimport { createIndexer } from "#executions";\n${contracts}\nexport const handler = createIndexer(${list}, { withdraw: withdrawEnded });`,
    },
    {
      name: "sweeper",
      entry: `import { createSweeper, sweptByDeployment, watchOldestReviews, expireSamples, reviewsFromEnvironment } from "#callbacks";\nimport { mailboxesFromEnvironment } from "#signals";\n${contracts}\nexport const handler = createSweeper(() => [...sweptByDeployment(), mailboxesFromEnvironment(), watchOldestReviews(${list}), expireSamples(${list}, { reviews: reviewsFromEnvironment })]);`,
    },
  ];
}
