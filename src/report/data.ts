/**
 * Everything a report shows, as plain data: `report.html` is a pure function of this value, and `summary.json` is its `numbers`.
 * A number that the page prints is looked up in `numbers` by name, so page and file cannot differ.
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
  /** What `low` and `high` are, for example "5–95 % of virtual patients" or "90 % of replicates of the same size". */
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

export interface SurvivalCurve {
  readonly arm: string;
  /** Right-continuous steps: from `day` on, the value is `value`. */
  readonly steps: readonly {
    readonly day: number;
    readonly value: number;
    readonly low: number;
    readonly high: number;
  }[];
  readonly atRisk: readonly { readonly day: number; readonly n: number }[];
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
    }[];
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
  readonly headline: readonly { readonly row: string; readonly label: string }[];
  readonly curves: readonly Curve[];
  /** Observation ends here (median follow-up of the published cohort); right of it the page is shaded as extrapolation. */
  readonly horizon: { readonly day: number; readonly record: string; readonly text: string } | null;
  readonly survival: {
    readonly title: string;
    readonly definition: string;
    /** What `low` and `high` are, for example "95 % pointwise, log-log". */
    readonly interval: string;
    readonly curves: readonly SurvivalCurve[];
  };
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
  };
  readonly limits: readonly string[];
}

/** Predicted (median, 90 % interval over replicates of the same size) against published. */
export interface PublishedRow {
  readonly endpoint: string;
  readonly population: string;
  readonly arm: string;
  readonly unit: string;
  readonly predicted: { readonly median: number; readonly low: number; readonly high: number };
  readonly published: {
    readonly value: number;
    readonly text: string;
    readonly verification: string;
    readonly record: string;
  };
  /** Whether the published value lies inside the predicted interval. */
  readonly inside: boolean;
  /** `fitted`: it was a calibration target of the parameters; `predicted`: it was not. */
  readonly label: "fitted" | "predicted";
  readonly note: string;
}
