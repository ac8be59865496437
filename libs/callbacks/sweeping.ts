import { type Item, logger } from "#platform";

/** So many at once: each makes a few calls one after the other, and a client has fifty connections. */
const AT_ONCE = 20;
/** The function has 30 seconds. What was begun then is ended, and nothing else begun: an item cut off in the middle is dear. */
const BEGIN_MS = 15_000;

interface Sweeping {
  now?: () => number;
}

/**
 * Does the work for each item of the pages, a few at once, until there are no more or the time is over. One that fails is logged,
 * tried again by the next run, and holds up none of the others. Answers how many succeeded.
 */
export async function sweepAll(
  pages: AsyncIterable<readonly Item[]>,
  work: (item: Item) => Promise<unknown>,
  { now = Date.now }: Sweeping = {},
): Promise<number> {
  const until = now() + BEGIN_MS;
  let finished = 0;
  for await (const page of pages) {
    const rest = page.values();
    const worker = async () => {
      for (const item of rest) {
        if (now() >= until) return;
        if (await succeeds(item, work)) finished += 1;
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, page.length) }, worker));
    if (now() >= until) break;
  }
  return finished;
}

async function succeeds(item: Item, work: (item: Item) => Promise<unknown>): Promise<boolean> {
  try {
    await work(item);
    return true;
  } catch (reason) {
    const { case: execution, entry } = item;
    const error = reason instanceof Error ? reason.name : "unknown";
    logger.warn("What was left behind could not be finished; it is tried again", { execution, entry, error });
    return false;
  }
}

/** Of each page those items alone that `is` takes. */
export async function* only(pages: AsyncIterable<readonly Item[]>, is: (item: Item) => boolean) {
  for await (const page of pages) yield page.filter(is);
}
