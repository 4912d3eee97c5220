import { describe, expect, test } from "vitest";
import { assemble, instantiateWasm, planKernels, Runner } from "../../src/engine/index.js";
import { wholeModel } from "../../src/population/index.js";
import { stream } from "../../src/statistics/index.js";
import { anyPatient } from "../patients.js";
import { backendOf, fullJacobian, state, tiny } from "./tiny.js";

/**
 * Derivatives by central differences of order 4 at step h = 1e-3·x. Their error is the truncation h⁴f⁽⁵⁾/30, about 1e-12 relative where the function is smooth on
 * the scale of x, plus rounding ε·|terms|/h ≈ 1e-13·|terms|/x. Steep Hill terms (exponent up to 12) raise the truncation by 12⁵/30 ≈ 1e4: hence 1e-7 relative.
 */
const RELATIVE = 1e-7;
const STEP = 1e-3;

const system = wholeModel();
const kernels = planKernels(system, []);
const { layout, states } = kernels;
const n = states.length;
const backend = instantiateWasm(kernels);
const { memory } = backend;
const at = layout.work;

function rates(x: Float64Array): Float64Array {
  memory.set(x, at);
  backend.rates(at, at + n, 0);
  return memory.slice(at + n, at + 2 * n);
}
function symbolic(x: Float64Array): Float64Array[] {
  memory.set(x, at);
  backend.jacobian(at, 0);
  return fullJacobian(backend);
}
/** Column of the Jacobian by differences. */
function differences(x: Float64Array, column: number, h: number): Float64Array {
  const shifted = (by: number) => {
    const y = x.slice();
    y[column] = x[column]! + by * h;
    return rates(y);
  };
  const [p1, m1, p2, m2] = [shifted(1), shifted(-1), shifted(2), shifted(-2)];
  return Float64Array.from({ length: n }, (_, i) => (8 * (p1[i]! - m1[i]!) - (p2[i]! - m2[i]!)) / (12 * h));
}

describe("the symbolic Jacobian of the whole model at 20 random states", () => {
  let entries = 0;
  let kinks = 0;
  let worst = 0;
  let worstResidual = 0;
  test.each(Array.from({ length: 20 }, (_, index) => index))("patient %i", (index) => {
    const runner = new Runner(backend, { rtol: 1e-6 });
    const patient = anyPatient(91, index);
    runner.derive(patient.parameters);
    const random = stream(92, index, "states");
    const x = Float64Array.from(
      { length: n },
      (_, i) => Math.max(memory[layout.initial + i]!, 1e-3) * Math.exp(1.2 * random.normal()),
    );
    const J = symbolic(x);
    const f = rates(x);
    const wrong: string[] = [];
    for (let column = 0; column < n; column++) {
      const h = STEP * x[column]!;
      const found = differences(x, column, h);
      const finer = differences(x, column, h / 8);
      for (let row = 0; row < n; row++) {
        const mine = J[row]![column]!;
        // Size of the terms of this rate: what cancels in it can not be seen by differences.
        let terms = Math.abs(f[row]!);
        for (let k = 0; k < n; k++) terms += Math.abs(J[row]![k]! * x[k]!);
        const rounding = (1e-13 * terms) / h;
        // Where a min, max or switch lies within the step, the two step sizes disagree; the finer one may still stand clear of it.
        const agree = (value: number, tolerance: number) =>
          Math.abs(value - mine) <= tolerance * Math.abs(mine) + 40 * rounding;
        entries++;
        if (agree(found[row]!, RELATIVE)) {
          if (mine !== 0 && rounding < 1e-9 * Math.abs(mine)) worst = Math.max(worst, Math.abs(found[row]! / mine - 1));
          continue;
        }
        if (agree(finer[row]!, RELATIVE)) {
          kinks++;
          continue;
        }
        wrong.push(`d ${states[row]}/d ${states[column]}: ${mine}, by differences ${found[row]}, ${finer[row]}`);
      }
    }
    expect(wrong.slice(0, 10)).toEqual([]);
  });

  test("most entries agree at the first step size", () => {
    console.log(
      `${entries} entries, ${kinks} with a kink within the step; worst relative difference where rounding is small ${worst.toExponential(1)}`,
    );
    expect(kinks).toBeLessThan(entries / 1000);
  });

  test.each([1e-3, 1, 1e3])("LU solves (I/(γh) − J)·x = b for h = %f days with a small residual", (h) => {
    const runner = new Runner(backend, { rtol: 1e-6 });
    for (let index = 0; index < 20; index++) {
      runner.derive({});
      const random = stream(93, index, `solve ${h}`);
      const x = Float64Array.from(
        { length: n },
        (_, i) => Math.max(memory[layout.initial + i]!, 1e-3) * Math.exp(1.2 * random.normal()),
      );
      const J = symbolic(x);
      const scale = 1 / (0.21193756319429014 * h);
      backend.factor(scale);
      // Rates have the sizes of the states, so the right-hand side has too.
      const b = Float64Array.from(x, (v) => v * random.normal());
      memory.set(b, at);
      backend.solve(at);
      const solution = memory.slice(at, at + n);
      for (let row = 0; row < n; row++) {
        let sum = 0;
        let size = Math.abs(b[row]!);
        for (let k = 0; k < n; k++) {
          const w = (row === k ? scale : 0) - J[row]![k]!;
          sum += w * solution[k]!;
          size += Math.abs(w * solution[k]!);
        }
        const residual = Math.abs(sum - b[row]!) / size;
        worstResidual = Math.max(worstResidual, residual);
        // Backward error of elimination without pivoting: a few ε times the growth of the pivots.
        expect(residual, `${states[row]}`).toBeLessThan(1e-10);
      }
    }
    console.log(`h = ${h}: largest residual so far ${worstResidual.toExponential(1)}`);
  });
});

