import { configDefaults, defineConfig } from "vitest/config";

const long = Boolean(process.env["LONG"]);

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // What needs programs that only a developer's machine has is a file of its own, and runs with LONG=1.
    exclude: [...configDefaults.exclude, ...(long ? [] : ["test/**/*.long.test.ts"])],
    // Last guards against what hangs, not measures: ten times what the longest takes on two busy cores.
    testTimeout: long ? 3_600_000 : 600_000,
    hookTimeout: 600_000,
    // Its own limit is one second.
    expect: { poll: { timeout: 300_000 } },
    maxWorkers: 2,
    // The second counts, and with REQUIRE_ALL=1 fails a run in which something was skipped.
    reporters: ["default", "./test/summary-reporter.ts"],
  },
});
