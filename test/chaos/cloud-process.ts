import { serveLambda } from "../support/lambda-server.ts";
import { randomOf } from "./random.ts";

// The local cloud in a process of its own, which the chaos test kills: FOLDER PORT SEED, and "ready" once it listens.
const [folder = "", port = "0", seed = "0"] = process.argv.slice(2);
const random = randomOf(Number(seed));

await serveLambda(folder, {
  port: Number(port),
  faults: {
    answer: ({ path }) => {
      if (!path.endsWith("/checkpoint")) return undefined;
      const dice = random();
      if (dice < 0.01) return "drop";
      if (dice < 0.02) return "repeat";
      return dice < 0.05 ? { delayMs: Math.floor(random() * 50) } : undefined;
    },
    killWorker: () => random() < 0.01,
  },
});
console.log("ready");
