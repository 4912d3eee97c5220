/** Systemic lupus erythematosus: SLEDAI-2K, physician global assessment, DORIS, LLDAS. See docs/notes/clinical-scores.md. */
import { defineConstants, type PatientConstant } from "./constant.js";
import { assayed, clamp, counted, judged, roundTo } from "./measure.js";
import { checkNoise, type Observation, type Score, type TreatmentItem, treatmentItems, treatmentOf } from "./score.js";

export type SlePatient = {
  /** Points of clinical SLEDAI-2K at INF = 1. */
  readonly organPoints: number;
  /** 1: the clinical activity is in a major organ (kidney, brain, heart or lung, vessels), 0: it is not. */
  readonly majorOrgan: number;
};

export type SleItem = "sledai" | "clinicalSledai" | "majorOrganActivity" | "pga" | "dsdna" | "c3" | TreatmentItem;

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

export const slePatient: Readonly<Record<keyof SlePatient, PatientConstant>> = defineConstants({
  organPoints: {
    value: 10,
    unit: "point",
    level: "assumed",
    reason: "with 4 points of serology a SLEDAI-2K of 14; published 16 (8-16), n = 5, mackensen_2022",
    source: "parameters.csv sORG",
    about: "clinical SLEDAI-2K at INF = 1",
    variability: { kind: "lognormal", cv: 0.35, lower: 4, upper: 24 },
  },
  majorOrgan: {
    value: 1,
    unit: "1",
    level: "assumed",
    reason: "most refractory patients who are sent to CAR-T have nephritis",
    about: "clinical activity is in a major organ",
    variability: { kind: "present", share: 0.8 },
  },
});

const C = sleConstants;
const noises = ["clinical points", "PGA", "anti-dsDNA", "C3"] as const;

type SleObservation = Observation<SleItem>;

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

export const sle: Score<SlePatient, SleItem> = {
  id: "sle",
  name: "SLEDAI-2K",
  noises,
  observe(latent, patient, _baseline, noise) {
    checkNoise("sle", noises, noise);
    const above = Math.max(latent.inflammation - C.infThreshold.value, 0) / (1 - C.infThreshold.value);
    const points = patient.organPoints * above;
    const clinicalSledai = Math.min(
      2 * Math.round(counted(points, C.pointsError.value, noise[0]) / 2),
      C.clinicalMax.value,
    );
    const pga = judged(points * C.pgaPerPoint.value, C.pgaErrorFloor.value, C.pgaError.value, noise[1]);
    const dsdna = roundTo(assayed(latent.autoantibody, C.dsdnaError.value, noise[2]), 10);
    const c3 = roundTo(assayed(latent.c3, C.c3Error.value, noise[3]), 100);
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
        ...treatmentOf(latent),
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
    ...treatmentItems,
  ],
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
  patient: slePatient,
};
