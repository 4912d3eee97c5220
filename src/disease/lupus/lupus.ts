/** Systemic lupus erythematosus: SLEDAI-2K, physician global assessment, DORIS, LLDAS. See docs/notes/clinical-scores.md. */
import { defineModule } from "../../engine/index.js";
import { defineConstants } from "../../quantity/index.js";
import { defineDisease, type Observation, type TreatmentItem } from "../disease.js";
import { assayed, clamp, counted, judged, roundTo } from "../measure.js";

type Item = "sledai" | "clinicalSledai" | "majorOrganActivity" | "pga" | "dsdna" | "c3";

const DORIS = "DORIS 2021, abstract 10.1136/lupus-2021-000538 and task-force table lupus.bmj.com markup 140088";
const LLDAS = "Franklyn 2016, table 1, ard.bmj.com markup 226088";

export const sleConstants = defineConstants({
  infThreshold: {
    value: 0.15,
    unit: "1",
    level: "assumed",
    reason: "below it no clinical item is scored, so that a deep but incomplete suppression can reach 0",
    source: "model-details section 6 (INFthr)",
    about: "INF below which no clinical point is scored",
  },
  dsdnaThreshold: {
    value: 20,
    unit: "%",
    level: "assumed",
    reason: "the titre of a refractory patient is taken as five times the laboratory's limit",
    source: "model-details section 6 (thrDNA)",
    about: "anti-dsDNA above it counts 2 points, % of baseline",
  },
  c3Threshold: {
    value: 0.85,
    unit: "g/L",
    level: "measured",
    source: "clinical reference range (textbook), parameters.csv thrC3",
    about: "C3 below it counts 2 points",
  },
  serologyPoints: {
    value: 2,
    unit: "point",
    level: "measured",
    source: "SLEDAI-2K weights, Hospital Healthcare Europe Rheumatology 2019 table 4 (viewer.joomag.com, stored page)",
    about: "points of increased DNA binding, and of low complement",
  },
  clinicalMax: {
    value: 100,
    unit: "point",
    level: "measured",
    source: "SLEDAI-2K ranges 0-105 (ard.bmj.com markup 278401), less 4 of serology, even",
    about: "largest clinical part",
  },
  pointsError: {
    value: 0.16,
    unit: "point",
    level: "assumed",
    reason:
      "0.5 point at 10 points: half a point rarely changes an even score, as inter- and intra-rater ICC near 1.00 for SLEDAI-2K (Touma 2011, PMID 21324961, vignettes) asks; the real clinic is worse than vignettes",
    about: "SD of the clinical part at one point; grows with the root of the points",
  },
  pgaPerPoint: {
    value: 0.2,
    unit: "1",
    level: "assumed",
    reason:
      "10 clinical points = PGA 2; makes LLDAS's pair (4 points, PGA 1) and DORIS's pair (0 points, PGA < 0.5) agree",
    about: "PGA per point of clinical SLEDAI-2K before rounding",
  },
  pgaMax: {
    value: 3,
    unit: "1",
    level: "measured",
    source: `${LLDAS} (scale 0-3)`,
    about: "end of the PGA scale",
  },
  pgaErrorFloor: {
    value: 0.1,
    unit: "1",
    level: "assumed",
    reason: "one step of the recorded scale in a patient without signs",
    about: "SD of the PGA at 0",
  },
  pgaError: {
    value: 0.1,
    unit: "1",
    level: "assumed",
    reason:
      "with the floor 0.3 at PGA 2; single-rater reliability is lower than that of means (ard.bmj.com 81/5/e79, e80)",
    about: "growth of that SD per unit of PGA",
  },
  dsdnaError: {
    value: 0.097,
    unit: "1",
    level: "measured",
    source: "between-batch coefficient of variation of an ELISA, PMID 2686035",
    about: "coefficient of variation of anti-dsDNA",
  },
  c3Error: {
    value: 0.05,
    unit: "1",
    level: "assumed",
    reason: "usual imprecision of nephelometry with a little biological variation",
    about: "coefficient of variation of C3",
  },
  dorisPga: { value: 0.5, unit: "1", level: "measured", source: DORIS, about: "DORIS: PGA below it" },
  dorisPrednisolone: {
    value: 5,
    unit: "mg/day",
    level: "measured",
    source: `${DORIS}; the abstract says 5 mg or less, the table prints less than 5 mg: the abstract is used`,
    about: "DORIS: prednisolone at most",
  },
  lldasSledai: { value: 4, unit: "point", level: "measured", source: LLDAS, about: "LLDAS: SLEDAI-2K at most" },
  lldasPga: { value: 1, unit: "1", level: "measured", source: LLDAS, about: "LLDAS: PGA at most" },
  lldasPrednisolone: {
    value: 7.5,
    unit: "mg/day",
    level: "measured",
    source: LLDAS,
    about: "LLDAS: prednisolone at most",
  },
  responseShare: {
    value: 0.5,
    unit: "1",
    level: "assumed",
    reason: "this project's rule, model-details 7.8",
    about: "response: SLEDAI-2K at most this share of baseline",
  },
  relapseRise: {
    value: 4,
    unit: "point",
    level: "assumed",
    reason:
      "this project's rule, model-details 7.8; a rise of more than 3 is a common flare rule (ard.bmj.com markup 278401)",
    about: "relapse: rise over the best SLEDAI-2K so far",
  },
  relapseLevel: {
    value: 6,
    unit: "point",
    level: "assumed",
    reason: "this project's rule, model-details 7.8 (there: more than 6 on the continuous score)",
    about: "relapse: SLEDAI-2K at least",
  },
  activityScale: {
    value: 24,
    unit: "point",
    level: "assumed",
    reason: "upper end of what enters trials; only for plots",
    about: "SLEDAI-2K shown as activity 1",
  },
});

