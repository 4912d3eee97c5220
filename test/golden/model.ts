/** The model of the model document: one CAR-T product with all that was ever written for it, every drug, lupus, and leukaemia as the contrast. */
import { immuneSystem } from "../../src/biology/index.js";
import { diseases, leukaemia } from "../../src/disease/index.js";
import type { Module } from "../../src/engine/index.js";
import { carTModules, type Target, therapies } from "../../src/therapy/index.js";

export const goldenModules = (target: Target = "CD19"): readonly Module[] => [
  ...new Set<Module>([
    ...immuneSystem,
    ...therapies.flatMap((therapy) => ("course" in therapy && therapy.course === "cells" ? [] : therapy.modules)),
    ...carTModules({ target, suffix: "", rejection: true, safetySwitch: true }),
    ...diseases.sle.modules,
    leukaemia,
  ]),
];
