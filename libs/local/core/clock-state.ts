import { type Clock, type ClockState, createClock } from "./clock.ts";
import { realNow } from "./moved-date.ts";
import type { Store } from "./store.ts";

/**
 * The clock of a data folder, as it was when the process before ended: its offset, or the instant at which it stood. From one
 * mode to the other its time never goes back.
 */
export async function loadClock(store: Store, mode: Clock["mode"]): Promise<Clock> {
  store.migrate("clock", ["CREATE TABLE clock (id INTEGER PRIMARY KEY CHECK (id = 1), state TEXT)"]);
  const kept = store.sql("SELECT state FROM clock").get()?.state;
  const before: ClockState = kept === undefined ? { offset: 0 } : (JSON.parse(String(kept)) as ClockState);
  const save = (state: ClockState) =>
    store.write(() => void store.sql("INSERT OR REPLACE INTO clock VALUES (1, ?)").run(JSON.stringify(state)));
  const state = mode === "real" ? goOn(before) : { offset: 0, standsAt: before.standsAt ?? realNow() + before.offset };
  await save(state);
  return createClock({ ...state, save });
}

function goOn({ offset, standsAt }: ClockState): ClockState {
  return { offset: standsAt === undefined ? offset : Math.max(0, standsAt - realNow()) };
}
