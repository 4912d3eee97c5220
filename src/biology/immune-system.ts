import type { Module } from "../engine/index.js";
import { anatomy } from "./modules/anatomy.js";
import { antibodies } from "./modules/antibodies.js";
import { autoreactiveClones } from "./modules/autoreactive-clones.js";
import { bCells } from "./modules/b-cells.js";
import { bloodCounts } from "./modules/blood-counts.js";
import { fewCells } from "./modules/few-cells.js";
import { homeostaticCytokines } from "./modules/homeostatic-cytokines.js";
import { infection } from "./modules/infection.js";
import { inflammatoryCytokines } from "./modules/inflammatory-cytokines.js";
import { observables } from "./modules/observables.js";
import { plasmaCells } from "./modules/plasma-cells.js";
import { tCells } from "./modules/t-cells.js";

/** The immune system without drugs and without disease scores. */
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
  observables,
];
