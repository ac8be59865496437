import { randomBytes } from "node:crypto";
import { type Item, logger, queryAll, type Table } from "#platform";
import { digestOf } from "../digest.ts";
import { ChainEntry, chainKey, GENESIS, HEAD, hashOf, PersonalRecord, personalKey } from "./entry.ts";

/** Something that happened to a case. `source` names it within the case: the same source again is the same happening. */
export interface Happening {
  source: string;
  act: string;
  at: string;
  review?: string;
  version?: string | undefined;
  details?: ChainEntry["details"];
  personal: Omit<PersonalRecord, "salt">;
}

export type Chain = ReturnType<typeof createChain>;

/**
 * The hash chain of each case: entries as items of their own, numbered, each with the hash of the one before. The sort key
 * is the number, so that a conditional write lets exactly one entry follow another, whoever writes at the same time.
 */
export function createChain(table: Table) {
  const items = (execution: string, prefix: string): Promise<Item[]> =>
    queryAll(table, {
      key: "#case = :case AND begins_with(entry, :prefix)",
      names: { "#case": "case" },
      values: { ":case": execution, ":prefix": prefix },
    });
  const entries = async (execution: string) => (await items(execution, "chain#")).map(toEntry);
  const last = async (execution: string) => {
    const { items: found } = await table.query({
      key: "#case = :case AND begins_with(entry, :prefix)",
      names: { "#case": "case" },
      values: { ":case": execution, ":prefix": "chain#" },
      backwards: true,
      limit: 1,
    });
    return found.map(toEntry);
  };

  /** The record beside the chain: the first one written for a source is the one that counts. */
  const keep = async (execution: string, { source, personal }: Happening) => {
    const record = { salt: randomBytes(16).toString("hex"), ...personal };
    const key = personalKey(execution, source);
    if (await table.putNew({ ...key, record }, "entry")) return { record, isNew: true };
    return { record: PersonalRecord.parse((await table.get(key))?.record), isNew: false };
  };

  return {
    /** A case's entries in order, as they lie in the table. */
    entries,

    /** The records beside a case's chain, by their digest. */
    async personal(execution: string): Promise<Map<string, { source: string; record: PersonalRecord }>> {
      const found = (await items(execution, "personal#")).map((item) => {
        const record = PersonalRecord.parse(item.record);
        return [digestOf(record), { source: String(item.entry).slice("personal#".length), record }] as const;
      });
      return new Map(found);
    },

    /** The chain's end as it is kept beside it. */
    async head(execution: string): Promise<{ seq: number; hash: string }> {
      const item = await table.get({ case: execution, entry: HEAD });
      return { seq: Number(item?.seq ?? 0), hash: String(item?.hash ?? GENESIS) };
    },

    /** Appends what happened, once, however often and by how many at once it is called. */
    async append(execution: string, happening: Happening): Promise<ChainEntry> {
      const { source: _source, personal: _personal, ...open } = happening;
      const { record, isNew } = await keep(execution, happening);
      const personal = digestOf(record);
      for (let searched = !isNew; ; searched = true) {
        const chain = searched ? await entries(execution) : await last(execution);
        const there = chain.find((entry) => entry.personal === personal);
        if (there) {
          await moveHead(table, there);
          return there;
        }
        const before = chain.at(-1);
        const link = { case: execution, seq: (before?.seq ?? 0) + 1, personal, prev: before?.hash ?? GENESIS };
        const bare = JSON.parse(JSON.stringify({ ...open, ...link })) as Omit<ChainEntry, "hash">;
        const entry: ChainEntry = { ...bare, hash: hashOf(bare) };
        const { case: _case, ...rest } = entry;
        if (!(await table.putNew({ ...chainKey(execution, entry.seq), ...rest }, "entry"))) continue;
        await moveHead(table, entry);
        return entry;
      }
    },

    /** Removes a record from beside the chain; the chain's own entry stays and still verifies. */
    erase: (execution: string, source: string) => table.remove(personalKey(execution, source)),
  };
}

/** The chain's end, kept beside it and written to the log, a store of its own: an end that was cut off is missed there. */
async function moveHead(table: Table, { case: execution, seq, hash }: ChainEntry) {
  await table.update(
    { case: execution, entry: HEAD },
    {
      update: "SET seq = :seq, #hash = :hash",
      condition: "attribute_not_exists(seq) OR seq < :seq",
      names: { "#hash": "hash" },
      values: { ":seq": seq, ":hash": hash },
    },
  );
  logger.info("Chain", { execution, seq, hash });
}

const toEntry = ({ entry: _entry, ...item }: Item): ChainEntry => ChainEntry.parse(item);
