/**
 * Total Improvement Score of the 2016 ACR/EULAR myositis response criteria, adults: six core-set measures, each change as a
 * percentage of the measure's range, banded and added to 0 … 100. Bands and cut-offs as read in PMC5577002, table 3, which
 * prints the adult cut-offs beside the juvenile ones; 20/40/60 also in the abstract of 10.1002/art.40064.
 */
import { type Constant, defineConstants } from "../../quantity/index.js";

export type CoreSetItem = "physician" | "patient" | "mmt8" | "haq" | "ck" | "extramuscular";
export type CoreSet = Readonly<Record<CoreSetItem, number>>;

const IMACS = "IMACS core set: 10 cm visual analogue scale (NIEHS disease-activity page, stored copies)";
const TABLE = "PMC5577002 table 3 (read in a stored page); Aggarwal 2017, 10.1136/annrheumdis-2017-211400";

/** The scale over which a change is a percentage. */
export const coreSetRanges: Readonly<Record<CoreSetItem, Constant>> = defineConstants({
  physician: {
    value: 10,
    unit: "point",
    level: "measured",
    source: IMACS,
    about: "range of physician global activity",
  },
  patient: {
    value: 10,
    unit: "point",
    level: "measured",
    source: IMACS,
    about: "range of patient global activity",
  },
  mmt8: {
    value: 150,
    unit: "point",
    level: "measured",
    source: "parameters.csv MMT0 (0-150: 15 muscles, 0-10 each)",
    about: "range of MMT-8",
  },
  haq: {
    value: 3,
    unit: "point",
    level: "measured",
    source: "HAQ disability index, 0-3 by construction (textbook)",
    about: "range of HAQ",
  },
  ck: {
    value: 3000,
    unit: "U/L",
    level: "assumed",
    reason:
      "15 times an upper limit of 200 U/L; the factor is from memory, unverified: the stored tables stop before the footnote",
    about: "range of creatine kinase",
  },
  extramuscular: {
    value: 10,
    unit: "point",
    level: "measured",
    source: IMACS,
    about: "range of extramuscular activity",
  },
});

/** `above`: the improvement must be more than so many per cent of the range. Points of the highest band passed count. */
export interface Band {
  readonly above: number;
  readonly points: number;
}

const bands = (limits: readonly number[], points: readonly number[]): readonly Band[] =>
  limits.map((above, i) => ({ above, points: points[i] }));

const USUAL = [5, 15, 25, 40];

export const improvementBands: {
  readonly source: string;
  readonly bands: Readonly<Record<CoreSetItem, readonly Band[]>>;
} = {
  source: TABLE,
  bands: {
    physician: bands(USUAL, [7.5, 15, 17.5, 20]),
    patient: bands(USUAL, [2.5, 5, 7.5, 10]),
    mmt8: bands([2, 10, 20, 30], [10, 20, 27.5, 32.5]),
    haq: bands(USUAL, [5, 7.5, 7.5, 10]),
    ck: bands(USUAL, [2.5, 5, 7.5, 7.5]),
    extramuscular: bands(USUAL, [7.5, 12.5, 15, 20]),
  },
};

export const tisCutOffs = defineConstants({
  minimal: { value: 20, unit: "point", level: "measured", source: TABLE, about: "minimal improvement, adults" },
  moderate: { value: 40, unit: "point", level: "measured", source: TABLE, about: "moderate improvement, adults" },
  major: { value: 60, unit: "point", level: "measured", source: TABLE, about: "major improvement, adults" },
});

const ITEMS = Object.keys(coreSetRanges) as CoreSetItem[];
/** Recorded values have one decimal; a change of exactly 5 % must not become 5.0000001 %. */
const TOLERANCE = 1e-9;

/** 0 … 100; worsening of a measure counts 0, not negative. */
export function totalImprovementScore(baseline: CoreSet, now: CoreSet): number {
  let score = 0;
  for (const item of ITEMS) {
    const gain = item === "mmt8" ? now.mmt8 - baseline.mmt8 : baseline[item] - now[item];
    const percent = (100 * gain) / coreSetRanges[item].value;
    let points = 0;
    for (const band of improvementBands.bands[item]) if (percent > band.above + TOLERANCE) points = band.points;
    score += points;
  }
  return score;
}

export type TisResponse = "none" | "minimal" | "moderate" | "major";

export function tisResponse(score: number): TisResponse {
  if (score >= tisCutOffs.major.value) return "major";
  if (score >= tisCutOffs.moderate.value) return "moderate";
  return score >= tisCutOffs.minimal.value ? "minimal" : "none";
}
