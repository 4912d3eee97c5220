import type { Curve, PublishedRow, ReportData, ShareCurve, SummaryNumber } from "../../src/report/data.js";
import { pageNumbers } from "../../src/report/page-numbers.js";

/**
 * FIXTURE: every number here is invented so that the page can be looked at and tested. Nothing was simulated, nothing was observed.
 * The shapes are realistic: three arms, 24 months, about eighty time points.
 */
const UNTIL = 24 * (365.25 / 12);
const DAYS = [
  ...Array.from({ length: 31 }, (_, i) => i),
  ...Array.from({ length: 50 }, (_, i) => 30 + ((i + 1) * (UNTIL - 30)) / 50),
];
const PATIENTS = "5–95 % of virtual patients (fixture)";
const REPLICATES = "90 % of replicates of the same size (fixture)";

/** The first weeks, in which the cells expand. */
const EARLY = Array.from({ length: 61 }, (_, i) => i * 1.5);

/** One curve from its formula: median by arm, and how far the band reaches as a factor or a distance. */
function curve(
  head: Omit<Curve, "days" | "arms" | "band">,
  arms: Readonly<Record<string, (day: number) => readonly [median: number, low: number, high: number]>>,
  days: readonly number[] = DAYS,
): Curve {
  return {
    ...head,
    band: PATIENTS,
    days,
    arms: Object.entries(arms).map(([arm, at]) => {
      const points = days.map(at);
      return { arm, median: points.map((p) => p[0]), low: points.map((p) => p[1]), high: points.map((p) => p[2]) };
    }),
  };
}

const factor = (median: number, times: number, more = times): [number, number, number] => [
  median,
  median / times,
  median * more,
];
const apart = (median: number, below: number, above = below): [number, number, number] => [
  median,
  Math.max(0, median - below),
  median + above,
];
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const between = (a: number, b: number, share: number) => a + (b - a) * share;

function carT(day: number): [number, number, number] {
  const expanded = 0.05 * Math.exp(0.83 * Math.min(day, 9));
  const contracted = Math.exp(-0.16 * Math.max(0, Math.min(day - 9, 30)) - 0.006 * Math.max(0, day - 39));
  return factor(Math.max(expanded * contracted, 1e-4), 5, 4);
}

