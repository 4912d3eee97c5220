/** Idiopathic inflammatory myositis: the six core-set measures and the Total Improvement Score. See docs/notes/clinical-scores.md. */
import { defineConstants } from "../../quantity/index.js";
import { defineDisease } from "../disease.js";
import { assayed, clamp, judged, roundTo } from "../measure.js";
import { drive, longLived } from "../overrides.js";
import { muscle } from "./muscle.js";
import { type CoreSet, coreSetRanges, tisCutOffs, totalImprovementScore } from "./total-improvement-score.js";

export const iimConstants = defineConstants({
  globalFromWeakness: {
    value: 0.5,
    unit: "1",
    level: "assumed",
    reason: "a patient feels weakness as much as inflammation; a physician is asked to rate activity only",
    about: "share of the patient's global that follows weakness, the rest follows INF",
  },
  haqFromWeakness: {
    value: 0.7,
    unit: "1",
    level: "assumed",
    reason: "HAQ asks for tasks of strength; pain and fatigue follow inflammation",
    about: "share of HAQ that follows weakness, the rest follows INF",
  },
  globalPerDamage: {
    value: 3,
    unit: "point",
    level: "assumed",
    reason: "full damage is felt as a third of the scale",
    about: "patient global added by damage 1",
  },
  haqPerDamage: {
    value: 1,
    unit: "point",
    level: "assumed",
    reason: "full damage costs a third of the scale, whatever the inflammation",
    about: "HAQ added by damage 1",
  },
  leastWeakness: {
    value: 5,
    unit: "point",
    level: "assumed",
    reason: "upper bound of MMT0 in parameters.csv is 145; keeps the ratio to baseline weakness finite",
    about: "smallest weakness at baseline that is divided by",
  },
  ckNormal: {
    value: 100,
    unit: "U/L",
    level: "assumed",
    reason:
      "middle of the usual reference range: healthy muscle releases enzyme too, the latent CK falls to 0 with INF",
    about: "CK is never measured around less",
  },
  ckError: {
    value: 0.2,
    unit: "1",
    level: "assumed",
    reason: "within-person variation at rest, from memory of biological-variation tables",
    about: "coefficient of variation of CK",
  },
  mmtError: {
    value: 3,
    unit: "point",
    level: "assumed",
    reason:
      "intra-rater SEM of the total printed as 2 on the one-sided score of 80 (FRI0627-HPR, ard.bmj.com 75/Suppl_2/1281.1; truncated there), 3.75 of 150 in proportion; a trial's trained assessor is taken as somewhat better",
    about: "SD of MMT-8",
  },
  scaleErrorFloor: {
    value: 0.2,
    unit: "point",
    level: "assumed",
    reason: "2 mm on a line of 100 mm when there is nothing to see",
    about: "SD of a visual analogue scale at 0",
  },
  scaleError: {
    value: 0.08,
    unit: "1",
    level: "assumed",
    reason: "with the floor 0.7 points at 6, the usual repeatability of a rating by the same person",
    about: "growth of that SD per point",
  },
  haqError: {
    value: 0.2,
    unit: "point",
    level: "measured",
    source: "SEM of test-retest in psoriatic arthritis, PMC8487911 table 2 (Tillett 2019); not in myositis",
    about: "SD of HAQ",
  },
  relapseGlobal: {
    value: 2,
    unit: "point",
    level: "assumed",
    reason: "this project's rule; in the style of published definitions of worsening (2 cm), not read",
    about: "relapse: physician global above the best so far by at least",
  },
  relapseMmt: {
    value: 15,
    unit: "point",
    level: "assumed",
    reason: "this project's rule: 10 % of the range, five times the error",
    about: "relapse: MMT-8 below the best so far by at least",
  },
  relapseExtramuscular: {
    value: 2,
    unit: "point",
    level: "assumed",
    reason: "this project's rule, as for the physician global",
    about: "relapse: or extramuscular activity above the best so far by at least",
  },
});

const C = iimConstants;

/** A line of 100 mm, read to the millimetre. */
const onScale = (hidden: number, z: number): number =>
  roundTo(clamp(judged(hidden, C.scaleErrorFloor.value, C.scaleError.value, z), 0, coreSetRanges.physician.value), 10);

