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
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
