import { diseases } from "../../disease/index.js";
import { QuantileCounter } from "../../statistics/index.js";
import type { Study } from "../../study/index.js";
import { type CurveOutput, curveOutputs, diseasesIn, type TrialCase } from "../../trial/index.js";
import type { Curve } from "../data.js";

interface CurvePlan {
  readonly id: string;
  readonly title: string;
  readonly output: CurveOutput;
  readonly unit: string;
  readonly scale: Curve["scale"];
  readonly floor: number | null;
  readonly note: string;
  readonly until?: number;
  readonly only?: (c: TrialCase) => boolean;
  readonly factor?: number;
}

/** Days of the charts of the first weeks. */
const EARLY = 90;

/** The autoantibody of each disease, and of all where there are several. */
const autoantibodies = (study: Study): CurvePlan[] => {
  const ids = diseasesIn(study);
  const common = { output: "AAb", unit: "% of baseline", scale: "log", floor: 0.1 } as const;
  const own = ids.map((id): CurvePlan => {
    const { autoantibody, short } = diseases[id];
    return {
      ...common,
      id: `autoantibody-${id}`,
      title: `${autoantibody.label.slice(0, 1).toUpperCase()}${autoantibody.label.slice(1)}, ${short}`,
      only: ({ patient }) => patient.disease === id,
      note: "From plasmablasts, short- and long-lived plasma cells; the share of each is an assumption of the disease.",
    };
  });
  if (ids.length === 1) return own;
  return [
    ...own,
    {
      ...common,
      id: "autoantibody",
      title: "Autoantibody, all diseases",
      note: "Shares of long-lived plasma cells differ between the diseases, by assumption.",
    },
  ];
};

const plansOf = (study: Study): readonly CurvePlan[] => [
  {
    id: "b-cells-blood",
    title: "B cells in blood",
    output: "Bblood",
    unit: "cells/µL",
    scale: "log",
    floor: 0.001,
    note: "Below 1/µL a laboratory reports none.",
  },
  {
    id: "b-cells-lymph-node",
    title: "B cells in lymph node",
    output: "Bln",
    unit: "% of baseline",
    scale: "log",
    floor: 1e-4,
    factor: 100,
    note: "Mature cells, share of each patient's own baseline.",
  },
  {
    id: "car-t-early",
    title: "CAR-T cells in blood",
    output: "CARblood",
    unit: "cells/µL",
    scale: "log",
    floor: 0.01,
    until: EARLY,
    note: "Expansion and contraction.",
  },
  {
    id: "car-t",
    title: "CAR-T cells in blood",
    output: "CARblood",
    unit: "cells/µL",
    scale: "log",
    floor: 1e-4,
    note: "Persistence; far below detection late in the study.",
  },
  ...autoantibodies(study),
  {
    id: "vaccine",
    title: "Vaccine antibody",
    output: "VAb",
    unit: "% of baseline",
    scale: "linear",
    floor: null,
    note: "From long-lived plasma cells, which carry no CD19.",
  },
  {
    id: "igg",
    title: "Total IgG",
    output: "IgG",
    unit: "g/L",
    scale: "linear",
    floor: null,
    note: "Immunoglobulin is given below 4 g/L.",
  },
  {
    id: "activity",
    title: "Disease activity",
    output: "INF",
    unit: "relative to baseline",
    scale: "linear",
    floor: null,
    note: "Organ inflammation, 1 = this patient's level on background therapy.",
  },
  {
    id: "neutrophils",
    title: "Neutrophils",
    output: "ANC",
    unit: "10⁹/L",
    scale: "linear",
    floor: null,
    until: EARLY,
    note: "Flu/Cy and inflammation.",
  },
];

/** Up to a day that the study does not pass, the early part is the whole. */
const plansFor = (study: Study, until: number): readonly CurvePlan[] =>
  plansOf(study)
    .filter(({ id }) => id !== "car-t-early" || until > EARLY)
    .map((plan) =>
      plan.until !== undefined && until > plan.until
        ? { ...plan, title: `${plan.title}, first ${plan.until} days` }
        : plan,
    );

/** Median and 5–95 % band over all virtual patients who are still observed, per arm and day. Arms in which the quantity is always zero are left out. */
export class CurveCounter {
  private readonly plans: readonly {
    readonly plan: CurvePlan;
    readonly column: number;
    readonly rows: readonly { readonly day: number; readonly row: number }[];
    readonly arms: ReadonlyMap<string, readonly QuantileCounter[]>;
  }[];

  constructor(study: Study, days: readonly number[]) {
    const arms = Object.keys(study.arms);
    const until = days[days.length - 1]!;
    this.plans = plansFor(study, until).map((plan) => {
      const rows = days
        .map((day, row) => ({ day, row }))
        .filter(({ day }) => plan.until === undefined || (day >= -7 && day <= plan.until));
      return {
        plan,
        column: curveOutputs.indexOf(plan.output),
        rows,
        arms: new Map(arms.map((arm) => [arm, rows.map(() => new QuantileCounter())])),
      };
    });
  }

  add(c: TrialCase): void {
    const { curves, arm } = c.run;
    for (const { plan, column, rows, arms } of this.plans) {
      if (plan.only && !plan.only(c)) continue;
      const counters = arms.get(arm)!;
      rows.forEach(({ row }, i) => {
        const value = curves[row * curveOutputs.length + column]!;
        // The integration may leave a negative rounding error where nothing is.
        if (!Number.isNaN(value)) counters[i]!.add(Math.max(0, value) * (plan.factor ?? 1));
      });
    }
  }

  curves(): Curve[] {
    return this.plans.flatMap(({ plan, rows, arms }) => {
      const drawn = [...arms].flatMap(([arm, counters]) => {
        const at = (p: number) => counters.map((counter) => counter.quantile(p));
        const high = at(0.95);
        return high.some((value) => value > 0) ? [{ arm, median: at(0.5), low: at(0.05), high }] : [];
      });
      if (drawn.length === 0) return [];
      const { id, title, unit, scale, floor, note } = plan;
      return [
        {
          id,
          title,
          unit,
          scale,
          floor,
          note,
          band: "5–95 % of virtual patients",
          days: rows.map(({ day }) => day),
          arms: drawn,
        },
      ];
    });
  }
}
