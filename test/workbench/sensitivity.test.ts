/** Elasticities against a law, and against the simulation with a changed parameter, which goes another way. */
import { describe, expect, it } from "vitest";
import { globalSensitivity } from "../../src/workbench/global-sensitivity.js";
import { sensitivity } from "../../src/workbench/sensitivity.js";
import { simulatePatient } from "../../src/workbench/simulate-patient.js";

const of = (found: ReturnType<typeof sensitivity>, name: string) =>
  found.rows.find(({ parameter }) => parameter === name)!.elasticity;

describe("sensitivity", () => {
  it("of what stays at its baseline is 1 for the baseline and 0 for the rest", () => {
    const found = sensitivity({ disease: "sle", strategy: "continued", output: "IgG", at: 365 });
    expect(of(found, "IgG0")).toBeCloseTo(1, 4);
    for (const { parameter, elasticity } of found.rows)
      if (parameter !== "IgG0") expect(Math.abs(elasticity), parameter).toBeLessThan(1e-3);
    expect(found.rows[0]!.parameter).toBe("IgG0");
    expect(found.unit).toBe("g/L");
  });

  it("is what a changed parameter does in a simulation", () => {
    const at = 14;
    const found = sensitivity({ disease: "sle", strategy: "car-t", output: "CARblood", at });
    const value = (name: string, times: number) => {
      const simulation = simulatePatient({
        disease: "sle",
        strategy: ["car-t"],
        seed: 1,
        until: 28,
        nominal: true,
        set: [`${name}={times: ${times}}`],
      });
      return simulation.curve(simulation.runs[0]!, "CARblood")[simulation.days.indexOf(at)]!;
    };
    for (const name of ["rho", "kcat", "dE", "Nl0"]) {
      const difference = Math.log(value(name, 1.01) / value(name, 0.99)) / Math.log(1.01 / 0.99);
      expect(of(found, name), name).toBeCloseTo(difference, 2);
    }
    const sizes = found.rows.map(({ elasticity }) => Math.abs(elasticity));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });

  it("follows changed parameters, and refuses names and days that there are not, all at once", () => {
    const request = { disease: "iim", strategy: "rituximab", output: "AAb", at: 90 } as const;
    expect(sensitivity({ ...request, set: ["rtx_hs={times: 0.5}"] }).value).not.toBe(sensitivity(request).value);
    expect(() => sensitivity({ ...request, output: "AAbb", at: -400 })).toThrow(
      expect.objectContaining({
        problems: [expect.objectContaining({ path: "--output" }), expect.objectContaining({ path: "--at" })],
      }),
    );
  });
});

describe("over the spread of virtual patients", () => {
  const request = { disease: "sle", strategy: "continued", output: "IgG", at: 180 } as const;
  it.each(["morris", "sobol"] as const)("%s: of what stays at its baseline only the baseline matters", (method) => {
    const found = globalSensitivity({ ...request, method, samples: 8, seed: 3 });
    expect(found.failed).toBe(0);
    expect(found.rows[0]!.parameter).toBe("IgG0");
    const [first, ...rest] = found.rows;
    for (const { size } of rest) expect(size).toBeLessThan(1e-3 * first!.size);
    // One input: its two indices are one number.
    if (method === "sobol") expect(found.runs).toBe(8 * (2 + found.rows.length));
    else expect(first!.second).toBeGreaterThan(0);
  });
  it("is the same for the same seed, differs for another, and refuses a logarithm of what is not positive", () => {
    const ask = { ...request, output: "Bblood", method: "morris", samples: 2 } as const;
    expect(globalSensitivity({ ...ask, seed: 1 })).toEqual(globalSensitivity({ ...ask, seed: 1 }));
    expect(globalSensitivity({ ...ask, seed: 2 })).not.toEqual(globalSensitivity({ ...ask, seed: 1 }));
    expect(() => globalSensitivity({ ...ask, output: "CARblood", strategy: "car-t", at: -20, log: true })).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ path: "--log" })] }),
    );
  });
});
