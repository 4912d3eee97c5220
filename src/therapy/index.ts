/** therapy: what is given: products, drugs, doses, rules, strategies. */
import type { Module } from "../engine/index.js";
import { anifrolumab } from "./modules/anifrolumab.js";
import { belimumab } from "./modules/belimumab.js";
import { carT } from "./modules/car-t.js";
import { daratumumab } from "./modules/daratumumab.js";
import { fcrnBlocker } from "./modules/fcrn-blocker.js";
import { glucocorticoid } from "./modules/glucocorticoid.js";
import { killing } from "./modules/killing.js";
import { lymphodepletion } from "./modules/lymphodepletion.js";
import { mycophenolate } from "./modules/mycophenolate.js";
import { rejection, safetySwitch } from "./modules/rejection.js";
import { rituximab } from "./modules/rituximab.js";
import { tocilizumab } from "./modules/tocilizumab.js";

/** Everything that may be given, as modules. */
export const therapies: readonly Module[] = [
  carT,
  killing,
  rejection,
  safetySwitch,
  lymphodepletion,
  rituximab,
  tocilizumab,
  glucocorticoid,
  mycophenolate,
  belimumab,
  anifrolumab,
  fcrnBlocker,
  daratumumab,
];

export { infuse, type Target } from "./car-t-product.js";
export * from "./doses.js";
export { manufacturingParameters } from "./manufacturing.js";
