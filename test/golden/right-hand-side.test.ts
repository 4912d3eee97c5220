import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { instantiateWasm, interpret, planKernels, Runner } from "../../src/engine/index.js";
import type { Target } from "../../src/therapy/index.js";
import { asWritten, noBackground } from "./as-written.js";

const read = (name: string) => JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
const kernelsOf = (target: Target) => planKernels(asWritten(undefined, target), []);

const TARGETS: Record<string, Target> = { CD19: "CD19", BCMA: "BCMA", dual: "CD19 and BCMA" };

describe("the model as the document writes it", () => {
  test("derived constants at nominal parameters", () => {
    const kernels = kernelsOf("CD19");
    const derived = new Runner(interpret(kernels), { rtol: 1e-6 }).derive(noBackground);
    // fsel is sampled now and the pool of pre-B cells follows (defect 13.17).
    derived.set("fsel", kernels.nominal[kernels.parameters.indexOf("fsel")]!);
    for (const [name, value] of Object.entries(read("derived-constants.json").values as Record<string, number>)) {
      if (!derived.has(name)) throw new Error(`no derived constant ${name}`);
      expect(Math.abs(derived.get(name)! / value - 1), name).toBeLessThan(1e-6);
    }
  });

  for (const target of Object.keys(TARGETS))
    test(`69 derivatives with target ${target}, both backends`, () => {
      const kernels = kernelsOf(TARGETS[target]!);
      const { rows } = read("rhs-test-point.json") as { rows: Record<string, number>[] };
      expect(rows).toHaveLength(69);
      for (const backend of [instantiateWasm(kernels), interpret(kernels)]) {
        const runner = new Runner(backend, { rtol: 1e-6 });
        runner.derive(noBackground);
        const { layout, states } = kernels;
        for (const row of rows) {
          const index = states.indexOf(row["state"] as unknown as string);
          if (index < 0) throw new Error(`no state ${row["state"]}`);
          backend.memory[layout.work + index] = row["value"]!;
        }
        backend.rates(layout.work, layout.work + states.length, 0);
        for (const row of rows) {
          const found =
            backend.memory[layout.work + states.length + states.indexOf(row["state"] as unknown as string)]!;
          const wanted = row[target]!;
          // Seven printed digits: half a unit of the last, relative to the value.
          expect(Math.abs(found - wanted), `${row["state"]}: ${found} ≠ ${wanted}`).toBeLessThanOrEqual(
            Math.abs(wanted) * 6e-7 + 1e-12,
          );
        }
      }
    });
});
