import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // What needs programs that only a developer's machine has is a file of its own, and runs with LONG=1.
    exclude: [...configDefaults.exclude, ...(process.env["LONG"] ? [] : ["test/**/*.long.test.ts"])],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // The second counts, and with REQUIRE_ALL=1 fails a run in which something was skipped.
    reporters: ["default", "./test/summary-reporter.ts"],
  },
});
