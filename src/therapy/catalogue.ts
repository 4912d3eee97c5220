/** Every therapy and every rule, a line each; all else that names them is derived from here. */
import { anifrolumab } from "./anifrolumab.js";
import { belimumab } from "./belimumab.js";
import { bcmaCarT } from "./car-t/constructs/bcma-car-t.js";
import { cd19BcmaCarT } from "./car-t/constructs/cd19-bcma-car-t.js";
import { cd19CarT } from "./car-t/constructs/cd19-car-t.js";
import { daratumumab } from "./daratumumab.js";
import { dexamethasone } from "./dexamethasone.js";
import { fcrnBlocker } from "./fcrn-blocker.js";
import { fluCy } from "./flu-cy.js";
import { glucocorticoid } from "./glucocorticoid.js";
import { immunoglobulin } from "./immunoglobulin.js";
import { leukapheresis } from "./leukapheresis.js";
import { mycophenolate } from "./mycophenolate.js";
import { obinutuzumab } from "./obinutuzumab.js";
import { rituximab } from "./rituximab.js";
import { dexamethasoneAtIcans2 } from "./rules/dexamethasone-at-icans-2.js";
import { ivigAtIgg4 } from "./rules/ivig-at-igg-4.js";
import { rescueAtRelapse } from "./rules/rescue-at-relapse.js";
import { tocilizumabAtCrs2 } from "./rules/tocilizumab-at-crs-2.js";
import { tocilizumab } from "./tocilizumab.js";

export const therapies = [
  leukapheresis,
  fluCy,
  cd19CarT,
  bcmaCarT,
  cd19BcmaCarT,
  rituximab,
  obinutuzumab,
  belimumab,
  anifrolumab,
  fcrnBlocker,
  daratumumab,
  tocilizumab,
  dexamethasone,
  immunoglobulin,
  glucocorticoid,
  mycophenolate,
] as const;

export const rules = [tocilizumabAtCrs2, dexamethasoneAtIcans2, ivigAtIgg4, rescueAtRelapse] as const;
