import { createHash } from "node:crypto";
import { z } from "zod";
import type { Table } from "#platform";

/** The registry's newest request of one source (an object's key): which execution works on it, and whom it follows. */
const Request = z.object({
  source: z.string(),
  execution: z.string(),
  sha256: z.string(),
  size: z.number(),
  sequencer: z.string(),
  follows: z.string().nullish(),
});
export type Request = z.infer<typeof Request>;

export interface NewContent {
  source: string;
  sha256: string;
  size: number;
  sequencer: string;
}

export interface Requests {
  find(source: string): Promise<Request | undefined>;
  /**
   * The request for this content: the one that stands, where the content is the same or the event older; else a new
   * one that follows it. Exactly one of several concurrent callers makes a new one.
   */
  register(workflow: string, content: NewContent): Promise<Request>;
}

/** The requests' table: its key. Terraform and the local cloud both make it from this. */
export const requestTable = { key: { partition: "source" } } as const;

export function createRequests(table: Table): Requests {
  const find = async (source: string) => {
    const item = await table.get({ source });
    return item && Request.parse(item);
  };
  const replace = async (current: Request | undefined, next: Request) => {
    if (!current) return table.putNew(next, "source");
    const updated = await table.update(
      { source: next.source },
      {
        update:
          "SET #execution = :execution, sha256 = :sha256, #size = :size, sequencer = :sequencer, follows = :follows",
        condition: "#execution = :current AND sequencer = :read",
        names: { "#execution": "execution", "#size": "size" },
        values: {
          ":execution": next.execution,
          ":sha256": next.sha256,
          ":size": next.size,
          ":sequencer": next.sequencer,
          ":follows": next.follows ?? null,
          ":current": current.execution,
          ":read": current.sequencer,
        },
      },
    );
    return updated !== undefined;
  };

  return {
    find,
    async register(workflow, content) {
      for (;;) {
        const current = await find(content.source);
        if (current && isOlder(content.sequencer, current.sequencer)) return current;
        const same = current?.sha256 === content.sha256;
        if (same && current.sequencer === content.sequencer) return current;
        const next = same
          ? { ...current, sequencer: content.sequencer }
          : {
              ...content,
              execution: nameOf(workflow, content, current),
              follows: current?.execution,
            };
        if (await replace(current, next)) return next;
      }
    },
  };
}

/**
 * An execution's name: the workflow and the business key (source and content, and whom it follows, so that going back to an
 * earlier text is a new request), hashed, for a file's name may be a person's.
 */
function nameOf(workflow: string, { source, sha256 }: NewContent, current: Request | undefined): string {
  const key = JSON.stringify([source, sha256, current?.execution ?? null]);
  return `${workflow}-${createHash("sha256").update(key).digest("hex").slice(0, 32)}`;
}

/** S3's sequencers compare as hex numbers of any length: pad the shorter with zeros on the right (S3's documentation). */
function isOlder(one: string, other: string): boolean {
  const length = Math.max(one.length, other.length);
  return one.toLowerCase().padEnd(length, "0") < other.toLowerCase().padEnd(length, "0");
}