/** SLEDAI-2K as a continuous number, for curves; endpoints read the observed score. Source: model-details section 6. */
const continuousSledai = defineModule("lupus", {
  about: "SLEDAI-2K as a continuous number",
  inputs: { INF: "1", AAb: "%", C3: "g/L", sORG: "point" },
  parameters: {
    INFthr: {
      value: 0.15,
      unit: "1",
      about: "inflammation below which no clinical points",
      bounds: [0, 0.3],
      level: "assumed",
      reason: "tuned so that the whole model behaves",
    },
    thrDNA: {
      value: 20,
      unit: "%",
      about: "anti-dsDNA positivity threshold",
      bounds: [5, 40],
      level: "assumed",
      reason: "tuned so that the whole model behaves",
    },
    thrC3: {
      value: 0.85,
      unit: "g/L",
      about: "low-C3 threshold",
      bounds: [0.8, 0.95],
      level: "assumed",
      reason: "textbook reference range, not traced to a page",
    },
    serologyPoints: {
      value: 2,
      unit: "point",
      about: "points of increased DNA binding, and of low complement",
      bounds: [0, 4],
      level: "assumed",
      reason: "weights of the SLEDAI-2K items, as in the observed score below",
    },
    widthDNA: {
      value: 3,
      unit: "%",
      about: "width of the step at the anti-dsDNA threshold",
      bounds: [0.5, 10],
      level: "assumed",
      reason: "constant of the equations (model-details section 11)",
    },
    widthC3: {
      value: 0.02,
      unit: "g/L",
      about: "width of the step at the C3 threshold",
      bounds: [0.005, 0.1],
      level: "assumed",
      reason: "constant of the equations (model-details section 11)",
    },
  },
  quantities: {
    SLEDAI: {
      unit: "point",
      formula:
        "serologyPoints/(1 + exp(-(AAb - thrDNA)/widthDNA)) + serologyPoints/(1 + exp(-(thrC3 - C3)/widthC3)) + sORG*max(INF - INFthr, 0)/(1 - INFthr)",
      about: "SLEDAI-2K, continuous",
    },
  },
});

const C = sleConstants;

type SleObservation = Observation<Item | TreatmentItem>;

/** SLEDAI-2K of 0, serology included. */
export const sledaiZero = ({ items }: SleObservation): boolean => items.sledai === 0;

/** DORIS 2021: serology does not count. */
export const doris = ({ items }: SleObservation): boolean =>
  items.clinicalSledai === 0 && items.pga < C.dorisPga.value && items.prednisolone <= C.dorisPrednisolone.value;

/** LLDAS without haemolytic-anaemia and gastrointestinal items. `previous` is the visit before, null when there is none. */
export const lldas = ({ items }: SleObservation, previous: SleObservation | null): boolean =>
  items.sledai <= C.lldasSledai.value &&
  items.majorOrganActivity === 0 &&
  (previous === null || items.clinicalSledai <= previous.items.clinicalSledai) &&
  items.pga <= C.lldasPga.value &&
  items.prednisolone <= C.lldasPrednisolone.value;

