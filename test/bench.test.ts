import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { interpret, planKernels, Runner } from "immune-reset/engine";
import { wholeModel } from "immune-reset/population";
import { stream } from "immune-reset/statistics";
import { afterAll, describe, expect, test } from "vitest";
import { errorsOf, secondsAt } from "../bench/errors.js";
import { printC } from "../bench/print-c.js";

const folder = mkdtempSync(join(tmpdir(), "immune-reset-bench-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the measure of the bench", () => {
  const work = { requests: [0, 1], outputDays: [0, 1], kernels: { outputs: ["a", "b"] } } as never;
  test("errors are relative to the value, or to a thousandth of the quantity's largest in that case; what is 0 throughout is left out", () => {
    const truth = Float64Array.of(1000, 0, 0.001, 0, 2, 4, 2, 4);
    const found = Float64Array.of(1001, 5, 0.002, 5, 2, 4, 2, 4);
    const errors = errorsOf(found, truth, work);
    // 1/1000, and 0.001 beside a thousandth of 1000.
    expect(errors.largest).toBeCloseTo(1e-3, 12);
    expect(errors.worst).toBeCloseTo(Math.sqrt((1e-6 + 1e-6) / 2), 12);
    expect(errors.rms).toBeCloseTo(Math.sqrt(2e-6 / 6), 12);
    expect(errorsOf(Float64Array.of(Number.NaN, 0, 0, 0, 2, 4, 2, 4), truth, work).largest).toBe(
      Number.POSITIVE_INFINITY,
    );
  });
  test("time at an error is read between two measured points, and not beyond them", () => {
    const points = [
      { error: 1e-2, seconds: 1 },
      { error: 1e-6, seconds: 100 },
    ];
    expect(secondsAt(points, 1e-4)).toBeCloseTo(10, 9);
    expect(secondsAt(points, 1e-6)).toBeCloseTo(100, 9);
    expect([secondsAt(points, 1e-7), secondsAt(points, 1)]).toEqual([null, null]);
  });
});

const compiler = ["cc", "gcc", "clang"].find((name) => spawnSync(name, ["--version"]).status === 0);
if (!compiler) {
  if (process.env["REQUIRE_ALL"] === "1") throw new Error("no C compiler, and REQUIRE_ALL=1 forbids to skip");
  console.log("skipped: no C compiler");
}
test.skipIf(!compiler)(
  "the model as C, which other solvers get, has the rates, the Jacobian and the outputs of the interpreter",
  () => {
    const kernels = planKernels(wholeModel(), ["IgG", "CARblood", "INF"], { hubs: false, switches: false });
    const { layout, states } = kernels;
    const n = states.length;
    const backend = interpret(kernels);
    new Runner(backend, { rtol: 1e-6 }).derive({});
    const random = stream(3, 0, "C");
    const state = Array.from(
      { length: n },
      (_, i) => Math.max(Math.abs(backend.memory[layout.initial + i]!), 1e-3) * Math.exp(random.normal()),
    );
    backend.memory.set(state, layout.work);
    backend.rates(layout.work, layout.work + n, 0);
    backend.jacobian(layout.work, 0);
    backend.observe(layout.work, layout.observed, 0);
    const wanted = [
      ...backend.memory.subarray(layout.work + n, layout.work + 2 * n),
      ...kernels.jacobianAt.map((at) => backend.memory[at]!),
      ...backend.memory.subarray(layout.observed, layout.observed + 3),
    ];
    writeFileSync(join(folder, "model.h"), printC(kernels));
    const list = (values: Iterable<number>) => [...values].map((x) => x.toExponential(17)).join(",");
    const parameters = backend.memory.subarray(layout.parameters, layout.parameters + kernels.parameters.length);
    writeFileSync(
      join(folder, "main.c"),
      `#include <stdio.h>
#include "model.h"
int main(void) {
  double p[] = {${list(parameters)}}, y[] = {${list(state)}}, q[MODEL_PREPARED], out[MODEL_STATES + MODEL_JACOBIAN + MODEL_OUTPUTS];
  model_prepare(p, q);
  model_rates(0, y, p, q, out);
  model_jacobian(0, y, p, q, out + MODEL_STATES);
  model_observe(0, y, p, q, out + MODEL_STATES + MODEL_JACOBIAN);
  for (unsigned i = 0; i < sizeof out / sizeof *out; i++) printf("%.17g\\n", out[i]);
}`,
    );
    execFileSync(compiler!, ["-O1", "-o", join(folder, "main"), join(folder, "main.c"), "-lm"]);
    const found = execFileSync(join(folder, "main"), { encoding: "utf8" }).trim().split("\n").map(Number);
    expect(found).toHaveLength(wanted.length);
    // The library's pow and exp differ from ours in the last bits, and terms of a rate may cancel.
    const scale = (i: number) =>
      (i < n ? Math.max(...wanted.slice(0, n).map(Math.abs)) * 1e-6 : 0) + Math.abs(wanted[i]!);
    found.forEach((value, i) => {
      expect(Math.abs(value - wanted[i]!), `number ${i}`).toBeLessThanOrEqual(1e-11 * scale(i) + 1e-300);
    });
  },
);
