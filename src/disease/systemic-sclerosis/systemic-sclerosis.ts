/** Systemic sclerosis: modified Rodnan skin score, revised EUSTAR activity index, FVC. See docs/notes/clinical-scores.md. */
import { defineConstants } from "../../quantity/index.js";
import { defineDisease } from "../disease.js";
import { assayed, clamp, counted, proportional, roundTo } from "../measure.js";
import { drive, longLived } from "../overrides.js";
import { type EustarItems, eustarActivityIndex, eustarLimits, eustarWeights } from "./eustar-activity-index.js";
import { skinAndLung } from "./skin-and-lung.js";

const EUSTAR_706 = "EUSTAR database, n = 706, ard.bmj.com markup 260413";

export const sscConstants = defineConstants({
  mrssMax: {
    value: 51,
    unit: "point",
    level: "measured",
    source: "17 areas, 0-3 each, PMID 7562759",
    about: "end of the scale",
  },
  mrssError: {
    value: 0.118,
    unit: "1",
    level: "measured",
    source:
      "intra-observer within-patient SD 2.45 at mean 20.7 (PMID 7562759), taken as proportional; one assessor per patient",
    about: "coefficient of variation of mRSS",
  },
  skinTurnover: {
    value: 0.006,
    unit: "1/day",
    level: "assumed",
    reason:
      "nominal skin turnover of the model; the patient's own rate is not needed to judge one month (parameters.csv kSkin)",
    about: "rate at which fibrosis follows INF",
  },
  skinRecall: {
    value: 30,
    unit: "day",
    level: "measured",
    source: "item of the index: worsening in the previous month, 10.1136/annrheumdis-2016-209768",
    about: "time over which the patient judges",
  },
  skinNoticed: {
    value: 0.42,
    unit: "point/month",
    level: "assumed",
    reason:
      "5 points a year, the minimal clinically important difference in diffuse disease (Khanna 2019, 10.1186/s13075-019-1809-y), in a month",
    about: "gain of mRSS that a patient calls worse",
  },
  skinFeltError: {
    value: 1.1,
    unit: "point/month",
    level: "assumed",
    reason:
      "at INF = 1 and stable skin 35 % report worsening (20.3 % of 706 unselected patients did, ard.bmj.com markup 260413; refractory ones are taken as worse); without inflammation nothing is felt",
    about: "SD of the patient's judgement at INF = 1, in proportion to INF",
  },
  countError: {
    value: 0.3,
    unit: "1",
    level: "assumed",
    reason: "two ulcers are seldom taken for none",
    about: "SD of a count of ulcers or rubs at one; grows with the root",
  },
  crpError: {
    value: 0.42,
    unit: "1",
    level: "measured",
    source:
      "within-subject variation in healthy persons 42.2 %, analytical 5.2 % (Macy 1997, 10.1093/clinchem/43.1.52)",
    about: "coefficient of variation of CRP",
  },
  dlcoPerFvc: {
    value: 1,
    unit: "1",
    level: "assumed",
    reason: "lost lung costs both alike; the vascular part of DLCO is not modelled",
    about: "points of DLCO lost per point of FVC lost",
  },
  dlcoError: {
    value: 0.1,
    unit: "1",
    level: "measured",
    source:
      "reproducibility 4 mL/min/mmHg = 2.77 SD at 11-18 mL/min/mmHg in lung disease, ERS task force, erj.ersjournals.com markup 138890",
    about: "coefficient of variation of DLCO",
  },
  fvcError: {
    value: 0.04,
    unit: "1",
    level: "measured",
    source:
      "week-to-week change of 11 % significant in normal subjects = 2.77 SD, ATS/ERS 2005 table 12, erj.ersjournals.com markup 88140",
    about: "coefficient of variation of FVC",
  },
  relapseRise: {
    value: 5,
    unit: "point",
    level: "measured",
    source:
      "progressive skin fibrosis: more than 5 points (and at least 25 %) within 12 months (Wu 2019, ard.bmj.com 78/5/648, abstract)",
    about: "relapse: mRSS above the best so far by more than",
  },
  relapseShare: {
    value: 0.5,
    unit: "1",
    level: "assumed",
    reason:
      "this project's rule: the published quarter is within reach of error against the best of many visits; a half costs little sensitivity",
    about: "relapse: and by at least this share of the best",
  },
});

const C = sscConstants;