export const myositis = defineDisease("iim", {
  label: "idiopathic inflammatory myopathy",
  short: "IIM",
  alsoCalled: ["myositis", "dermatomyositis", "antisynthetase"],
  severity: ["mmt8"],
  autoantibody: { symbol: "AAb", label: "anti-Jo-1" },
  modules: [muscle],
  overrides: {
    ...drive(0.25, 0.25, 0.25, 0.25),
    ...longLived(
      0.35,
      "a relapse at 9 months with anti-Jo-1 was rescued by BCMA CAR-T (muller_2025_asys_relapse), so long-lived cells make part of it",
    ),
  },
  patient: {
    MMT0: {
      value: 120,
      unit: "point",
      level: "assumed",
      reason: "weak, but walking (parameters.csv MMT0)",
      about: "MMT-8 at baseline",
      bounds: [70, 145],
      varies: { shape: "normal", sd: 15 },
    },
    haq0: {
      value: 1.5,
      unit: "point",
      level: "assumed",
      reason: "moderate to severe disability, as in trials of refractory myositis",
      about: "HAQ at baseline",
      bounds: [0.375, 2.75],
      varies: { shape: "normal", sd: 0.5 },
    },
    global0: {
      value: 6,
      unit: "point",
      level: "assumed",
      reason: "clearly active disease; major response (more than 40 % of the range) must be reachable",
      about: "physician and patient global at INF = 1",
      bounds: [3, 9.5],
      varies: { shape: "normal", sd: 1.2 },
    },
    extramuscular0: {
      value: 4.5,
      unit: "point",
      level: "assumed",
      reason: "lung, joint or skin disease is usual in refractory antisynthetase syndrome and dermatomyositis",
      about: "extramuscular activity at INF = 1",
      bounds: [1, 9],
      varies: { shape: "normal", sd: 1.5 },
    },
  },
  hidden: { inflammation: "INF", damage: "DMG", muscle: "MMT", ck: "CK" },
  score: "Total Improvement Score",
  noises: ["physician global", "patient global", "MMT-8", "HAQ", "CK", "extramuscular activity"],
  observe: (hidden, patient, baseline, noise) => {
    const full = coreSetRanges.mmt8.value;
    const active = Math.max(hidden.inflammation, 0);
    const weak = Math.max(full - hidden.muscle, 0) / Math.max(full - patient.MMT0, C.leastWeakness.value);
    const felt = (share: number): number => share * weak + (1 - share) * active;
    const coreSet: CoreSet = {
      physician: onScale(patient.global0 * active, noise[0]),
      patient: onScale(
        patient.global0 * felt(C.globalFromWeakness.value) + C.globalPerDamage.value * hidden.damage,
        noise[1],
      ),
      mmt8: clamp(Math.round(hidden.muscle + C.mmtError.value * noise[2]), 0, full),
      haq: roundTo(
        clamp(
          patient.haq0 * felt(C.haqFromWeakness.value) +
            C.haqPerDamage.value * hidden.damage +
            C.haqError.value * noise[3],
          0,
          coreSetRanges.haq.value,
        ),
        8,
      ),
      ck: Math.round(assayed(Math.max(hidden.ck, C.ckNormal.value), C.ckError.value, noise[4])),
      extramuscular: onScale(patient.extramuscular0 * active, noise[5]),
    };
    return {
      items: {
        tis: baseline === null ? 0 : totalImprovementScore(baseline.items, coreSet),
        ...coreSet,
      },
      activity: coreSet.physician / coreSetRanges.physician.value,
    };
  },
  remission: ({ items }) => items.tis >= tisCutOffs.major.value,
  response: ({ items }) => items.tis >= tisCutOffs.moderate.value,
  relapse: ({ items }, best) =>
    items.physician - best.items.physician >= C.relapseGlobal.value - 1e-9 &&
    (best.items.mmt8 - items.mmt8 >= C.relapseMmt.value ||
      items.extramuscular - best.items.extramuscular >= C.relapseExtramuscular.value - 1e-9),
  items: [
    { name: "tis", unit: "point", about: "Total Improvement Score against baseline, 0-100", better: "higher" },
    { name: "physician", unit: "point", about: "physician global activity, 0-10", better: "lower" },
    { name: "patient", unit: "point", about: "patient global activity, 0-10", better: "lower" },
    { name: "mmt8", unit: "point", about: "manual muscle testing of 8 groups, 0-150", better: "higher" },
    { name: "haq", unit: "point", about: "Health Assessment Questionnaire, 0-3", better: "lower" },
    { name: "ck", unit: "U/L", about: "creatine kinase", better: "lower" },
    { name: "extramuscular", unit: "point", about: "extramuscular activity, 0-10", better: "lower" },
  ],
  criteria: { mmt8: { about: "manual muscle test of eight muscles", low: 0, high: 150, item: "mmt8" } },
  endpoints: {
    "tis-major": {
      about: "major response (TIS ≥ 60)",
      label: "predicted",
      holds: ({ items }) => items.tis >= tisCutOffs.major.value,
      note: "very few patients: almost any value would lie inside",
    },
  },
  definitions: [
    {
      term: "Total Improvement Score",
      text: "2016 ACR/EULAR criteria, adults: six core-set measures against baseline, each change in per cent of its range, banded and weighted, 0-100. Creatine kinase stands for the most abnormal of five enzymes, with a range of 15 times the upper limit (unverified). Physician global and extramuscular activity are assumed maps of one inflammation, each with its own error.",
    },
    {
      term: "Major, moderate, minimal response (IIM)",
      text: "Total Improvement Score at least 60, 40, 20. A response in this project is moderate or better: errors of measurement alone reach minimal now and then.",
    },
    {
      term: "Drug-free remission (IIM)",
      text: "Major response (Total Improvement Score at least 60) with no prednisolone and no mycophenolate at the visit. The score measures improvement, not absence of disease: it is taken because it is the published endpoint (muller_2024_nejm) and no remission criteria are agreed for myositis. A mildly active patient cannot reach it, a severely active one can with some activity left.",
    },
    {
      term: "Relapse (IIM)",
      text: "Physician global at least 2 points above the best so far, and MMT-8 at least 15 points below or extramuscular activity at least 2 points above their best so far: this project's rule, not the IMACS criteria. In the report it counts after a response.",
    },
  ],
  constants: { ...iimConstants, ...tisCutOffs },
});
