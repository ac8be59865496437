import { availableParallelism } from "node:os";
import { expect, test } from "vitest";
import { createRoom } from "./room.ts";

const AT_ONCE = Math.max(4, 2 * availableParallelism());
/** Lets promises that are settled call what waits for them; no timer runs meanwhile. */
const settle = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

test("what an invocation waits for takes no turn, and its place counts for those in line", async () => {
  const room = createRoom();
  for (let count = 0; count < AT_ONCE; count += 1) await room.enter();
  let isInside = false;
  void room.enter().then(() => {
    isInside = true;
  });
  room.enterAtOnce();
  room.leave();
  await settle();
  expect(isInside).toBe(false);
  room.leave();
  await settle();
  expect(isInside).toBe(true);
  room.close();
});
