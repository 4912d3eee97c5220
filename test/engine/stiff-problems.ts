import { defineModule, type Module } from "../../src/engine/index.js";

/** The classical stiff problems of the Bari test set, as modules (time in "day" stands for the problem's own unit). */
const pure = (initial: number, rate: string, tolerance = 1e-10) => ({
  unit: "1",
  about: "y",
  initial: String(initial),
  rate: `(${rate}) * one`,
  tolerance,
});

const problem = (name: string, states: Record<string, ReturnType<typeof pure>>): Module =>
  defineModule(name, {
    about: name,
    parameters: {
      one: {
        value: 1,
        unit: "1/day",
        bounds: [1, 1],
        about: "unit of time",
        level: "assumed",
        reason: "the problem has no unit",
      },
    },
    states,
  });

export const stiffProblems: Readonly<Record<string, Module>> = {
  ROBER: problem("rober", {
    y1: pure(1, "-0.04*y1 + 1e4*y2*y3", 1e-14),
    y2: pure(0, "0.04*y1 - 1e4*y2*y3 - 3e7*y2^2", 1e-20),
    y3: pure(0, "3e7*y2^2", 1e-14),
  }),
  HIRES: problem("hires", {
    y1: pure(1, "-1.71*y1 + 0.43*y2 + 8.32*y3 + 0.0007"),
    y2: pure(0, "1.71*y1 - 8.75*y2"),
    y3: pure(0, "-10.03*y3 + 0.43*y4 + 0.035*y5"),
    y4: pure(0, "8.32*y2 + 1.71*y3 - 1.12*y4"),
    y5: pure(0, "-1.745*y5 + 0.43*y6 + 0.43*y7"),
    y6: pure(0, "-280*y6*y8 + 0.69*y4 + 1.71*y5 - 0.43*y6 + 0.69*y7"),
    y7: pure(0, "280*y6*y8 - 1.81*y7"),
    y8: pure(0.0057, "-280*y6*y8 + 1.81*y7"),
  }),
  OREGO: problem("orego", {
    y1: pure(1, "77.27*(y2 + y1*(1 - 8.375e-6*y1 - y2))"),
    y2: pure(2, "(y3 - (1 + y1)*y2)/77.27"),
    y3: pure(3, "0.161*(y1 - y3)"),
  }),
  "VDPOL mu=1000 (t=2000)": problem("vdpol-1000", { y1: pure(2, "y2"), y2: pure(0, "1000*(1 - y1^2)*y2 - y1") }),
  "VDPOL eps=1e-6 (t=2)": problem("vdpol-eps", { y1: pure(2, "y2"), y2: pure(0, "((1 - y1^2)*y2 - y1)/1e-6") }),
};
