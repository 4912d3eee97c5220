import type { Module } from "../engine/index.js";
import { anatomy } from "./anatomy.js";
import { antibodies } from "./antibodies.js";
import { autoreactiveClones } from "./autoreactive-clones.js";
import { bCells } from "./b-cells.js";
import { bloodCounts } from "./blood-counts.js";
import { fewCells } from "./few-cells.js";
import { homeostaticCytokines } from "./homeostatic-cytokines.js";
import { infection } from "./infection.js";
import { inflammatoryCytokines } from "./inflammatory-cytokines.js";
import { malignantCells } from "./malignant-cells.js";
import { observables } from "./observables.js";
import { organInflammation } from "./organ-inflammation.js";
import { plasmaCells } from "./plasma-cells.js";
import { tCells } from "./t-cells.js";

/** The immune system, without drugs and without the tissue of a disease: what acts on it comes through ports. */
export const immuneSystem: readonly Module[] = [
  anatomy,
  tCells,
  homeostaticCytokines,
  bCells,
  autoreactiveClones,
  fewCells,
  plasmaCells,
  antibodies,
  inflammatoryCytokines,
  bloodCounts,
  infection,
  organInflammation,
  malignantCells,
  observables,
];
