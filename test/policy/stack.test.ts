import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Contract } from "#workflow";
import { loadContracts, root } from "../../scripts/build/functions.ts";
import { environmentNames, loadEnvironment } from "../../scripts/tf/environments.ts";
import { usedTypes } from "../../terraform/offline/generator/used-types.ts";
import type { SchemaFile } from "../../terraform/offline/schema.ts";
import { synthesise, type TerraformJson } from "../../terraform/stacks/synth.ts";
import { ACTIONS } from "./actions.ts";
import { sampleCode } from "./values.ts";

let folder: string;
let contracts: Contract[];
const environments = await environmentNames();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "longhaul-stack-"));
  contracts = await loadContracts();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function synthFor(name: string, of: readonly Contract[] = contracts): Promise<TerraformJson> {
  const environment = await loadEnvironment(name);
  const out = await mkdtemp(join(folder, "out-"));
  return (await synthesise({ environment, contracts: of, code: sampleCode }, out)).json;
}

const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);

interface Permission {
  actions: string[];
  resources: string[];
}

/** What each module gives its functions, by the module's id. */
function permissionsOf({ module }: TerraformJson): Record<string, Permission[]> {
  return Object.fromEntries(
    Object.entries(module).map(([id, { permissions = [], sweeper, indexer, function: own }]) => {
      const inner = [sweeper, indexer, own] as ({ permissions: Permission[] } | undefined)[];
      return [id, [...(permissions as Permission[]), ...inner.flatMap((one) => one?.permissions ?? [])]];
    }),
  );
}

describe.each(environments)("the stack of %s", (name) => {
  test("gives no action and no resource as a wildcard", async () => {
    const all = Object.values(permissionsOf(await synthFor(name))).flat();
    expect(all.flatMap(({ actions }) => actions).filter((action) => action.includes("*"))).toEqual([]);
    expect(all.flatMap(({ resources }) => resources).filter((resource) => resource === "*")).toEqual([]);
  });

  test("lets the console and the sweeper answer callbacks, and a workflow's signals wake its own waits only", async () => {
    const given = Object.entries(permissionsOf(await synthFor(name))).flatMap(([id, permissions]) =>
      permissions
        .filter(({ actions }) => actions.some((action) => action.includes("SendDurable")))
        .map((one) => ({ id, ...one })),
    );
    const arn = ({ name }: Contract) => expect.stringMatching(`:function:longhaul-${name}:\\*$`);
    const everything = contracts.map(arn);
    const signals = contracts
      .filter((contract) => contract.signals)
      .flatMap((contract) => [
        { id: contract.name, resources: [arn(contract)] },
        { id: `${contract.name}_intake`, resources: [arn(contract)] },
      ]);
    expect(given.map(({ id, resources }) => ({ id, resources })).toSorted(byId)).toEqual(
      [...["console", "reviews"].map((id) => ({ id, resources: everything })), ...signals].toSorted(byId),
    );
  });

  test("lets each workflow read and write its contract's prefixes and ask its model, and nothing beside", async () => {
    const permissions = permissionsOf(await synthFor(name));
    for (const contract of contracts) {
      const resources = (action: string) =>
        (permissions[contract.name] ?? [])
          .filter(({ actions }) => actions.includes(action))
          .flatMap((one) => one.resources);
      const under = (prefixes: readonly string[]) =>
        prefixes.map((prefix) => expect.stringMatching(`^arn:aws:s3:::[^/]+/${prefix}\\*$`));
      expect(resources("s3:GetObject")).toEqual(under(contract.permissions.read));
      expect(resources("s3:PutObject")).toEqual(under(contract.permissions.write));
      const models = [contract.permissions.model, contract.scoring?.fallback?.id].flatMap((id) =>
        id ? [id.replace(/^(us|eu|apac|global)\./, "")] : [],
      );
      const modelOf = (arn: string) => models.find((model) => arn.endsWith(`/${model}`) || arn.endsWith(`.${model}`));
      expect(new Set(resources("bedrock:InvokeModel").map(modelOf))).toEqual(new Set(models));
    }
  });

  test("locks its state by a file in its bucket, and takes no other account's credentials", async () => {
    const { terraform, provider } = await synthFor(name);
    const { account, stateBucket } = await loadEnvironment(name);
    expect(terraform.backend).toMatchObject({ s3: { bucket: stateBucket, encrypt: true, use_lockfile: true } });
    expect(provider).toMatchObject({ aws: [{ allowed_account_ids: [account] }] });
  });

  test("names $LATEST nowhere", async () => {
    expect(JSON.stringify(await synthFor(name))).not.toContain("$LATEST");
  });
});

test("a workflow's folder gives a full set of resources, with no other edit", async () => {
  const isBucket = ({ kind }: Contract["triggers"][number]) => kind === "bucket";
  const first = contracts.find(({ triggers }) => triggers.some(isBucket)) as Contract;
  const added = {
    ...first,
    name: "added",
    triggers: [{ ...first.triggers.find(isBucket), prefix: "added/requests/" }],
  };
  const { module } = await synthFor("dev", [...contracts, added as Contract]);
  expect(module.added).toMatchObject({
    function: {
      name: "longhaul-added",
      durable: { execution_timeout_seconds: added.executionTimeoutSeconds, retention_days: added.retentionDays },
    },
  });
  expect(module.added_intake).toMatchObject({ names: { queue: "longhaul-added", function: "longhaul-added" } });
  expect(module.documents?.notifications).toContainEqual(expect.objectContaining({ prefix: "added/requests/" }));
  expect(module.observability?.workflows).toHaveProperty("added");
});

test("whatever the platform library asks AWS for, somebody may do", async () => {
  const platform = join(root, "libs/platform");
  const files = (await readdir(platform)).filter((file) => file.endsWith(".ts"));
  const sources = await Promise.all(files.map((file) => readFile(join(platform, file), "utf8")));
  const commands = new Set(
    sources.flatMap((source) => [...source.matchAll(/new \w+\.(\w+)Command\(/g)].map((match) => match[1] ?? "")),
  );
  expect([...commands].sort()).toEqual(Object.keys(ACTIONS).sort());

  const own = await Promise.all(
    ["intake", "durable-function", "console"].map((module) =>
      readFile(join(root, "terraform/modules", module, "main.tf"), "utf8"),
    ),
  );
  const json = await synthFor("dev");
  const granted = JSON.stringify(permissionsOf(json)) + own.join();
  expect(Object.values(ACTIONS).filter((action) => !granted.includes(`"${action}"`))).toEqual([]);
});

test("the offline provider knows the types that the modules use, and no other", async () => {
  const file = await readFile(join(root, "terraform/offline/aws-schema.json"), "utf8");
  const { schema, source } = JSON.parse(file) as SchemaFile;
  expect(Object.keys(schema.resource_schemas)).toEqual(await usedTypes(join(root, "terraform/modules")));
  expect(source).toMatchObject({ provider: "hashicorp/aws", providerVersion: expect.stringMatching(/^6\.\d+\.\d+$/) });
});
