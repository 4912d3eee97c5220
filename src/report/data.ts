/**
 * Everything a report shows, as plain data: `report.html` is a pure function of this value, and `summary.json` is its `numbers`.
 * A number that the page prints is looked up in `numbers` by name (`page-numbers.ts` gives those that stand elsewhere in this value too), so page and file cannot differ.
 */
export interface SummaryNumber {
  /** Dotted name, for example `reset.car-t.peak-day`. */
  readonly name: string;
  /** Plain words, for a table row or a sentence. */
  readonly about: string;
  readonly value: number | null;
  readonly unit: string;
  /** Ends of the interval named in `interval`; null where there is none. */
  readonly low: number | null;
  readonly high: number | null;
  /** What `low` and `high` are, for example "5–95 % of virtual patients" or "90 % of replicates"; where there is no interval, why. */
  readonly interval: string | null;
}

export interface ArmInfo {
  readonly id: string;
  readonly label: string;
  /** What is given and when, one line each. */
  readonly steps: readonly string[];
}

/** One quantity over time, per arm: median and band over all virtual patients. */
export interface Curve {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly scale: "linear" | "log";
  /** What `low` and `high` are, for example "5–95 % of virtual patients". */
  readonly band: string;
  /** Lower limit of a log axis: values below are drawn at the limit and the caption says so. */
  readonly floor: number | null;
  readonly note: string;
  readonly days: readonly number[];
  readonly arms: readonly {
    readonly arm: string;
    readonly median: readonly number[];
    readonly low: readonly number[];
    readonly high: readonly number[];
  }[];
}

/** A share of patients over time in one arm, 0 … 1. */
export interface ShareCurve {
  readonly arm: string;
  /** By day. `low`, `high`: null where there is no interval; `n`: patients that the share is of, mean per replicate. */
  readonly points: readonly {
    readonly day: number;
    readonly value: number;
    readonly low: number | null;
    readonly high: number | null;
    readonly n: number;
  }[];
}

/** Such shares of all arms: one drawing, one table. */
export interface ShareOverTime {
  /** In names of numbers: `${arm}.${id}.day-180`, and the patients behind it: `${arm}.${id}-n.day-180`. */
  readonly id: string;
  readonly title: string;
  readonly definition: string;
  /** `steps`: the value holds until the next day; `visits`: seen at visits, joined by lines. */
  readonly kind: "steps" | "visits";
  /** What the days count from. */
  readonly time: string;
  /** What `n` counts. */
  readonly counted: string;
  /** What `low` and `high` are. */
  readonly interval: string;
  /** Days of the table; an arm has a row entry where it has a point on that day. */
  readonly days: readonly number[];
  readonly curves: readonly ShareCurve[];
  /** Said of arms without a curve. */
  readonly none: string;
}

