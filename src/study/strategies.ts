import type { Arm } from "./study.js";

/** Strategies by name, for one patient: the arms that studies use most. Days relative to infusion. */
const withdraw: Arm["background"] = {
  glucocorticoid: { "taper-to": 0, from: -28, over: 28 },
  mycophenolate: { stop: -28 },
};
const keep: Arm["background"] = { glucocorticoid: "continue", mycophenolate: "continue" };

export const strategies = {
  "car-t": {
    label: "CD19 CAR-T 1e6/kg after Flu/Cy",
    give: [
      { give: "leukapheresis", at: [-28] },
      { give: "flu-cy", at: [-5] },
      { give: "cd19-car-t", at: [0], dose: 1e6 },
    ],
    background: withdraw,
    rules: ["tocilizumab-at-crs-2", "dexamethasone-at-icans-2", "rescue-at-relapse", "ivig-at-igg-4"],
  },
  rituximab: {
    label: "rituximab 2 × 1 g added to mycophenolate",
    give: [{ give: "rituximab", at: [0, 14], dose: 1000 }],
    background: { glucocorticoid: { "taper-to": 5, from: 0, over: 84 }, mycophenolate: "continue" },
    rules: ["rescue-at-relapse", "ivig-at-igg-4"],
  },
  continued: { label: "continued conventional suppression", give: [], background: keep, rules: ["ivig-at-igg-4"] },
  "flu-cy": {
    label: "Flu/Cy without cells",
    give: [{ give: "flu-cy", at: [-5] }],
    background: withdraw,
    rules: ["rescue-at-relapse", "ivig-at-igg-4"],
  },
  withdrawal: { label: "drugs withdrawn, nothing else", give: [], background: withdraw, rules: ["rescue-at-relapse"] },
} as const satisfies Record<string, Arm>;

export type StrategyName = keyof typeof strategies;
