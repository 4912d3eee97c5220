/**
 * Ends a run with `N passed, N failed, N skipped`, counted from what vitest reports. A test file that could not be collected, a hook
 * that failed and an error outside of any test are failures too. With REQUIRE_ALL=1 a skipped test makes the run fail.
 * Where TEST_SUMMARY names a file, the line is written there: `.ci/run` ends with it.
 */
import { writeFileSync } from "node:fs";
import type { Reporter, SerializedError, TestCase, TestModule, TestRunEndReason } from "vitest/node";

export default class SummaryReporter implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    unhandledErrors: readonly SerializedError[],
    reason: TestRunEndReason,
  ): void {
    const cases = modules.flatMap((module) => [...module.children.allTests()]);
    const ended = (state: "passed" | "failed") => cases.filter((test) => test.result().state === state).length;
    // Skipped, to do, or never begun because something around the test failed.
    const skipped = cases.filter((test) => !["passed", "failed"].includes(test.result().state));
    const passed = ended("passed");
    const aside = modules.flatMap(({ children }) => [...children.allSuites()]).filter(hasFailedItself).length;
    const files = modules.filter(hasFailedItself).length;
    let failed = ended("failed") + aside + files + unhandledErrors.length;
    if (failed === 0 && reason !== "passed") failed = 1;

    const required = process.env["REQUIRE_ALL"] === "1";
    if (required && skipped.length > 0) {
      console.log("REQUIRE_ALL=1 forbids to skip:");
      for (const test of skipped) console.log(`  ${nameOf(test)}`);
    }
    if (failed > 0 || (required && skipped.length > 0)) process.exitCode = 1;
    const line = `${passed} passed, ${failed} failed, ${skipped.length} skipped`;
    console.log(line);
    const path = process.env["TEST_SUMMARY"];
    if (path) writeFileSync(path, `${line}\n`);
  }
}

/** Whether something failed beside the tests inside: collecting a file, a hook. */
const hasFailedItself = (part: { errors(): readonly unknown[] }): boolean => part.errors().length > 0;

const nameOf = (test: TestCase): string => `${test.module.relativeModuleId} > ${test.fullName}`;