export interface ReportData {
  readonly study: {
    readonly id: string;
    readonly title: string;
    readonly question: string;
    readonly population: readonly {
      readonly disease: string;
      readonly label: string;
      readonly n: number;
      readonly include: readonly string[];
      /** Parameters that differ for these patients, in words. */
      readonly changes: readonly string[];
    }[];
    /** Parameters that differ for everybody, in words. */
    readonly changes: readonly string[];
    readonly arms: readonly ArmInfo[];
    readonly untilDay: number;
  };
  readonly run: {
    readonly version: string;
    readonly date: string;
    readonly seed: number;
    readonly replicates: number;
    readonly backend: string;
    readonly tolerance: number;
    readonly studyHash: string;
    readonly resultHash: string;
    readonly repeat: string;
  };
  readonly numbers: readonly SummaryNumber[];
  /** The short answer: sentences whose `{name}` places are filled from `numbers` with value and unit, `{name:interval}` with the interval too, `{name:value}` with the value alone. */
  readonly answer: readonly string[];
  /** Names of the numbers for the headline table, one row per number, one column per arm: `${arm}.${row}`. */
  readonly headline: readonly { readonly row: string; readonly label: string; readonly note?: string }[];
  readonly curves: readonly Curve[];
  /** Observation ends here (median follow-up of the published cohort); right of it the page is shaded as extrapolation. */
  readonly horizon: { readonly day: number; readonly record: string; readonly text: string } | null;
  /** What published counts of rare harm cannot rule out, for what the study gives; empty where it gives no cells. In words: these are no numbers of the trial. */
  readonly rareHarm: readonly {
    readonly therapy: string;
    readonly disease: string;
    readonly name: string;
    /** `up to 29 of 100`, or that nobody has read a count. */
    readonly upper: string;
    /** `0 of 11`, and other counts that are not added. */
    readonly seen: string;
    /** In whom it was counted. */
    readonly whom: string;
  }[];
  /** Times at which results are reported: the months that the study has, and its last visit. `visit`: day of the visit that is read, null where none is near enough. */
  readonly milestones: readonly {
    readonly key: string;
    readonly label: string;
    readonly day: number;
    readonly visit: number | null;
  }[];
  /** Who is in drug-free remission at each visit. */
  readonly remission: ShareOverTime;
  /** Who is still free of its loss, by the time since it was reached. */
  readonly survival: ShareOverTime;
  /** Rows that count what became of the cells: `${arm}.${row}` in `numbers`; empty where no arm plans cells. */
  readonly products: readonly { readonly row: string; readonly label: string; readonly note: string }[];
  /** Our own model beside published ones; null where the study has no peer. Curves have structures in place of arms: `${structure}.curve.${arm}-${quantity}`. */
  readonly structures: {
    readonly structures: readonly { readonly id: string; readonly label: string }[];
    /** False where the study runs peers only: the page then has nothing else to show. */
    readonly own: boolean;
    readonly arms: readonly { readonly arm: string; readonly label: string; readonly curves: readonly Curve[] }[];
    readonly peers: readonly {
      readonly id: string;
      readonly title: string;
      readonly failed: number;
      readonly notFollowed: readonly string[];
      readonly alone: readonly string[];
      readonly limits: readonly string[];
    }[];
    readonly oursAlone: readonly string[];
  } | null;
  /** Rows of the measures that the study declares: `${arm}.${row}` in `numbers`; empty where it declares none. */
  readonly measures: readonly { readonly row: string; readonly label: string; readonly note: string }[];
  /** Rows of the safety table: `${arm}.${row}` in `numbers`. */
  readonly safety: readonly { readonly row: string; readonly label: string; readonly note: string }[];
  readonly published: readonly PublishedRow[];
  readonly assumptions: {
    readonly method: string;
    readonly outcome: string;
    /** Shares in percent; with `rest` and `chance` they sum to 100. */
    readonly rows: readonly {
      readonly parameter: string;
      readonly about: string;
      readonly level: string;
      readonly why: string;
      readonly share: number;
    }[];
    readonly restShare: number;
    /** Share of chance: what differs between patients with equal parameters; 0 where the method has no such part. */
    readonly chanceShare: number;
    readonly caveat: string;
  };
  /** Numbers that do not vary between patients: of scores, manufacture, rules and conduct. */
  readonly constants: readonly {
    readonly part: string;
    readonly name: string;
    readonly about: string;
    readonly value: number;
    readonly unit: string;
    readonly level: string;
    /** Source, or the reason of an assumption. */
    readonly why: string;
  }[];
  readonly definitions: readonly { readonly term: string; readonly text: string }[];
  readonly sources: readonly {
    readonly id: string;
    readonly citation: string;
    readonly link: string | null;
    readonly checked: string;
  }[];
  readonly conduct: {
    readonly patients: number;
    readonly runs: number;
    readonly completed: number;
    readonly stopped: number;
    readonly failed: number;
    readonly failures: readonly { readonly reason: string; readonly count: number }[];
    readonly rejectedDraws: number;
    readonly rejections: readonly { readonly reason: string; readonly count: number }[];
    /** How far a state that should not be negative fell below zero at most, in units of its absolute tolerance. */
    readonly largestUndershoot: number;
    /** Runs in which it fell further than `undershootLimit`. */
    readonly undershootAbove: number;
    readonly undershootLimit: number;
  };
  readonly limits: readonly string[];
}

/** Predicted (median and 90 % interval of cohorts of the published size and diseases, drawn from the simulated patients) against published. */
export interface PublishedRow {
  /** In names of numbers: `published.${id}.predicted` and `published.${id}.published`. */
  readonly id: string;
  readonly endpoint: string;
  readonly population: string;
  readonly arm: string;
  readonly unit: string;
  /** `value`: the median of the drawn cohorts; without an interval, the mean of the simulated patients. `patients`: simulated patients with a value. */
  readonly predicted: {
    readonly value: number;
    readonly low: number | null;
    readonly high: number | null;
    readonly patients: number;
  };
  /** `low`, `high`: exact 95 % interval of a proportion, null where the record does not count patients. */
  readonly published: {
    readonly value: number;
    readonly low: number | null;
    readonly high: number | null;
    readonly text: string;
    readonly verification: string;
    readonly record: string;
  };
  /** Whether the published value lies inside the predicted interval; null where there is no interval. */
  readonly inside: boolean | null;
  /** Why there is no interval; empty where there is one. */
  readonly noInterval: string;
  /** `fitted`: it was a calibration target of the parameters; `predicted`: it was not. */
  readonly label: "fitted" | "predicted";
  readonly note: string;
}
