import type { Observation } from "../../disease/index.js";
import type { Covariates } from "../../population/index.js";
import { CRITERIA, meets, parseCriterion, type Stratum } from "../../study/index.js";

/** Whether a patient may enter: null, or the first criterion that is not met. */
export function eligibility({ include }: Stratum): (covariates: Covariates, baseline: Observation) => string | null {
  const criteria = include.map((text) => ({ text, parsed: parseCriterion(text) }));
  return (covariates, { items }) => {
    for (const { text, parsed } of criteria) {
      const { of } = CRITERIA[parsed.name];
      const value = "item" in of ? items[of.item] : covariates[of.covariate];
      if (value === undefined || !meets(value, parsed)) return `not eligible: ${text}`;
    }
    return null;
  };
}
