import { defineTherapy } from "./therapy.js";

/** T cells are collected; what becomes of them is `car-t/manufacturing.ts`. It does nothing to the patient's own counts in the model. */
export const leukapheresis = defineTherapy("leukapheresis", {
  label: "leukapheresis",
  about: "collection of the T cells of which the product is made",
  alsoCalled: ["apheresis"],
  modules: [],
  dose: null,
  give: () => [],
  course: "collection",
});