const CURVES: readonly Curve[] = [
  curve(
    {
      id: "b-blood",
      title: "B cells in blood",
      unit: "cell/uL",
      scale: "log",
      floor: 0.01,
      note: "Naive and memory cells together; returning cells after CAR-T are naive first.",
    },
    {
      reset: (d) => {
        const fall = 150 * Math.exp(-d * 1.35);
        const rise = 180 * sigmoid((d - 190) / 22);
        return factor(Math.max(fall + rise, 2e-3), 3.2, 2.2);
      },
      rituximab: (d) => factor(150 * Math.exp(-d * 0.5) + 0.6 + 120 * sigmoid((d - 280) / 35), 3.6, 2.4),
      continued: (d) => factor(150 + 6 * Math.sin(d / 70), 2, 1.9),
    },
  ),
  curve(
    {
      id: "b-node",
      title: "B cells in lymph node",
      unit: "1",
      scale: "log",
      floor: 1e-6,
      note: "As a fraction of the value at entry.",
    },
    {
      reset: (d) => factor(Math.max(Math.exp(-d * 0.55), 1e-9) + sigmoid((d - 260) / 24), 4, 1.5),
      rituximab: (d) => factor(0.22 + 0.78 * Math.exp(-d * 0.2) + 0.6 * sigmoid((d - 260) / 40), 1.9, 1.25),
      continued: (d) => factor(1 + 0.02 * Math.sin(d / 50), 1.15, 1.15),
    },
  ),
  curve(
    {
      id: "car-t-early",
      title: "CAR-T cells in blood, first weeks",
      unit: "cell/uL",
      scale: "log",
      floor: 0.01,
      note: "Expansion, peak and contraction. The other arms have none.",
    },
    { reset: carT },
    EARLY,
  ),
  curve(
    {
      id: "car-t",
      title: "CAR-T cells in blood",
      unit: "cell/uL",
      scale: "log",
      floor: 0.01,
      note: "Effector and memory cells.",
    },
    { reset: carT },
  ),
  curve(
    {
      id: "anti-dsdna",
      title: "Autoantibody: anti-dsDNA",
      unit: "IU/mL",
      scale: "log",
      floor: null,
      note: "Patients with SLE only.",
    },
    {
      reset: (d) => factor(420 * Math.exp(-d / 24) + 7 + 2 * sigmoid((d - 500) / 60), 2.6, 2.8),
      rituximab: (d) =>
        factor(420 * between(1, 0.42, sigmoid((d - 60) / 20)) * (1 + 0.8 * sigmoid((d - 330) / 45)), 2.2, 2.2),
      continued: (d) => factor(420 + 15 * Math.sin(d / 90), 2.1, 2.1),
    },
  ),
  curve(
    {
      id: "vaccine",
      title: "Vaccine antibody: measles",
      unit: "%",
      scale: "linear",
      floor: null,
      note: "Of the value at entry; made by plasma cells that carry no CD19.",
    },
    {
      reset: (d) => apart(100 - 14 * (1 - Math.exp(-d / 160)), 12 * Math.sqrt(d / UNTIL) + 2),
      rituximab: (d) => apart(100 - 7 * (1 - Math.exp(-d / 200)), 10 * Math.sqrt(d / UNTIL) + 2),
      continued: (d) => apart(100 + Math.sin(d / 80), 7 * Math.sqrt(d / UNTIL) + 2),
    },
  ),
  curve(
    {
      id: "igg",
      title: "Total IgG",
      unit: "g/L",
      scale: "linear",
      floor: null,
      note: "Lower limit of normal: 7 g/L (fixture).",
    },
    {
      reset: (d) => apart(12.1 - 3.6 * (sigmoid((d - 70) / 22) - sigmoid((d - 330) / 55)), 2.6, 2.8),
      rituximab: (d) => apart(12.1 - 1.5 * (sigmoid((d - 90) / 30) - sigmoid((d - 380) / 60)), 2.7, 2.9),
      continued: (d) => apart(12.1 + 0.1 * Math.sin(d / 60), 2.8, 3.1),
    },
  ),
  curve(
    {
      id: "activity",
      title: "Disease activity",
      unit: "%",
      scale: "linear",
      floor: null,
      note: "SLEDAI-2K, MMT-8 deficit or mRSS, each as a share of its value at entry.",
    },
    {
      reset: (d) => apart(between(100, 6, sigmoid((d - 45) / 16)) + 5 * sigmoid((d - 560) / 50), 6, 18),
      rituximab: (d) => apart(between(100, 52, sigmoid((d - 70) / 20)) + 34 * sigmoid((d - 330) / 45), 24, 26),
      continued: (d) => apart(97 + 3 * Math.sin(d / 65), 26, 28),
    },
  ),
];

function shareCurve(
  arm: string,
  steps: readonly (readonly [day: number, value: number])[],
  counts: readonly number[],
): ShareCurve {
  return {
    arm,
    points: steps.map(([day, value], i) => {
      const half = 1.96 * Math.sqrt(Math.max(value * (1 - value), 0.004) / 400);
      const n = counts[Math.min(counts.length - 1, Math.floor(i / 3))]! / 40;
      return { day, value, low: Math.max(0, value - half), high: Math.min(1, value + half), n };
    }),
  };
}

const steps = (value: (day: number) => number) => [
  [0, 0] as const,
  ...Array.from({ length: 26 }, (_, i) => [(i + 1) * 28, value((i + 1) * 28)] as const),
];

const number = (
  name: string,
  about: string,
  unit: string,
  value: number | null,
  low: number | null = null,
  high: number | null = null,
  interval: string | null = low === null ? null : REPLICATES,
): SummaryNumber => ({
  name,
  about: `${about} (fixture)`,
  value,
  unit,
  low,
  high,
  interval,
});

type Triple = readonly [number, number, number] | null;
/** One row of numbers, reset – rituximab – continued. */
function byArm(row: string, about: string, unit: string, cells: readonly [Triple, Triple, Triple]): SummaryNumber[] {
  return ["reset", "rituximab", "continued"].map((arm, i) => {
    const cell = cells[i];
    return cell === null ? number(`${arm}.${row}`, about, unit, null) : number(`${arm}.${row}`, about, unit, ...cell);
  });
}