describe("derivatives at the edges", () => {
  const jacobianOf = (rate: string, x: number, y: number, k = 2) => {
    const tinyKernels = planKernels(assemble([tiny({ x: state(0, rate), y: state(0, "0*x*y") }, { k })]), ["x", "y"], {
      switches: false,
    });
    const b = backendOf(tinyKernels, "interpreter");
    new Runner(b, { rtol: 1e-6 }).derive({});
    const place = tinyKernels.layout.work;
    b.memory.set([x, y], place);
    b.jacobian(place, 0);
    return [...fullJacobian(b)[0]!];
  };
  test("powers at 0", () => {
    expect(jacobianOf("x^k", 0, 0)).toEqual([0, 0]);
    expect(jacobianOf("x^3", 0, 0)).toEqual([0, 0]);
    expect(jacobianOf("x^2.5", 0, 0)).toEqual([0, 0]);
    expect(jacobianOf("hill(x, 2, k)", 0, 0)).toEqual([0, 0]);
    expect(jacobianOf("hill(x, 2)", 1e-300, 0)[0]).toBeCloseTo(0.5, 12);
  });
  test("a power with a moving exponent at base 0 has a finite derivative", () => {
    expect(jacobianOf("x^(y + 2)", 0, 1)).toEqual([0, 0]);
    const [dx, dy] = jacobianOf("x^(y + 2)", 3, 0.5);
    expect(dx).toBeCloseTo(2.5 * 3 ** 1.5, 9);
    expect(dy).toBeCloseTo(3 ** 2.5 * Math.log(3), 9);
  });
  test("the branch that is taken", () => {
    expect(jacobianOf("min(x, 2*y)", 1, 3)).toEqual([1, 0]);
    expect(jacobianOf("min(x, 2*y)", 7, 3)).toEqual([0, 2]);
    expect(jacobianOf("max(x, 2*y)", 1, 3)).toEqual([0, 2]);
    expect(jacobianOf("abs(x)", -3, 0)).toEqual([-1, 0]);
    expect(jacobianOf("if(x < 1, x^2, y)", 0.5, 3)).toEqual([1, 0]);
    expect(jacobianOf("if(x < 1, x^2, y)", 5, 3)).toEqual([0, 1]);
    expect(jacobianOf("positive(x)*y", -1, 3)).toEqual([0, 0]);
    expect(jacobianOf("sqrt(x)*log(y)", 4, Math.E)[0]).toBeCloseTo(0.25, 12);
  });
});
