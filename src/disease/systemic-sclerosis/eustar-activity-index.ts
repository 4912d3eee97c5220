/** Revised EUSTAR activity index of systemic sclerosis (Valentini 2017): six yes-or-no items, 0 … 10. */
import { defineConstants } from "../../quantity/index.js";

const SOURCE = "Valentini 2017, 10.1136/annrheumdis-2016-209768, abstract (PMID 27621285, read in a stored page)";

export const eustarWeights = defineConstants({
  deltaSkin: {
    value: 1.5,
    unit: "point",
    level: "measured",
    source: SOURCE,
    about: "patient-assessed worsening of the skin in the previous month",
  },
  digitalUlcers: { value: 1.5, unit: "point", level: "measured", source: SOURCE, about: "digital ulcers" },
  skinScore: { value: 1.5, unit: "point", level: "measured", source: SOURCE, about: "mRSS above 18" },
  frictionRubs: { value: 2.25, unit: "point", level: "measured", source: SOURCE, about: "tendon friction rubs" },
  crp: { value: 2.25, unit: "point", level: "measured", source: SOURCE, about: "CRP above 1 mg/dL" },
  dlco: { value: 1, unit: "point", level: "measured", source: SOURCE, about: "DLCO below 70 % of predicted" },
});

export const eustarLimits = defineConstants({
  skinScore: { value: 18, unit: "point", level: "measured", source: SOURCE, about: "mRSS counts above it" },
  crp: { value: 10, unit: "mg/L", level: "measured", source: `${SOURCE}: 1 mg/dL`, about: "CRP counts above it" },
  dlco: { value: 70, unit: "%", level: "measured", source: SOURCE, about: "DLCO, % of predicted, counts below it" },
  active: {
    value: 2.5,
    unit: "point",
    level: "measured",
    source: SOURCE,
    about: "active or very active from this value",
  },
});

export interface EustarItems {
  /** 1: the patient says that the skin got worse in the previous month. */
  readonly deltaSkin: number;
  readonly digitalUlcers: number;
  readonly frictionRubs: number;
  /** Points 0 … 51. */
  readonly mrss: number;
  /** mg/L. */
  readonly crp: number;
  /** % of predicted. */
  readonly dlco: number;
}

export function eustarActivityIndex(items: EustarItems): number {
  let score = 0;
  if (items.deltaSkin > 0) score += eustarWeights.deltaSkin.value;
  if (items.digitalUlcers > 0) score += eustarWeights.digitalUlcers.value;
  if (items.mrss > eustarLimits.skinScore.value) score += eustarWeights.skinScore.value;
  if (items.frictionRubs > 0) score += eustarWeights.frictionRubs.value;
  if (items.crp > eustarLimits.crp.value) score += eustarWeights.crp.value;
  if (items.dlco < eustarLimits.dlco.value) score += eustarWeights.dlco.value;
  return score;
}