const published = (
  endpoint: string,
  unit: string,
  predicted: readonly [number, number, number],
  value: number,
  text: string,
  label: PublishedRow["label"],
  note = "",
  population = "SLE, IIM, SSc, n = 15",
  arm = "reset",
): PublishedRow => ({
  endpoint,
  population,
  arm,
  unit,
  id: [endpoint, population, arm]
    .join(" ")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-"),
  predicted: { value: predicted[0], low: predicted[1], high: predicted[2], patients: 3000 },
  published: { value, low: null, high: null, text, verification: "secondary source", record: "fixture_2024_cohort" },
  noInterval: "",
  inside: value >= predicted[1] && value <= predicted[2],
  label,
  note,
});

const INVENTED: ReportData = {
  study: {
    id: "fixture-erlangen-2024",
    title: "FIXTURE: one CD19 CAR-T infusion against continued suppression in 15 refractory patients",
    question:
      "Fixture with invented numbers. Does one infusion of CD19 CAR-T cells bring drug-free remission to refractory patients with lupus, myositis or systemic sclerosis, for how long, and at what risk, compared with rituximab and with continued suppression?",
    population: [
      {
        disease: "sle",
        label: "Systemic lupus erythematosus with nephritis",
        n: 8,
        include: ["sledai >= 8", "prior-lines >= 2"],
        changes: [],
      },
      { disease: "iim", label: "Idiopathic inflammatory myositis", n: 3, include: ["prior-lines >= 2"], changes: [] },
      { disease: "ssc", label: "Systemic sclerosis", n: 4, include: ["prior-lines >= 2"], changes: [] },
    ],
    changes: [],
    arms: [
      {
        id: "reset",
        label: "CD19 CAR-T after Flu/Cy",
        steps: [
          "leukapheresis, day −21",
          "fludarabine 25 mg/m² on days −5 to −3, cyclophosphamide 1 g/m² on day −3",
          "CD19 CAR-T 1 × 10⁶ cells/kg, day 0",
          "glucocorticoid and mycophenolate stopped before infusion",
          "tocilizumab from CRS grade 2",
        ],
      },
      {
        id: "rituximab",
        label: "Rituximab 2 × 1 g",
        steps: ["rituximab 1,000 mg, days 0 and 14", "glucocorticoid tapered over 12 weeks", "mycophenolate continued"],
      },
      {
        id: "continued",
        label: "Continued conventional suppression",
        steps: ["glucocorticoid continued", "mycophenolate continued", "rescue at relapse"],
      },
    ],
    untilDay: UNTIL,
  },
  run: {
    version: "0.0.0-fixture",
    date: "2000-01-01",
    seed: 2026,
    replicates: 200,
    backend: "WebAssembly, scalar",
    tolerance: 1e-5,
    studyHash: "f1f1f1f1".repeat(8),
    resultHash: "0a0b0c0d".repeat(8),
    repeat: "npx immune-reset trial --from runs/fixture-erlangen-2024/run.json",
  },
  numbers: [
    ...byArm("cells-infused", "cells infused", "patient", [[2940, 0, 0], null, null]).map((n) => ({
      ...n,
      low: null,
      high: null,
      interval: null,
    })),
    ...byArm("remission.month-24", "drug-free remission at month 24", "%", [
      [87, 73, 100],
      [7, 0, 20],
      [0, 0, 7],
    ]),
    ...byArm("remission.month-6", "drug-free remission at month 6", "%", [
      [93, 80, 100],
      [13, 0, 33],
      [0, 0, 7],
    ]),
    ...byArm("relapse.month-24", "relapse by month 24", "%", [
      [8.4, 0, 21.4],
      [78.6, 60, 93.3],
      [46.7, 26.7, 66.7],
    ]),
    ...byArm("car-t.peak-day", "day of the CAR-T peak", "day", [[9.4, 8.1, 11.2], null, null]),
    ...byArm("car-t.peak", "CAR-T cells at the peak", "cell/uL", [[86, 6.2, 1240], null, null]),
    ...byArm("b-blood.nadir", "lowest B cells in blood", "cell/uL", [
      [0.0021, 0.0004, 0.011],
      [0.62, 0.15, 2.4],
      [144, 72, 280],
    ]),
    ...byArm("b-blood.return-day", "day on which B cells are back in blood", "day", [
      [116, 88, 154],
      [228, 171, 303],
      null,
    ]),
    ...byArm("b-node.day-90", "B cells in lymph node at day 90, of entry", "%", [
      [2.2e-5, 3e-6, 1.9e-4],
      [25.3, 14.1, 44],
      [100, 91, 112],
    ]),
    ...byArm("anti-dsdna.day-90", "change of anti-dsDNA at day 90", "%", [
      [-95.8, -98.9, -88.2],
      [-41.5, -62.1, -18.3],
      [0.6, -8, 9.4],
    ]),
    ...byArm("vaccine.month-12", "vaccine antibody at month 12, of entry", "%", [
      [87, 76, 97],
      [94, 86, 101],
      [100, 95, 105],
    ]),
    ...byArm("steroid.cumulative", "cumulative prednisolone over 24 months", "mg", [
      [96, 0, 1480],
      [6240, 3900, 8770],
      [8810, 5210, 13040],
    ]),
    ...byArm("crs.any", "CRS, any grade", "%", [
      [73.3, 53.3, 93.3],
      [0, 0, 0],
      [0, 0, 0],
    ]),
    ...byArm("crs.grade-2", "CRS, grade 2 or more", "%", [
      [13.3, 0, 33.3],
      [0, 0, 0],
      [0, 0, 0],
    ]),
    ...byArm("crs.grade-3", "CRS, grade 3 or more", "%", [
      [0, 0, 6.7],
      [0, 0, 0],
      [0, 0, 0],
    ]),
    ...byArm("icans.any", "ICANS, any grade", "%", [
      [6.7, 0, 20],
      [0, 0, 0],
      [0, 0, 0],
    ]),
    ...byArm("tocilizumab", "patients given tocilizumab", "%", [[33.3, 13.3, 53.3], null, null]),
    ...byArm("neutropenia.days", "days with neutrophils below 0.5 G/L", "day", [
      [9, 5, 14],
      [0, 0, 0],
      [0, 0, 0],
    ]),
    ...byArm("infection.severe", "severe infections per 100 patient-years", "1", [
      [11.2, 3.4, 23.8],
      [14.9, 6.6, 26.1],
      [16.5, 6.7, 30],
    ]),
    ...byArm("igg.low", "IgG below 4 g/L at any visit", "%", [
      [6.7, 0, 20],
      [0, 0, 6.7],
      [0, 0, 6.7],
    ]),
    number(
      "difference.remission.month-24",
      "difference in drug-free remission, CAR-T minus continued",
      "%",
      87,
      73,
      100,
    ),
    number("reset.relapse.median-day", "median time to relapse after CAR-T", "day", null),
  ],
  answer: [
    "In these simulated patients one CD19 CAR-T infusion brings drug-free remission at month 24 to {reset.remission.month-24:interval} of patients, rituximab to {rituximab.remission.month-24:interval}, continued suppression to {continued.remission.month-24:interval}.",
    "The cells peak on day {reset.car-t.peak-day:value}; B cells fall below {reset.b-blood.nadir} in blood and are back after {reset.b-blood.return-day:interval}. Anti-dsDNA changes by {reset.anti-dsdna.day-90:interval} by day 90, vaccine antibody stays at {reset.vaccine.month-12} of its value at entry.",
    "The price is early: CRS of any grade in {reset.crs.any:interval}, ICANS in {reset.icans.any:interval}. By month 24, {reset.relapse.month-24:interval} relapse; the median time to relapse is {reset.relapse.median-day}.",
  ],
  headline: [
    { row: "remission.month-24", label: "Drug-free remission at month 24" },
    { row: "remission.month-6", label: "Drug-free remission at month 6" },
    { row: "relapse.month-24", label: "Relapse by month 24" },
    { row: "car-t.peak-day", label: "Time of the CAR-T peak" },
    { row: "car-t.peak", label: "CAR-T cells at the peak" },
    { row: "b-blood.nadir", label: "Lowest B cells in blood" },
    { row: "b-blood.return-day", label: "B cells back in blood" },
    { row: "b-node.day-90", label: "B cells in lymph node at day 90, of entry" },
    { row: "anti-dsdna.day-90", label: "Change of anti-dsDNA at day 90" },
    { row: "vaccine.month-12", label: "Vaccine antibody at month 12, of entry" },
    { row: "steroid.cumulative", label: "Cumulative prednisolone" },
  ],
  curves: CURVES,
  horizon: {
    day: 458,
    record: "fixture_2024_cohort",
    text: "The published cohort was followed for a median of 15 months (fixture).",
  },
  milestones: [6, 12, 24].map((month) => ({
    key: String(month),
    label: `${month} months`,
    day: month * (365.25 / 12),
    visit: 28 * Math.round((month * (365.25 / 12)) / 28),
  })),
  products: [{ row: "cells-infused", label: "cells infused", note: "" }],
  remission: {
    id: "in-remission",
    title: "Patients in drug-free remission",
    definition:
      "Drug-free remission: DORIS without PGA (SLE), TIS major response (IIM) or no EUSTAR activity (SSc), without glucocorticoid and immunosuppressant, at the visit. Patients lost to follow-up count as failures.",
    kind: "visits",
    time: "from day 0",
    counted: "patients seen, mean per replicate",
    interval: REPLICATES,
    days: [0, 84, 168, 252, 364, 448, 560, 728],
    none: "no visit",
    curves: [
      shareCurve(
        "reset",
        steps((d) =>
          d < 84 ? 0.1 * (d / 28) : Math.min(0.94, 0.4 + (d - 84) * 0.006) - 0.0001 * Math.max(0, d - 200),
        ),
        [400, 396, 391, 383, 371, 360, 352, 344, 339],
      ),
      shareCurve(
        "rituximab",
        steps((d) => (d < 84 ? 0 : d < 252 ? 0.18 : Math.max(0.07, 0.18 - (d - 252) * 0.0006))),
        [400, 388, 341, 262, 201, 160, 128, 109, 98],
      ),
      shareCurve(
        "continued",
        steps((d) => (d < 112 ? 0 : 0.015)),
        [400, 371, 340, 312, 287, 266, 245, 228, 213],
      ),
    ],
  },
  survival: {
    id: "kept-remission",
    title: "Drug-free remission kept",
    definition: "Kaplan–Meier of the time from the first visit in drug-free remission to its loss.",
    kind: "steps",
    time: "since the first visit in drug-free remission",
    counted: "at risk, mean per replicate",
    interval: "95 % pointwise interval (fixture)",
    days: [0, 84, 168, 252, 364, 448, 560],
    none: "nobody reached it",
    curves: [
      shareCurve("reset", steps((d) => 1 - 0.0003 * d).slice(1, 22), [370, 361, 350, 310, 271, 160, 52]),
      shareCurve("rituximab", steps((d) => Math.max(0.2, 1 - 0.0016 * d)).slice(1, 22), [72, 64, 41, 30, 22, 12, 4]),
    ],
  },
  structures: null,
  measures: [],
  rareHarm: [
    {
      therapy: "CD19 CAR-T",
      disease: "systemic lupus erythematosus",
      name: "death",
      upper: "up to 29 of 100",
      seen: "0 of 11",
      whom: "people with this disease",
    },
  ],
  safety: [
    { row: "crs.any", label: "CRS, any grade", note: "" },
    { row: "crs.grade-2", label: "CRS, grade ≥ 2", note: "treated with tocilizumab" },
    { row: "crs.grade-3", label: "CRS, grade ≥ 3", note: "" },
    { row: "icans.any", label: "ICANS, any grade", note: "dexamethasone from grade 2" },
    { row: "tocilizumab", label: "Given tocilizumab", note: "" },
    { row: "neutropenia.days", label: "Neutrophils below 0.5 G/L", note: "after lymphodepletion" },
    { row: "infection.severe", label: "Severe infections per 100 patient-years", note: "first 24 months" },
    { row: "igg.low", label: "IgG below 4 g/L at any visit", note: "then given IVIG" },
  ],
  published: [
    published("Day of the CAR-T peak", "day", [9.4, 8.6, 10.4], 9, "9 (8–10)", "fitted"),
    published("Duration of B-cell aplasia", "day", [116, 98, 139], 112, "112 ± 47", "fitted"),
    published("CRS, any grade", "%", [73.3, 53.3, 93.3], 73.3, "11 of 15", "predicted"),
    published("CRS, grade ≥ 2", "%", [13.3, 0, 33.3], 6.7, "1 of 15", "predicted"),
    published("ICANS, any grade", "%", [6.7, 0, 20], 6.7, "1 of 15", "predicted"),
    published(
      "DORIS remission at month 6",
      "%",
      [87.5, 62.5, 100],
      100,
      "8 of 8",
      "predicted",
      "reduced: DORIS without PGA",
      "SLE, n = 8",
    ),
    published(
      "Lymph-node B cells cleared",
      "%",
      [100, 91.7, 100],
      100,
      "12 of 12",
      "predicted",
      "biopsies after 1 to 3 months",
      "autoimmune, n = 12",
    ),
    published(
      "CAR-T cells at the peak",
      "cell/uL",
      [86, 31, 240],
      310,
      "310 (61–1,100)",
      "predicted",
      "flow cytometry; assays differ between centres",
      "SLE, n = 5",
    ),
    published(
      "Lymph-node B cells cleared",
      "%",
      [0, 0, 25],
      8.3,
      "1 of 12",
      "predicted",
      "",
      "autoimmune, n = 12",
      "rituximab",
    ),
    published(
      "Change of total IgG at month 12",
      "%",
      [-21, -29, -12],
      -17.5,
      "−17.5",
      "predicted",
      "lymphoma and leukaemia, not autoimmune",
      "adults, n = 39",
    ),
    published(
      "B cells in lymph node at day 90",
      "1",
      [2.2e-7, 3e-8, 1.9e-6],
      1e-6,
      "below 10⁻⁶",
      "predicted",
      "limit of detection",
      "autoimmune, n = 12",
    ),
  ],
  assumptions: {
    method: "first-order Sobol indices by a Saltelli design, 4,096 patients (fixture)",
    outcome: "drug-free remission at month 24 in arm reset",
    rows: [
      {
        parameter: "sanctuary.access",
        about: "Access of CAR-T cells to marrow niches",
        level: "assumed",
        why: "no biopsy series in autoimmune disease",
        share: 31.4,
      },
      {
        parameter: "car-t.proliferation",
        about: "Highest division rate of CAR-T cells",
        level: "assumed",
        why: "fitted in leukaemia, carried over",
        share: 18.2,
      },
      {
        parameter: "autoreactive.clones",
        about: "Number of autoreactive memory clones",
        level: "assumed",
        why: "order of magnitude from repertoire studies",
        share: 12.9,
      },
      {
        parameter: "tolerance.new-b-cells",
        about: "Chance that a new naive B cell turns autoreactive",
        level: "assumed",
        why: "mouse data only",
        share: 9.3,
      },
      {
        parameter: "car-t.half-saturation",
        about: "CAR-T level that gives half the killing",
        level: "assumed",
        why: "no data in tissue",
        share: 4.1,
      },
    ],
    restShare: 9.6,
    chanceShare: 14.5,
    caveat:
      "Shares hold for the ranges given to the parameters; a wider range takes a larger share. Invented for the fixture.",
  },
  constants: [
    {
      part: "score (fixture)",
      name: "threshold",
      about: "border of a score (fixture)",
      value: 2.5,
      unit: "point",
      level: "assumed",
      why: "invented for the fixture",
    },
    {
      part: "manufacture (fixture)",
      name: "failure",
      about: "share of batches that fail (fixture)",
      value: 0.03,
      unit: "1",
      level: "measured",
      why: "nobody-2000",
    },
  ],
  definitions: [
    {
      term: "Drug-free remission",
      text: "Remission by the definition of the disease, at a visit, without glucocorticoid and without immunosuppressant.",
    },
    { term: "Relapse", text: "Loss of remission that needs treatment, decided at a visit." },
    {
      term: "DORIS without PGA",
      text: "Clinical SLEDAI-2K of 0 and prednisolone at most 5 mg/day; the physician's global assessment is not modelled, so the definition is reduced.",
    },
    { term: "B-cell aplasia", text: "Fewer than 1 B cell per µL of blood." },
    {
      term: "Interval",
      text: "Unless said otherwise, the range that holds 90 % of replicates of the same size as the study.",
    },
  ],
  sources: [
    {
      id: "fixture_2024_cohort",
      citation: "Author A, Author B, et al. An invented cohort for the report's fixture. J Fixtures 2024;1:1–9.",
      link: "https://doi.org/10.0000/fixture.2024",
      checked: "identifier not checked",
    },
    {
      id: "fixture_2022_series",
      citation: "Author C, et al. An invented case series. Ann Fixtures 2022;2:10–19.",
      link: "https://doi.org/10.0000/fixture.2022",
      checked: "identifier checked 2000-01-01",
    },
    { id: "fixture_book", citation: "Author D. An invented textbook. Fixture Press, 1999.", link: null, checked: "" },
  ],
  conduct: {
    patients: 3000,
    runs: 9000,
    completed: 8741,
    stopped: 259,
    failed: 0,
    failures: [],
    rejectedDraws: 214,
    rejections: [
      { reason: "disease activity at entry below the criterion", count: 171 },
      { reason: "no steady state with background therapy", count: 29 },
      { reason: "IgG outside 3–25 g/L", count: 14 },
    ],
    largestUndershoot: 3.2,
    undershootAbove: 0,
    undershootLimit: 10,
  },
  limits: [
    "Fifteen published patients cannot tell a good model from a lucky one; agreement is necessary, not sufficient.",
    "Late effects of CAR-T cells (secondary malignancy, long hypogammaglobulinaemia) are unknown and not simulated.",
    "Centre effects, adherence and cost are left out.",
  ],
};

