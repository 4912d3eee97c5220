import { defineConstants } from "../../quantity/index.js";

/** Numbers of the conduct of a trial that no patient carries. The report lists them. */
export const conductConstants = defineConstants({
  wardDays: {
    value: 21,
    unit: "day",
    about: "daily rounds after an infusion of cells",
    level: "assumed",
    reason: "longer than any onset of CRS or ICANS in the records",
  },
  fever: {
    value: 38,
    unit: "degC",
    about: "body temperature that counts as fever",
    level: "assumed",
    reason: "ASTCT 2019 grading of CRS; remembered, not read",
  },
  il6Blocked: {
    value: 0.5,
    unit: "1",
    about: "with less than this left of the IL-6 signal, fever is not needed to grade CRS",
    level: "assumed",
    reason: "half of the receptor; antibody at its usual dose blocks nearly all for weeks",
  },
  licatsFrequency: {
    value: 30 / 39,
    unit: "1",
    about: "share of patients with LICATS after an infusion",
    level: "measured",
    source: "hagen_2025_licats",
  },
  licatsOnset: {
    value: 10,
    unit: "day",
    about: "onset of LICATS, median",
    level: "measured",
    source: "hagen_2025_licats",
  },
  licatsSpread: {
    value: 36,
    unit: "%",
    about: "coefficient of variation of that onset",
    level: "assumed",
    reason: "the record gives no spread",
  },
});
