import { createTable } from "#platform";
import { toItem } from "../../libs/callbacks/item.ts";
import { startConsole } from "../support/console.ts";
import { sampleReview } from "../support/reviews.ts";
import { createVisitor } from "../support/visitor.ts";

/** `node test/load/inbox.ts`: how long a page of the inbox takes with ten thousand open reviews, through the gateway and the handler. */
const OPEN = 10_000;
const PAGES = 200;
const BATCH = 200;

const site = await startConsole();
try {
  const table = createTable("longhaul-reviews");
  const start = Date.now();
  for (let from = 0; from < OPEN; from += BATCH) {
    const numbers = Array.from({ length: BATCH }, (_, index) => from + index);
    await Promise.all(
      numbers.map((number) => {
        const deadlineAt = new Date(start + 3_600_000 + number * 1_000).toISOString();
        return table.put(toItem(sampleReview(`training-load-${number}`, { deadlineAt }), `callback-${number}`));
      }),
    );
  }
  const hana = createVisitor(site);
  await hana.signIn("hana.holm");
  const times: number[] = [];
  for (let page = 0; page < PAGES; page += 1) {
    const began = performance.now();
    await (await hana.request("/inbox")).text();
    times.push(performance.now() - began);
  }
  times.sort((one, other) => one - other);
  const at = (share: number) => Math.round(times[Math.floor(times.length * share)] ?? 0);
  console.log(
    `${OPEN} open reviews, ${PAGES} pages of the inbox: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, slowest ${at(0.999)} ms.`,
  );
} finally {
  await site.close();
}