/** The numbers of arms and answer stay; those that stand elsewhere in the report are taken from it anew. */
export function withPageNumbers(data: ReportData): ReportData {
  const own = INVENTED.numbers.map(({ name }) => name);
  const kept = data.numbers.filter(
    ({ name }) => own.includes(name) || !pageNumbers(FIXTURE).some((n) => n.name === name),
  );
  return { ...data, numbers: [...kept, ...pageNumbers(data)] };
}

export const FIXTURE: ReportData = { ...INVENTED, numbers: [...INVENTED.numbers, ...pageNumbers(INVENTED)] };

/** The fixture with eight arms and long names: the most that a study may have. */
export function manyArms(): ReportData {
  const ids = [
    "reset",
    "rituximab",
    "continued",
    "obinutuzumab-twice",
    "belimumab",
    "fcrn-blockade-weekly",
    "anifrolumab",
    "t-cell-engager",
  ];
  const like = (i: number) => FIXTURE.study.arms[i % 3].id;
  const arms = [...FIXTURE.headline, ...FIXTURE.safety, ...FIXTURE.products];
  return withPageNumbers({
    ...FIXTURE,
    study: {
      ...FIXTURE.study,
      arms: ids.map((id, i) => ({
        ...FIXTURE.study.arms[i % 3],
        id,
        label: i < 3 ? FIXTURE.study.arms[i].label : `A longer label of ${id}`,
      })),
    },
    numbers: [
      ...FIXTURE.numbers,
      ...ids.slice(3).flatMap((id, i) =>
        FIXTURE.numbers
          .filter((entry) => entry.name.startsWith(`${like(i)}.`))
          .map((entry) => ({ ...entry, name: id + entry.name.slice(like(i).length) }))
          .filter((entry) => arms.some(({ row }) => entry.name === `${id}.${row}`)),
      ),
    ],
    curves: FIXTURE.curves.map((entry) => ({
      ...entry,
      arms: ids.map((arm, i) => ({ ...entry.arms[i % entry.arms.length], arm })),
    })),
    remission: { ...FIXTURE.remission, curves: ids.map((arm, i) => ({ ...FIXTURE.remission.curves[i % 3], arm })) },
    survival: { ...FIXTURE.survival, curves: ids.map((arm, i) => ({ ...FIXTURE.survival.curves[i % 2], arm })) },
  });
}
