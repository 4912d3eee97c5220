import { defineModule } from "../../engine/index.js";
import { anatomyParameters } from "../parameters/anatomy.js";

/** Blood volume, body weight and the size of the T-cell pool. */
export const anatomy = defineModule("anatomy", {
  about: "blood volume, weight, T-cell pool",
  parameters: anatomyParameters,
});
