import { cpus, totalmem } from "node:os";

/** What the numbers were measured on, in a line. */
export function describeMachine(): string {
  const cores = cpus();
  const memory = Math.round(totalmem() / 1e9);
  return `${cores.length} cores of ${cores[0]?.model.trim() ?? "an unknown kind"}, ${memory} GB, ${process.platform} ${process.arch}, Node ${process.versions.node}`;
}
