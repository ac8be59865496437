import { buildAll } from "../scripts/build/all.ts";

/** The tests run what ships: every function is bundled once before them. */
export async function setup() {
  await buildAll();
}
