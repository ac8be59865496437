import type { Item, Table } from "#platform";
import { parseExecutionArn } from "./arn.ts";
import { type ExecutionRecord, fromItem, listKeys, Use } from "./record.ts";

export type ExecutionStore = ReturnType<typeof createExecutionStore>;

const DAY_SECONDS = 86_400;

/** An execution's key, from its ARN. What it has used lies beside it: it changes often, and stands in no list. */
const keyOf = (arn: string) => {
  const { name, id } = parseExecutionArn(arn) ?? {};
  if (!name || !id) throw new Error("Expected an execution's ARN.");
  return { name, id };
};
const useKeyOf = (arn: string) => {
  const { name, id } = keyOf(arn);
  return { name, id: `use#${id}` };
};

/** The writes of the index. All of them can be repeated and may come in any order. */
export function createExecutionStore(table: Table) {
  const useOf = async (arn: string): Promise<Use | undefined> => {
    const item = await table.get(useKeyOf(arn));
    return item && Use.parse({ operations: 0, invocations: 0, milliseconds: 0, bytes: 0, ...item });
  };

  return {
    table,
    useOf,

    async get(arn: string): Promise<ExecutionRecord | undefined> {
      const item = await table.get(keyOf(arn));
      return item && fromItem(item);
    },

    /**
     * Notes how an execution stands. An end stays, whatever comes later; what is known of its subject stays too. `forgetAfter`:
     * for how many days after its end the service keeps it, and the index. Answers whether anything was new.
     */
    async note(record: ExecutionRecord, forgetAfter: number): Promise<boolean> {
      const { arn, name: _name, subject, ...rest } = record;
      const ended = record.status !== "RUNNING";
      const use = ended ? await useOf(arn) : undefined;
      const expiresAt = record.endedAt && Math.ceil(Date.parse(record.endedAt) / 1_000) + forgetAfter * DAY_SECONDS;
      const set: Item = { arn, ...rest, ...listKeys(record), ...(use && { use }), ...(expiresAt && { expiresAt }) };
      const names = Object.keys(set);
      const changed = await table.update(keyOf(arn), {
        update: `SET ${names.map((name) => `#${name} = :${name}`).join(", ")}, #subject = if_not_exists(#subject, :subject)${ended ? " REMOVE #open" : ""}`,
        condition: ended ? "attribute_not_exists(#status) OR #status = :running" : "attribute_not_exists(#status)",
        names: Object.fromEntries(
          [...names, "subject", "status", ...(ended ? ["open"] : [])].map((name) => [`#${name}`, name]),
        ),
        values: {
          ...Object.fromEntries(names.map((name) => [`:${name}`, set[name]])),
          ":subject": subject,
          ...(ended && { ":running": "RUNNING" }),
        },
      });
      return changed !== undefined;
    },

    /** Says what an execution is about, where its name does not. */
    async about({ subject, ...record }: ExecutionRecord, forgetAfter: number): Promise<void> {
      const isNew = await this.note({ ...record, subject }, forgetAfter);
      if (!isNew)
        await table.update(keyOf(record.arn), { update: "SET subject = :subject", values: { ":subject": subject } });
    },

    /** Adds one invocation to what an execution has used; the other figures are of the whole execution. */
    async use(arn: string, { invocations, milliseconds, ...whole }: Use, expiresAt: number): Promise<void> {
      const set: Item = { ...whole, expiresAt };
      await table.update(useKeyOf(arn), {
        update: `SET ${Object.keys(set).map((name) => `#${name} = :${name}`)} ADD invocations :invocations, milliseconds :milliseconds`,
        names: Object.fromEntries(Object.keys(set).map((name) => [`#${name}`, name])),
        values: {
          ...Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])),
          ":invocations": invocations,
          ":milliseconds": milliseconds,
        },
      });
    },

    /** Takes out what the service has forgotten. */
    async forget(arn: string): Promise<void> {
      await table.remove(keyOf(arn));
      await table.remove(useKeyOf(arn));
    },
  };
}
