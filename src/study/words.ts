/** The words of a study file and their limits: the one list that types, checks, hints and documentation read. */

/** Times are in days everywhere inside; these are the units a file may write them in. */
export const TIME_UNITS = ["day", "week", "month", "year"] as const;

/** The earliest time of a step, relative to infusion (day 0). */
export const EARLIEST_DAY = -365;
export const MOST_VISITS = 400;
export const MOST_ARMS = 8;
export const LONGEST_ID = 60;

export const DISEASES = {
  sle: { label: "systemic lupus erythematosus" },
  iim: { label: "idiopathic inflammatory myopathy" },
  ssc: { label: "systemic sclerosis" },
} as const;

/** `low … high` is what a score can be at all; a criterion outside it excludes everybody. MMT-8 is scored on both sides, 0 … 150. */
export const CRITERIA = {
  sledai: { about: "SLEDAI-2K", disease: "sle", low: 0, high: 105, whole: false },
  mrss: { about: "modified Rodnan skin score", disease: "ssc", low: 0, high: 51, whole: false },
  mmt8: { about: "manual muscle test of eight muscles", disease: "iim", low: 0, high: 150, whole: false },
  "prior-lines": { about: "therapies failed before", disease: null, low: 0, high: Infinity, whole: true },
  age: { about: "age in years", disease: null, low: 0, high: 120, whole: false },
  weight: { about: "body weight in kg", disease: null, low: 0, high: 500, whole: false },
} as const;

export const OPERATORS = [">=", "<=", ">", "<"] as const;

/** What may be given: `dose` is null where the step has none of its own. */
export const ADMINISTRATIONS = {
  leukapheresis: { label: "leukapheresis", dose: null },
  "flu-cy": { label: "fludarabine 3 × 25 mg/m² and cyclophosphamide 1 g/m²", dose: null },
  "cd19-car-t": { label: "CD19 CAR-T cells", dose: { unit: "cell/kg", low: 1e3, high: 1e9 } },
  rituximab: { label: "rituximab", dose: { unit: "mg", low: 1, high: 5000 } },
  tocilizumab: { label: "tocilizumab", dose: { unit: "mg/kg", low: 1, high: 20 } },
  dexamethasone: { label: "dexamethasone", dose: { unit: "mg", low: 0.1, high: 100 } },
} as const;

export const RULES = {
  "tocilizumab-at-crs-2": "tocilizumab when cytokine release syndrome reaches grade 2",
  "dexamethasone-at-icans-2": "dexamethasone when neurotoxicity (ICANS) reaches grade 2",
  "ivig-at-igg-4": "immunoglobulin replacement when IgG falls below 4 g/L",
  "rescue-at-relapse": "rescue therapy at relapse",
} as const;

export const MISSING_AFTER_DROPOUT = ["counts-as-failure", "excluded"] as const;

/** `Object.keys` that keeps the names' type; for the lists of this file only. */
export const namesOf = <T extends object>(list: T): readonly (keyof T & string)[] =>
  Object.keys(list) as (keyof T & string)[];
