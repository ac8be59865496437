import type { Clock } from "../core/clock.ts";
import type { FunctionVersion } from "../core/ports.ts";
import type { Store } from "../core/store.ts";
import { codeFolder } from "./code.ts";
import { Configuration, toVersion } from "./configuration.ts";
import { errors } from "./errors.ts";

export interface Alias {
  Name: string;
  FunctionVersion: string;
  Description: string;
}

export const LATEST = "$LATEST";
export type Registry = ReturnType<typeof createRegistry>;

/** Functions, their versions and aliases. A version never changes; `$LATEST` is the one that is worked on. Writes belong in a transaction. */
export function createRegistry({ store, clock, folder }: { store: Store; clock: Clock; folder: string }) {
  store.migrate("functions", [
    "CREATE TABLE functions (name TEXT, version TEXT, number INTEGER, configuration TEXT, PRIMARY KEY (name, version)) WITHOUT ROWID",
    "CREATE TABLE aliases (name TEXT, alias TEXT, version TEXT, description TEXT, PRIMARY KEY (name, alias)) WITHOUT ROWID",
  ]);
  /** What every invocation asks for, parsed once for each text that is stored. */
  const resolved = new Map<string, { text: string; target: FunctionVersion }>();
  const findText = (name: string, version: string): string | undefined => {
    const row = store.sql("SELECT configuration FROM functions WHERE name = ? AND version = ?").get(name, version);
    return row && String(row.configuration);
  };
  const find = (name: string, version: string): Configuration | undefined => {
    const text = findText(name, version);
    return text === undefined ? undefined : Configuration.parse(JSON.parse(text));
  };
  const findAlias = (name: string, alias: string): Alias | undefined => {
    const row = store.sql("SELECT * FROM aliases WHERE name = ? AND alias = ?").get(name, alias);
    return row && { Name: alias, FunctionVersion: String(row.version), Description: String(row.description) };
  };
  const versionOf = (name: string, qualifier: string) =>
    /^(\d+|\$LATEST)$/.test(qualifier) ? qualifier : findAlias(name, qualifier)?.FunctionVersion;
  const write = (name: string, version: string, configuration: Configuration) => {
    store
      .sql("INSERT OR REPLACE INTO functions VALUES (?, ?, ?, ?)")
      .run(name, version, Number(version) || 0, JSON.stringify(configuration));
  };
  const get = (name: string, qualifier: string): { version: string; configuration: Configuration } => {
    const version = versionOf(name, qualifier);
    const configuration = version === undefined ? undefined : find(name, version);
    if (version === undefined || !configuration) throw errors.notFound(`Function: ${name}:${qualifier}`);
    return { version, configuration };
  };
  const versions = (name: string): { version: string; configuration: Configuration }[] =>
    store
      .sql("SELECT version, configuration FROM functions WHERE name = ? ORDER BY number")
      .all(name)
      .map((row) => ({
        version: String(row.version),
        configuration: Configuration.parse(JSON.parse(String(row.configuration))),
      }));
  const same = (one: Configuration, other: Configuration) =>
    JSON.stringify({ ...one, modifiedAt: 0, Description: "" }) ===
    JSON.stringify({ ...other, modifiedAt: 0, Description: "" });

  return {
    get,
    versions,
    exists: (name: string) => find(name, LATEST) !== undefined,
    names: () =>
      store
        .sql("SELECT DISTINCT name FROM functions ORDER BY name")
        .all()
        .map(({ name }) => String(name)),
    resolve(name: string, qualifier: string): FunctionVersion | undefined {
      const version = versionOf(name, qualifier);
      const text = version === undefined ? undefined : findText(name, version);
      if (version === undefined || text === undefined) return undefined;
      const known = resolved.get(`${name}:${version}`);
      if (known?.text === text) return known.target;
      const configuration = Configuration.parse(JSON.parse(text));
      const target = toVersion({ name, version, folder: codeFolder(folder, configuration.sha256) }, configuration);
      resolved.set(`${name}:${version}`, { text, target });
      return target;
    },
    save: (name: string, configuration: Configuration) =>
      write(name, LATEST, { ...configuration, modifiedAt: clock.now() }),
    /** The same code and settings as the newest version are that version, as in Lambda. */
    publish(name: string, description?: string): string {
      const { configuration } = get(name, LATEST);
      const newest = versions(name).at(-1);
      if (newest && newest.version !== LATEST && same(newest.configuration, configuration)) return newest.version;
      const row = store.sql("SELECT max(number) AS newest FROM functions WHERE name = ?").get(name);
      const version = String(Number(row?.newest ?? 0) + 1);
      write(name, version, { ...configuration, ...(description && { Description: description }) });
      return version;
    },
    remove(name: string, version?: string) {
      if (version) store.sql("DELETE FROM functions WHERE name = ? AND version = ?").run(name, version);
      else {
        store.sql("DELETE FROM functions WHERE name = ?").run(name);
        store.sql("DELETE FROM aliases WHERE name = ?").run(name);
      }
    },
    alias(name: string, alias: string): Alias {
      const found = findAlias(name, alias);
      if (!found) throw errors.notFound(`Alias: ${name}:${alias}`);
      return found;
    },
    aliases: (name: string): Alias[] =>
      store
        .sql("SELECT * FROM aliases WHERE name = ? ORDER BY alias")
        .all(name)
        .map((row) => ({
          Name: String(row.alias),
          FunctionVersion: String(row.version),
          Description: String(row.description),
        })),
    saveAlias(name: string, { Name, FunctionVersion, Description }: Alias) {
      get(name, FunctionVersion);
      store.sql("INSERT OR REPLACE INTO aliases VALUES (?, ?, ?, ?)").run(name, Name, FunctionVersion, Description);
    },
    removeAlias(name: string, alias: string) {
      store.sql("DELETE FROM aliases WHERE name = ? AND alias = ?").run(name, alias);
    },
  };
}
