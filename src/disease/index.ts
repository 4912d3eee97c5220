/** disease: what is treated: autoantibody, tissue injury, damage, clinical scores, response definitions. */
import type { Module } from "../engine/index.js";
import { activity } from "./modules/activity.js";
import { leukaemia } from "./modules/leukaemia.js";

import { myositis } from "./modules/myositis.js";
import { systemicSclerosis } from "./modules/systemic-sclerosis.js";

export const diseaseModules: readonly Module[] = [activity, myositis, systemicSclerosis, leukaemia];

export { type DiseaseDefinition, diseases } from "./diseases.js";
export * from "./scores/index.js";
