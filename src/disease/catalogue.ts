/** Every disease, a line each; all else that names them is derived from here. */
import { lupus } from "./lupus/lupus.js";
import { myositis } from "./myositis/myositis.js";
import { systemicSclerosis } from "./systemic-sclerosis/systemic-sclerosis.js";

export const diseaseCatalogue = [lupus, myositis, systemicSclerosis] as const;
