import { defineModule } from "../../engine/index.js";

/**
 * The fate of one lineage of autoreactive cells since the last draw (Kendall 1948): m is its expected size, and given survival its size is geometric with mean W,
 * so it is extinct with probability 1 − m/W. One pair per site; both are set to 1 at every draw. docs/notes/few-cells.md
 */
const expected = (about: string, death: string, m: string) => ({
  unit: "1",
  about,
  initial: "1",
  tolerance: 1e-12,
  rate: `(grow - ${death})*${m}`,
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
  states: {
    mL: expected("expected size of a lineage, lymphoid tissue", "deathL", "mL"),
    WL: given("its mean size given survival", "deathL", "WL"),
    mS: expected("expected size of a lineage, sanctuary", "deathS", "mS"),
    WS: given("its mean size given survival", "deathS", "WS"),
  },
});