export const lupus = defineDisease("sle", {
  label: "systemic lupus erythematosus",
  short: "SLE",
  alsoCalled: ["lupus", "systemic-lupus"],
  severity: ["sledai"],
  autoantibody: { symbol: "AAb", label: "anti-dsDNA" },
  modules: [continuousSledai],
  overrides: {},
  patient: {
    sORG: {
      value: 10,
      unit: "point",
      level: "assumed",
      reason:
        "with 4 points of serology a SLEDAI-2K of 14; published 16 (8-16), n = 5, mackensen_2022 (parameters.csv sORG)",
      about: "clinical SLEDAI-2K at INF = 1",
      bounds: [4, 24],
      varies: { shape: "lognormal", cv: 35 },
    },
    majorOrgan: {
      value: 1,
      unit: "1",
      level: "assumed",
      reason: "most refractory patients who are sent to CAR-T have nephritis",
      about: "clinical activity is in a major organ",
      bounds: [0, 1],
      varies: { shape: "present", share: 0.8 },
    },
  },
  hidden: { inflammation: "INF", autoantibody: "AAb", c3: "C3" },
  score: "SLEDAI-2K",
  noises: ["clinical points", "PGA", "anti-dsDNA", "C3"],
  observe: (hidden, patient, _baseline, noise) => {
    const above = Math.max(hidden.inflammation - C.infThreshold.value, 0) / (1 - C.infThreshold.value);
    const points = patient.sORG * above;
    const clinicalSledai = Math.min(
      2 * Math.round(counted(points, C.pointsError.value, noise[0]) / 2),
      C.clinicalMax.value,
    );
    const pga = judged(points * C.pgaPerPoint.value, C.pgaErrorFloor.value, C.pgaError.value, noise[1]);
    const dsdna = roundTo(assayed(hidden.autoantibody, C.dsdnaError.value, noise[2]), 10);
    const c3 = roundTo(assayed(hidden.c3, C.c3Error.value, noise[3]), 100);
    const serology =
      C.serologyPoints.value * (Number(dsdna > C.dsdnaThreshold.value) + Number(c3 < C.c3Threshold.value));
    const sledai = clinicalSledai + serology;
    return {
      items: {
        sledai,
        clinicalSledai,
        majorOrganActivity: patient.majorOrgan > 0 && clinicalSledai > 0 ? 1 : 0,
        pga: roundTo(clamp(pga, 0, C.pgaMax.value), 10),
        dsdna,
        c3,
      },
      activity: Math.min(sledai / C.activityScale.value, 1),
    };
  },
  remission: doris,
  response: ({ items }, baseline) => items.sledai <= C.responseShare.value * baseline.items.sledai,
  relapse: ({ items }, best) =>
    items.sledai >= best.items.sledai + C.relapseRise.value && items.sledai >= C.relapseLevel.value,
  items: [
    { name: "sledai", unit: "point", about: "SLEDAI-2K, even", better: "lower" },
    { name: "clinicalSledai", unit: "point", about: "SLEDAI-2K without serology, even", better: "lower" },
    { name: "majorOrganActivity", unit: "1", about: "clinical activity in a major organ", better: "lower" },
    { name: "pga", unit: "1", about: "physician global assessment, 0-3", better: "lower" },
    { name: "dsdna", unit: "%", about: "anti-dsDNA, % of the baseline level", better: "lower" },
    { name: "c3", unit: "g/L", about: "complement C3", better: "higher" },
  ],
  criteria: { sledai: { about: "SLEDAI-2K", low: 0, high: 105, item: "sledai" } },
  endpoints: {
    "doris-remission": { about: "DORIS remission", label: "fitted", holds: doris },
    "sledai-zero": { about: "SLEDAI-2K = 0", label: "fitted", holds: sledaiZero },
    lldas: {
      about: "LLDAS",
      label: "predicted",
      holds: lldas,
      note: "without haemolytic-anaemia and gastrointestinal items; in the model nearly the same event as DORIS, so not a second confirmation",
    },
    sledai: {
      about: "SLEDAI-2K",
      label: "fitted",
      unit: "points",
      value: ({ items }) => items.sledai,
      note: "mean of patients against the published median",
    },
  },
  definitions: [
    {
      term: "SLEDAI-2K",
      text: "Anti-dsDNA (2 points above 20 % of the patient's baseline level) and low complement (2 points, C3 below 0.85 g/L; C4 is not modelled) from measured values; all clinical items together are one number that follows inflammation, rounded to even. Single items, and the three of weight 1 that make odd scores, are not represented.",
    },
    {
      term: "DORIS remission",
      text: "DORIS 2021: clinical SLEDAI-2K 0, PGA below 0.5 (0-3), prednisolone 5 mg/day or less; serology does not count; immunosuppressants allowed. The PGA is an assumed map of the same inflammation as the clinical points, with an error of its own. Antimalarials are not modelled.",
    },
    {
      term: "Drug-free remission (SLE)",
      text: "DORIS remission with no prednisolone and no mycophenolate at the visit; hydroxychloroquine is not counted.",
    },
    {
      term: "LLDAS without haemolytic-anaemia and gastrointestinal items",
      text: "SLEDAI-2K 4 or less, no activity in a major organ (a property of the patient: where the clinical activity is in one, any clinical point counts), no rise of the clinical part since the visit before (in place of 'no new feature'), PGA 1 or less, prednisolone 7.5 mg/day or less. Haemolytic anaemia and gastrointestinal activity have no counterpart in the model, the tolerance of maintenance drugs is taken as given.",
    },
    { term: "SLEDAI-2K = 0", text: "Clinical part and serology both 0." },
    {
      term: "Response (SLE)",
      text: "SLEDAI-2K at most half of baseline: this project's rule (model-details 7.8), not SRI-4.",
    },
    {
      term: "Relapse (SLE)",
      text: "SLEDAI-2K at least 4 points above the best so far and at least 6: this project's rule (model-details 7.8). In the report it counts after a response.",
    },
  ],
  constants: sleConstants,
});
