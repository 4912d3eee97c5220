/** Parameters that go together between patients. */
import { describe, expect, test } from "vitest";
import { type Correlation, correlationMatrix } from "../../src/engine/index.js";
import { patientSource, samplePatient } from "../../src/population/index.js";
import { cholesky, log } from "../../src/statistics/index.js";
import { checkStudyValue, type StudyInput, strategies } from "../../src/study/index.js";
import { givenTherapies } from "../../src/therapy/index.js";

const sample = (correlations: readonly Correlation[], n: number) => {
  const source = patientSource("sle", givenTherapies, {}, correlations);
  return Array.from({ length: n }, (_, index) =>
    samplePatient({ ...source, refuses: [] }, { seed: 3, index, eligible: () => null }),
  );
};
const correlation = (a: readonly number[], b: readonly number[]): number => {
  const mean = (list: readonly number[]) => list.reduce((x, y) => x + y, 0) / list.length;
  const [ma, mb] = [mean(a), mean(b)];
  const sum = (of: (i: number) => number) => a.reduce((total, _, i) => total + of(i), 0);
  return (
    sum((i) => (a[i]! - ma) * (b[i]! - mb)) / Math.sqrt(sum((i) => (a[i]! - ma) ** 2) * sum((i) => (b[i]! - mb) ** 2))
  );
};

describe("draws", () => {
  const N = 400;
  const together: Correlation[] = [
    { between: ["rho", "kcat"], is: 0.8 },
    { between: ["kcat", "kact"], is: -0.5 },
  ];
  const [free, tied] = [sample([], N), sample(together, N)];
  const logs = (all: typeof free, name: string) => all.map(({ parameters }) => log(parameters.get(name)!));
  test("have the correlations of their logarithms, and no others", () => {
    // Standard error of a correlation r of n pairs: (1 − r²)/√n; four of them, and a little for draws cut to their bounds.
    const slack = (r: number) => (4 * (1 - r * r)) / Math.sqrt(N) + 0.02;
    const pairs: [string, string, number][] = [
      ["rho", "kcat", 0.8],
      ["kcat", "kact", -0.5],
      ["rho", "kact", 0],
      ["rho", "BW", 0],
    ];
    for (const [a, b, wanted] of pairs) {
      expect(Math.abs(correlation(logs(tied, a), logs(tied, b)) - wanted)).toBeLessThan(slack(wanted));
      expect(Math.abs(correlation(logs(free, a), logs(free, b)))).toBeLessThan(slack(0));
    }
  });
  test("keep their spread, and every other number of a patient whose draw was not refused", () => {
    for (const name of ["rho", "kcat", "kact"]) {
      const sd = (list: number[]) =>
        Math.sqrt(list.reduce((s, x) => s + (x - list.reduce((a, b) => a + b) / N) ** 2, 0) / N);
      expect(sd(logs(tied, name)) / sd(logs(free, name))).toBeGreaterThan(0.85);
      expect(sd(logs(tied, name)) / sd(logs(free, name))).toBeLessThan(1.15);
    }
    free.forEach((patient, i) => {
      if (patient.refused.length > 0 || tied[i]!.refused.length > 0) return;
      // kact is the first by alphabet.
      for (const [name, value] of patient.parameters)
        if (name !== "rho" && name !== "kcat") expect(tied[i]!.parameters.get(name)).toBe(value);
    });
  });
});

test("Cholesky's triangle gives the matrix back, and says where there is none", () => {
  const matrix = [
    [1, 0.8, 0.1],
    [0.8, 1, -0.3],
    [0.1, -0.3, 1],
  ];
  const lower = cholesky(matrix)!;
  matrix.forEach((row, i) => {
    row.forEach((value, j) => {
      expect(lower[i]!.reduce((sum, x, k) => sum + x * lower[j]![k]!, 0)).toBeCloseTo(value, 14);
    });
  });
  expect(
    correlationMatrix([
      { between: ["a", "b"], is: 0.9 },
      { between: ["b", "c"], is: 0.9 },
    ]),
  ).toBeNull();
});

describe("a study says what is wrong", () => {
  const plain: StudyInput = {
    id: "c",
    title: "c",
    question: "c?",
    population: [{ disease: "sle", n: 2 }],
    arms: { cells: strategies["car-t"] },
    visits: { every: 28, until: 84 },
    tolerance: 1e-5,
    run: { replicates: 1, seed: 4 },
  };
  const problems = (correlations: unknown, more: object = {}) => {
    const read = checkStudyValue({ ...plain, ...more, correlations });
    return "problems" in read ? read.problems.map(({ what, hint }) => `${what} | ${hint}`) : [];
  };
  test("names, values, doubles, contradictions", () => {
    expect(problems([{ between: ["rho", "kcat"], is: 0.5 }])).toEqual([]);
    expect(problems([{ between: ["rhoo", "kcat"], is: 0.5 }])[0]).toContain('did you mean "rho"?');
    expect(problems([{ between: ["rho", "kcat"], is: 1 }])[0]).toContain("outside");
    expect(problems([{ between: ["rho"], is: 0.5 }])[0]).toContain("expected two names");
    expect(problems([{ between: ["rho", "rho"], is: 0.5 }])[0]).toContain("with itself");
    const twice = [
      { between: ["rho", "kcat"], is: 0.5 },
      { between: ["kcat", "rho"], is: 0.5 },
    ];
    expect(problems(twice)[0]).toContain("stand in two entries");
    const apart = [
      { between: ["rho", "kcat"], is: 0.9 },
      { between: ["kcat", "kact"], is: 0.9 },
    ];
    expect(problems(apart)[0]).toContain("no numbers can have these correlations at once");
    expect(problems([{ between: ["rho", "kcat"], is: 0.5 }], { parameters: { rho: { fixed: true } } })[0]).toContain(
      '"rho" is the same in all patients',
    );
  });
});
