import { AsyncLocalStorage } from "node:async_hooks";
import type { Clock } from "./clock.ts";
import { moveDate, realNow } from "./moved-date.ts";

const within = new AsyncLocalStorage<Clock>();
let isMoved = false;

/**
 * Runs `work`, and all that follows from it, with a Date that shows the clock; for libraries in this process that read the
 * time themselves (the identity provider, whose tokens the console judges by the moved clock). Elsewhere Date stays real.
 */
export function withDate<T>(clock: Clock, work: () => T): T {
  if (!isMoved) moveDate(() => within.getStore()?.now() ?? realNow());
  isMoved = true;
  return within.run(clock, work);
}
