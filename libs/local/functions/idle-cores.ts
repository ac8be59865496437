import { cpus } from "node:os";

/** Answers a function that tells which share of this machine's cores was idle since it was last asked, 0 to 1. */
export function watchIdleCores(): () => number {
  const sum = () => {
    const all = cpus().map(({ times }) => times);
    const idle = all.reduce((total, times) => total + times.idle, 0);
    return { idle, total: all.reduce((total, { user, nice, sys, irq }) => total + user + nice + sys + irq, idle) };
  };
  let before = sum();
  return () => {
    const now = sum();
    const passed = now.total - before.total;
    const share = passed > 0 ? (now.idle - before.idle) / passed : 0;
    before = now;
    return share;
  };
}