/** Points of mRSS per month, from the model's own equation FIB' = kSkin·(INF − FIB). */
const skinGain = (
  inflammation: number,
  fibrosis: number,
  patient: { readonly mrss0: number; readonly fixedSkin: number },
): number =>
  patient.mrss0 * (1 - patient.fixedSkin) * C.skinTurnover.value * C.skinRecall.value * (inflammation - fibrosis);

const percentOfPredicted = (hidden: number, cv: number, z: number): number =>
  clamp(Math.round(proportional(Math.max(hidden, 0), cv, z)), 0, 200);

export const systemicSclerosis = defineDisease("ssc", {
  label: "systemic sclerosis",
  short: "SSc",
  alsoCalled: ["scleroderma", "systemic-scleroderma"],
  severity: ["mrss", "eustar-ai"],
  autoantibody: { symbol: "AAb", label: "anti-Scl-70" },
  modules: [skinAndLung],
  overrides: { ...drive(0.2, 0.2, 0.3, 0.3), ...longLived(0.3, "between anti-dsDNA and anti-Jo-1 (model.md B7)") },
  patient: {
    mrss0: {
      value: 24,
      unit: "point",
      level: "assumed",
      reason: "24, 27, 32 in bergmann_acr2023_ssc (parameters.csv mRSS0)",
      about: "mRSS at baseline",
      bounds: [8, 45],
      varies: { shape: "normal", sd: 7 },
    },
    fixedSkin: {
      value: 0.35,
      unit: "1",
      level: "assumed",
      reason: "part of the thickened skin is scar (parameters.csv fFix)",
      about: "share of mRSS that does not come back",
      bounds: [0.1, 0.6],
      varies: { shape: "uniform" },
    },
    fvc0: {
      value: 80,
      unit: "%",
      level: "assumed",
      reason: `86.4 (SD 21.3) in ${EUSTAR_706}; refractory patients somewhat lower`,
      about: "FVC at baseline, % of predicted",
      bounds: [50, 120],
      varies: { shape: "normal", sd: 15 },
    },
    dlco0: {
      value: 58,
      unit: "%",
      level: "assumed",
      reason: `64.1 (SD 20.2) in ${EUSTAR_706}; refractory patients somewhat lower`,
      about: "DLCO at baseline, % of predicted",
      bounds: [30, 100],
      varies: { shape: "normal", sd: 15 },
    },
    ulcers0: {
      value: 2,
      unit: "1",
      level: "assumed",
      reason: `active ulcers in 18.1 % of ${EUSTAR_706}, in at least 2 of 3 patients of bergmann_acr2023_ssc`,
      about: "digital ulcers at INF = 1",
      bounds: [0, 2],
      varies: { shape: "present", share: 0.4 },
    },
    rubs0: {
      value: 2,
      unit: "1",
      level: "assumed",
      reason: `rubs in 12.8 % of ${EUSTAR_706}, more often in early diffuse disease`,
      about: "sites with tendon friction rubs at INF = 1",
      bounds: [0, 2],
      varies: { shape: "present", share: 0.25 },
    },
    crp0: {
      value: 8,
      unit: "mg/L",
      level: "assumed",
      reason: `raised CRP in 27.7 % of ${EUSTAR_706}; refractory patients more often; the model's own CRP (4 mg/L at entry) has little of the disease in it`,
      about: "CRP that the disease adds at INF = 1",
      bounds: [0, 60],
      varies: { shape: "lognormal", cv: 80 },
    },
  },
  hidden: { inflammation: "INF", crp: "CRP", fibrosis: "FIB", fvcChange: "FVC" },
  score: "EUSTAR activity index",
  noises: ["mRSS", "skin worsening", "digital ulcers", "friction rubs", "CRP", "DLCO", "FVC"],
  observe: (hidden, patient, _baseline, noise) => {
    const active = Math.max(hidden.inflammation, 0);
    const fibrosis = Math.max(hidden.fibrosis, 0);
    const skin = patient.mrss0 * (patient.fixedSkin + (1 - patient.fixedSkin) * fibrosis);
    const felt = skinGain(active, fibrosis, patient) + C.skinFeltError.value * active * noise[1];
    const lost = -100 * hidden.fvcChange;
    const items: EustarItems = {
      mrss: clamp(Math.round(proportional(skin, C.mrssError.value, noise[0])), 0, C.mrssMax.value),
      deltaSkin: felt > C.skinNoticed.value ? 1 : 0,
      digitalUlcers: Math.round(counted(patient.ulcers0 * active, C.countError.value, noise[2])),
      frictionRubs: Math.round(counted(patient.rubs0 * active, C.countError.value, noise[3])),
      crp: roundTo(assayed(hidden.crp + patient.crp0 * active, C.crpError.value, noise[4]), 10),
      dlco: percentOfPredicted(patient.dlco0 - C.dlcoPerFvc.value * lost, C.dlcoError.value, noise[5]),
    };
    const eustar = eustarActivityIndex(items);
    return {
      items: {
        eustar,
        ...items,
        fvc: percentOfPredicted(patient.fvc0 - lost, C.fvcError.value, noise[6]),
      },
      activity: eustar / 10,
    };
  },
  remission: ({ items }, baseline) =>
    items.eustar < eustarLimits.active.value && (baseline === null || items.eustar < baseline.items.eustar),
  response: ({ items }, baseline) => items.eustar < baseline.items.eustar,
  relapse: ({ items }, best) =>
    best.items.eustar < eustarLimits.active.value &&
    items.eustar >= eustarLimits.active.value &&
    items.deltaSkin > 0 &&
    items.mrss - best.items.mrss > C.relapseRise.value &&
    items.mrss - best.items.mrss >= C.relapseShare.value * best.items.mrss,
  items: [
    { name: "eustar", unit: "point", about: "revised EUSTAR activity index, 0-10", better: "lower" },
    { name: "mrss", unit: "point", about: "modified Rodnan skin score, 0-51", better: "lower" },
    { name: "deltaSkin", unit: "1", about: "skin worse in the previous month, says the patient", better: "lower" },
    { name: "digitalUlcers", unit: "1", about: "number of digital ulcers", better: "lower" },
    { name: "frictionRubs", unit: "1", about: "number of sites with tendon friction rubs", better: "lower" },
    { name: "crp", unit: "mg/L", about: "C-reactive protein", better: "lower" },
    { name: "dlco", unit: "%", about: "DLCO, % of predicted", better: "higher" },
    { name: "fvc", unit: "%", about: "FVC, % of predicted", better: "higher" },
  ],
  criteria: { mrss: { about: "modified Rodnan skin score", low: 0, high: 51, item: "mrss" } },
  endpoints: {
    "eustar-ai-decreased": {
      about: "EUSTAR activity index below baseline",
      label: "predicted",
      holds: ({ items }, _, baseline) => items.eustar < baseline.items.eustar,
      note: "measurement error alone reaches it at about a third of visits",
    },
    "eustar-ai-inactive": {
      about: "EUSTAR activity index below 2.5",
      label: "predicted",
      holds: ({ items }) => items.eustar < eustarLimits.active.value,
    },
  },
  definitions: [
    {
      term: "EUSTAR activity index",
      text: "Revised index (Valentini 2017): patient-assessed worsening of the skin in the previous month 1.5, digital ulcers 1.5, mRSS above 18 1.5, tendon friction rubs 2.25, CRP above 1 mg/dL 2.25, DLCO below 70 % 1.0. Ulcers, rubs and the disease's CRP follow inflammation in patients who have them at baseline; new ones do not arise in others. CRP also rises with cytokine release, so the index of the first weeks after infusion shows that as activity.",
    },
    {
      term: "EUSTAR activity index decreased",
      text: "Below its baseline value: the published endpoint (muller_2024_nejm). It has no margin for error; a patient with stable disease can meet it by chance.",
    },
    {
      term: "Drug-free remission (SSc): EUSTAR activity index below 2.5",
      text: "Index below 2.5 and below its baseline value, with no prednisolone and no mycophenolate at the visit. No remission criteria are agreed for systemic sclerosis; 2.5 is the published border between active or very active and inactive or moderately active disease, so moderate activity can pass, and scarred skin and lost lung function hardly count. Who enters with an index of 1 from DLCO alone cannot meet it.",
    },
    {
      term: "Relapse (SSc)",
      text: "Index 2.5 or more after a best of less than 2.5, skin worse in the last month by the patient's own report, and mRSS more than 5 points and at least 50 % above the best so far (skin progression is published as more than 5 points and 25 % within 12 months): this project's rule. Who was never below 2.5 can get worse but not relapse; lung function is left out. In the report it counts after a response.",
    },
  ],
  constants: {
    ...sscConstants,
    active: eustarLimits.active,
    ...Object.fromEntries(Object.entries(eustarWeights).map(([name, weight]) => [`eustar-${name}`, weight])),
  },
});
