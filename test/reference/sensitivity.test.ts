/** Sobol indices and elementary effects against functions whose indices are known. */
import {
  elementaryEffects,
  morrisPaths,
  normalQuantile,
  type Point,
  sobolDesign,
  sobolIndices,
  stream,
} from "../../src/statistics/index.js";
import { type ReferenceCase, referenceSuite } from "./harness.js";

interface Known {
  readonly f: string;
  readonly S: readonly number[];
  readonly ST: readonly number[];
  readonly mean?: number;
  readonly variance?: number;
  readonly a?: readonly string[];
}
interface File {
  readonly ishigami: Known;
  readonly sobolG: readonly Known[];
  readonly linear: Known;
  readonly product: Known;
  readonly morrisNote: string;
}

const ROWS = 16_384;

function functionOf(name: string, { a = [] }: Known): (u: Point) => number {
  switch (name) {
    case "ishigami":
      return (u) => {
        const [x, y, z] = u.map((each) => Math.PI * (2 * each - 1)) as [number, number, number];
        return Math.sin(x) + 7 * Math.sin(y) ** 2 + 0.1 * z ** 4 * Math.sin(x);
      };
    case "linear":
      return ([x, y, z, w]) => x! + 2 * y! - 3 * z! + 0.5 * w!;
    case "product":
      return ([x, y]) => (2 + normalQuantile(x!)) * (1 + 0.5 * normalQuantile(y!));
    default:
      return (u) =>
        u.reduce((product, x, i) => (product * (Math.abs(4 * x - 2) + Number(a[i]))) / (1 + Number(a[i])), 1);
  }
}

const sobolCase = (name: string, known: Known): ReferenceCase => ({
  name,
  run: () => {
    const of = functionOf(name, known);
    const { a, b, mixed } = sobolDesign(ROWS, known.S.length, stream(1, 1, name));
    const { indices, mean, variance } = sobolIndices(
      a.map(of),
      b.map(of),
      mixed.map((column) => column.map(of)),
    );
    // Six standard errors: a chance of 2e-9 for each number of a right estimator.
    indices.forEach(({ first, total, firstError, totalError }, j) => {
      if (Math.abs(first - known.S[j]!) > 6 * firstError + 1e-12)
        throw new Error(`S${j + 1} is ${first} ± ${firstError}, expected ${known.S[j]}`);
      if (Math.abs(total - known.ST[j]!) > 6 * totalError + 1e-12)
        throw new Error(`ST${j + 1} is ${total} ± ${totalError}, expected ${known.ST[j]}`);
      if (firstError > 0.03 || totalError > 0.03)
        throw new Error(`error of index ${j + 1} is ${firstError}, ${totalError}`);
    });
    if (known.variance && Math.abs(variance / known.variance - 1) > 0.05) throw new Error(`variance is ${variance}`);
    if (known.mean && Math.abs(mean / known.mean - 1) > 0.03) throw new Error(`mean is ${mean}`);
  },
});

referenceSuite<File>("sensitivity/sobol", "sensitivity/sensitivity_reference.json", (file) => [
  sobolCase("ishigami", file.ishigami),
  sobolCase("linear", file.linear),
  sobolCase("product", file.product),
  ...file.sobolG.map((known, i) => sobolCase(`sobol-g ${i + 1}`, known)),
]);

referenceSuite<File>("sensitivity/morris", "sensitivity/sensitivity_reference.json", ({ linear, sobolG }) => [
  {
    name: "linear: μ* = |c|·range, σ = 0",
    run: () => {
      const of = functionOf("linear", linear);
      const paths = morrisPaths(5, 4, stream(2, 1, "morris"));
      const effects = elementaryEffects(
        paths,
        paths.map(({ points }) => points.map(of)),
      );
      [1, 2, 3, 0.5].forEach((wanted, j) => {
        const { size, spread } = effects[j]!;
        if (Math.abs(size - wanted) > 1e-12 || spread > 1e-12) throw new Error(`input ${j + 1}: ${size}, ${spread}`);
      });
    },
  },
  {
    name: "sobol-g: the order of the total indices",
    run: () => {
      const known = sobolG[0]!;
      const of = functionOf("sobol-g", known);
      const paths = morrisPaths(300, known.S.length, stream(3, 1, "morris"));
      const effects = elementaryEffects(
        paths,
        paths.map(({ points }) => points.map(of)),
      );
      for (let j = 1; j < 4; j++)
        if (!(effects[j - 1]!.size > effects[j]!.size)) throw new Error(`input ${j} is not above ${j + 1}`);
    },
  },
]);
