import type { Item, Table } from "#platform";
import { parseExecutionArn } from "./arn.ts";
import { type ExecutionRecord, fromItem, listKeys, type Use } from "./record.ts";

export type ExecutionStore = ReturnType<typeof createExecutionStore>;

const DAY_SECONDS = 86_400;

/** An execution's key, from its ARN. */
const keyOf = (arn: string) => {
  const { name, id } = parseExecutionArn(arn) ?? {};
  if (!name || !id) throw new Error("Expected an execution's ARN.");
  return { name, id };
};
/** The writes of the index. All of them can be repeated and may come in any order. */
export function createExecutionStore(table: Table) {
  return {
    table,

    async get(arn: string): Promise<ExecutionRecord | undefined> {
      const item = await table.get(keyOf(arn));
      return item?.status === undefined ? undefined : fromItem(item);
    },

    /**
     * Notes how an execution stands. An end stays, whatever comes later; what is known of its subject stays too. `forgetAfter`:
     * for how many days after its end the service keeps it, and the index. Answers whether anything was new.
     */
    async note(record: ExecutionRecord, forgetAfter: number): Promise<boolean> {
      const { arn, name: _name, subject, ...rest } = record;
      const ended = record.status !== "RUNNING";
      const expiresAt = record.endedAt && Math.ceil(Date.parse(record.endedAt) / 1_000) + forgetAfter * DAY_SECONDS;
      const set: Item = { arn, ...rest, ...listKeys(record), ...(expiresAt && { expiresAt }) };
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

    /** Says what an execution is about, where its name does not; it need not be in the index yet. */
    async about(arn: string, subject: string): Promise<void> {
      await table.update(keyOf(arn), { update: "SET subject = :subject", values: { ":subject": subject } });
    },

    /** Notes what an ended execution has used. */
    async counted(arn: string, use: Use): Promise<void> {
      await table.update(keyOf(arn), {
        update: "SET #use = :use",
        condition: "attribute_exists(#status)",
        names: { "#use": "use", "#status": "status" },
        values: { ":use": use },
      });
    },

    /** Takes out what the service has forgotten. */
    async forget(arn: string): Promise<void> {
      await table.remove(keyOf(arn));
    },
  };
}
