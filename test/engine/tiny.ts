import {
  assemble,
  type Backend,
  defineModule,
  instantiateWasm,
  interpret,
  type Kernels,
  type Module,
  type ModuleDeclaration,
  type ParameterDeclaration,
  planKernels,
  Runner,
  type SolveOptions,
  type StateDeclaration,
} from "../../src/engine/index.js";

/** Small models for tests: pure numbers, time in days, a parameter `one` = 1/day that gives every rate its unit. */

export const parameter = (value: number, unit = "1"): ParameterDeclaration => ({
  value,
  unit,
  bounds: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  about: "number of a test",
  level: "assumed",
  reason: "a test",
});

export const state = (initial: number | string, rate: string, tolerance = 1e-12): StateDeclaration => ({
  unit: "1",
  about: "state of a test",
  initial: String(initial),
  rate: `(${rate})*one`,
  tolerance,
});

/** A module of pure numbers. `time` is in days, so write `time*one` for it. */
export function tiny(
  states: Readonly<Record<string, StateDeclaration>>,
  parameters: Readonly<Record<string, number>> = {},
  more: Partial<ModuleDeclaration> = {},
): Module {
  return defineModule("tiny", {
    about: "tiny",
    ...more,
    parameters: {
      one: parameter(1, "1/day"),
      ...Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, parameter(value)])),
    },
    states,
  });
}

export const kernelsOf = (module: Module, outputs?: readonly string[]): Kernels =>
  planKernels(assemble([module]), outputs ?? Object.keys(module.declaration.states ?? {}));

export const runnerOf = (
  module: Module,
  options: SolveOptions,
  outputs?: readonly string[],
  backend: "wasm" | "interpreter" = "wasm",
): Runner => new Runner(backendOf(kernelsOf(module, outputs), backend), options);

export const backendOf = (kernels: Kernels, name: "wasm" | "interpreter"): Backend =>
  name === "wasm" ? instantiateWasm(kernels) : interpret(kernels);

/** Bits of numbers as text, with one spelling for all NaN. */
export function bitsOf(values: ArrayLike<number>): string[] {
  const view = new DataView(new ArrayBuffer(8));
  return Array.from(values, (value) => {
    if (Number.isNaN(value)) return "NaN";
    view.setFloat64(0, value);
    return view.getBigUint64(0).toString(16);
  });
}

/** Position of a number among all doubles, so that neighbours differ by one. */
export function ordinal(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigInt64(0);
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
}

/** Distance of two numbers in units of the last place. */
export const ulps = (a: number, b: number): number => {
  const d = ordinal(a) - ordinal(b);
  return Number(d < 0n ? -d : d);
};

/** The Jacobian that stands in a backend's memory as an n × n matrix: hubs, which are unknowns of the linear system, are put back into the rates. */
export function fullJacobian({ kernels, memory }: Backend): Float64Array[] {
  const n = kernels.states.length;
  const rows = Array.from({ length: n + kernels.hubs.length }, () => new Float64Array(n + kernels.hubs.length));
  kernels.jacobian.forEach((_, i) => {
    rows[kernels.jacobianRows[i]!]![kernels.jacobianColumns[i]!] = memory[kernels.jacobianAt[i]!]!;
  });
  // A hub depends on states and on hubs before it.
  const replace = (row: Float64Array, below: number) => {
    for (let h = below - 1; h >= 0; h--) {
      const weight = row[n + h]!;
      if (weight === 0) continue;
      row[n + h] = 0;
      for (let j = 0; j < n + h; j++) row[j] = row[j]! + weight * rows[n + h]![j]!;
    }
  };
  for (let i = 0; i < n; i++) replace(rows[i]!, kernels.hubs.length);
  return rows.slice(0, n).map((row) => row.slice(0, n));
}
