import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "libs/**/*.test.ts",
      "terraform/**/*.test.ts",
      "workflows/**/*.test.ts",
      "scripts/**/*.test.ts",
      "test/**/*.test.ts",
    ],
    globalSetup: ["test/build.ts"],
    // The tests cause what is logged as warnings and errors; a test that looks at a log says so itself.
    env: { POWERTOOLS_LOG_LEVEL: "SILENT", POWERTOOLS_METRICS_DISABLED: "true" },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Tests wait for processes more than they compute: one more than the cores of a small machine.
    maxWorkers: 3,
  },
});
