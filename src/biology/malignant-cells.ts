import { defineModule } from "../engine/index.js";

/** Where a blood cancer and effector cells meet without knowing each other: how many malignant cells there are, and how fast they are killed. Zero without a cancer. */
export const malignantCells = defineModule("malignant-cells", {
  about: "malignant B cells as targets",
  ports: {
    malignant_b: { unit: "cell", join: "sum", about: "malignant cells with CD19, blood" },
    malignant_m: { unit: "cell", join: "sum", about: "malignant cells with CD19, marrow" },
    malignantNeg: { unit: "cell", join: "sum", about: "malignant cells without CD19, marrow" },
    effMalignant_b: { unit: "1/day", join: "sum", about: "their kill by effector cells, blood" },
    effMalignant_m: { unit: "1/day", join: "sum", about: "the same, marrow" },
    effMalignantNeg: { unit: "1/day", join: "sum", about: "the same, cells without CD19" },
  },
});
