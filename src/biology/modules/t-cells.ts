import { defineModule } from "../../engine/index.js";
import { tCellsParameters } from "../parameters/t-cells.js";

/** Host T cells relative to baseline; production makes good what background glucocorticoid takes. Source: model-details section 4 (equation 12). */
export const tCells = defineModule("t-cells", {
  about: "host T cells",
  inputs: { ldT: "1/day", gc: "1", gc0: "1", gc_T: "1/day" },
  parameters: tCellsParameters,
  states: {
    T: {
      unit: "1",
      about: "host T cells, relative to baseline",
      initial: "1",
      tolerance: 1e-6,
      rate: "rT*T*(1 - T) + sT*(1 - T) - ldT*T - gc_T*(gc*T - gc0)",
    },
  },
});
