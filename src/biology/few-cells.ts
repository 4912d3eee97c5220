import { defineModule } from "../engine/index.js";

/**
 * The fate of one lineage of autoreactive cells since the last draw (Kendall 1948): m is its expected size, and given survival its size is geometric with mean W,
 * so it is extinct with probability 1 − m/W. One pair per site; at every draw m and W are set to 1. docs/notes/few-cells.md
 * m is carried by its logarithm: CAR-T cells push it to 1e-30 between two draws, and the law of later arrivals needs its ratios.
 */
const expected = (about: string, death: string) => ({
  unit: "1",
  about,
  initial: "0",
  tolerance: 1e-6,
  signed: true as const,
  rate: `grow - ${death}`,
});
const given = (about: string, death: string, W: string) => ({
  unit: "1",
  about,
  initial: "1",
  tolerance: 1e-9,
  rate: `(grow - ${death})*${W} + ${death}`,
});

export const fewCells = defineModule("few-cells", {
  about: "law of extinction of autoreactive lineages",
  inputs: { grow: "1/day", deathL: "1/day", deathS: "1/day" },
  quantities: {
    mL: { unit: "1", formula: "exp(lnmL)", about: "expected size of a lineage, lymphoid tissue" },
    mS: { unit: "1", formula: "exp(lnmS)", about: "expected size of a lineage, sanctuary" },
  },
  states: {
    lnmL: expected("logarithm of the expected size of a lineage, lymphoid tissue", "deathL"),
    WL: given("its mean size given survival", "deathL", "WL"),
    lnmS: expected("logarithm of the expected size of a lineage, sanctuary", "deathS"),
    WS: given("its mean size given survival", "deathS", "WS"),
  },
});
