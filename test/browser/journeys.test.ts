import { afterAll, beforeAll } from "vitest";
import { acting } from "./journeys/acting.ts";
import { clock } from "./journeys/clock.ts";
import { deciding } from "./journeys/deciding.ts";
import { operating } from "./journeys/operating.ts";
import { rules } from "./journeys/rules.ts";
import { saga } from "./journeys/saga.ts";
import { type Site, startSite } from "./site.ts";

let site: Site;
beforeAll(async () => {
  site = await startSite();
}, 180_000);
afterAll(() => site?.close());

// In this order, on one cloud: those that move its clock come last.
for (const journeys of [deciding, operating, acting, saga, rules, clock]) journeys(() => site);
