import { describe, expect, test } from "vitest";
import { fitBinomialNormal } from "../../src/statistics/index.js";

/**
 * R 4.2.2, lme4: glmer(cbind(k, n - k) ~ 1 + (1 | study), family = binomial, nAGQ = 25,
 * control = glmerControl(optimizer = "bobyqa", tolPwrss = 1e-12, optCtrl = list(rhoend = 1e-9))): fixef, sqrt(VarCorr), sqrt(vcov).
 */
const fromR = [
  { k: [11, 3, 5, 18, 0], n: [15, 7, 13, 20, 9], mu: -0.0764068, tau: 1.70037195, se: 0.85215075 },
  { k: [30, 4, 10, 1, 7, 22], n: [39, 15, 12, 6, 20, 25], mu: 0.33563122, tau: 1.24569764, se: 0.56840972 },
  // Large studies: narrow humps.
  { k: [100, 500, 900], n: [1000, 1000, 1000], mu: 0, tau: 1.79388228, se: 1.03709078 },
  { k: [5, 6, 4], n: [10, 11, 9], mu: -1e-8, tau: 0, se: 0.36514837 },
];

describe("proportions with a spread between studies", () => {
  test.each(fromR)("k = $k of n = $n: what R's glmer finds", ({ k, n, mu, tau, se }) => {
    const fit = fitBinomialNormal(
      k.map((x, i) => ({ k: x, n: n[i]! })),
      0.95,
    );
    expect(fit.mu).toBeCloseTo(mu, 4);
    expect(fit.tau).toBeCloseTo(tau, 4);
    // lme4 takes the error of the mean with the spread held fixed at first order; both agree to the second digit.
    expect(Math.abs(fit.standardError / se - 1)).toBeLessThan(0.02);
  });
  test("homogeneous studies have τ = 0, the pooled proportion, and no evidence against it", () => {
    const fit = fitBinomialNormal(
      [
        { k: 5, n: 10 },
        { k: 50, n: 100 },
        { k: 10, n: 20 },
      ],
      0.95,
    );
    expect([fit.tau, fit.pHomogeneous]).toEqual([0, 1]);
    expect(fit.proportion).toBeCloseTo(0.5, 12);
    expect(fit.standardError).toBeCloseTo(1 / Math.sqrt(130 / 4), 4);
  });
  test("very large studies that differ a little: the spread is that of their logits", () => {
    const fit = fitBinomialNormal(
      [2000, 4000, 6000].map((k) => ({ k, n: 10_000 })),
      0.95,
    );
    const logits = [0.2, 0.4, 0.6].map((p) => Math.log(p / (1 - p)));
    const mean = logits.reduce((a, b) => a + b) / 3;
    expect(fit.mu).toBeCloseTo(mean, 2);
    expect(fit.tau).toBeCloseTo(Math.sqrt(logits.reduce((s, x) => s + (x - mean) ** 2, 0) / 3), 2);
    expect(fit.standardError).toBeCloseTo(fit.tau / Math.sqrt(3), 2);
    expect(
      Number.isFinite(
        fitBinomialNormal(
          [
            { k: 214, n: 579 },
            { k: 0, n: 12 },
          ],
          0.95,
        ).interval.lower,
      ),
    ).toBe(true);
  });
  test("the likelihood ratio: studies that cannot be one are told apart", () => {
    expect(
      fitBinomialNormal(
        [
          { k: 1, n: 30 },
          { k: 29, n: 30 },
        ],
        0.95,
      ).pHomogeneous,
    ).toBeLessThan(1e-10);
  });
  test("all or nothing: the likelihood rises with τ without end, to 1/2 for each study, and the edge of the search says so", () => {
    const fit = fitBinomialNormal(
      [
        { k: 0, n: 3 },
        { k: 3, n: 3 },
      ],
      0.95,
    );
    expect(fit.atEdge).toEqual(["tau"]);
    expect(fit.logLikelihood).toBeLessThan(2 * Math.log(1 / 2));
    expect(fit.tau).toBeCloseTo(5, 6);
  });
  test("a middle study further out than the search goes is flagged, and no other is", () => {
    const out = [{ k: 500_000, n: 1_000_000 }, ...Array.from({ length: 6 }, () => ({ k: 0, n: 1000 }))];
    expect(fitBinomialNormal(out, 0.95).atEdge).toEqual(["mu", "tau"]);
    const [{ k, n }] = fromR;
    expect(
      fitBinomialNormal(
        k.map((x, i) => ({ k: x, n: n[i]! })),
        0.95,
      ).atEdge,
    ).toEqual([]);
    expect(
      fitBinomialNormal(
        [
          { k: 5, n: 10 },
          { k: 50, n: 100 },
        ],
        0.95,
      ).atEdge,
    ).toEqual([]);
  });
  test.each([
    [{ k: 3, n: 2 }, "studies[1] is an object: k is 3 and n is 2"],
    [{ k: -1, n: 2 }, "k is -1"],
    [{ k: 0.5, n: 2 }, "k is 0.5"],
    [{ k: 0, n: 0 }, "n is 0"],
    [{ k: Number.NaN, n: 2 }, "k is NaN"],
    [{ k: 1, n: Number.POSITIVE_INFINITY }, "n is Infinity"],
    [{ k: "1" as never, n: 2 }, 'k is "1"'],
    [undefined as never, "studies[1] is undefined"],
  ])("a study of %j is refused", (study, words) => {
    expect(() => fitBinomialNormal([{ k: 1, n: 3 }, study], 0.95)).toThrow(words);
    expect(() => fitBinomialNormal([{ k: 1, n: 3 }, study], 0.95)).toThrow(RangeError);
  });
  test("no events, only events, one study, a wrong level", () => {
    for (const studies of [
      [
        { k: 0, n: 5 },
        { k: 0, n: 3 },
      ],
      [
        { k: 5, n: 5 },
        { k: 3, n: 3 },
      ],
      [{ k: 1, n: 3 }],
    ])
      expect(() => fitBinomialNormal(studies, 0.95)).toThrow(RangeError);
    expect(() =>
      fitBinomialNormal(
        [
          { k: 1, n: 3 },
          { k: 1, n: 4 },
        ],
        95,
      ),
    ).toThrow("level");
  });
});
