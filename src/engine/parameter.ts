import type { Passport } from "../quantity/index.js";

/** How a parameter varies between patients; `fixed` does not. Shapes and limits: `docs/notes/virtual-patients.md`. */
export type Variability =
  | { readonly shape: "fixed" }
  | { readonly shape: "lognormal"; readonly cv: number }
  | { readonly shape: "logitnormal"; readonly cv: number }
  | { readonly shape: "normal"; readonly sd: number }
  | { readonly shape: "uniform" }
  /** The value with this probability, else 0. */
  | { readonly shape: "present"; readonly share: number };

export type ParameterDeclaration = Passport & {
  readonly value: number;
  readonly unit: string;
  readonly about: string;
  /** Draws are cut to these limits. */
  readonly bounds: readonly [number, number];
  /** Absent means fixed. Coefficients of variation in percent, standard deviations in the parameter's unit. */
  readonly varies?: Variability;
};

export type Parameters = Readonly<Record<string, ParameterDeclaration>>;

/** What a person makes of a parameter; numbers in its unit, `cv` in per cent. docs/notes/changed-parameters.md */
export type ParameterChange =
  | { readonly value: number }
  | { readonly times: number }
  | { readonly median: number; readonly cv: number }
  | { readonly fixed: number | true };
export type ParameterChanges = Readonly<Record<string, ParameterChange>>;

/** The row after a change: an assumption of whoever changed it. May be faulty (`parameterFaults`). */
export function changeParameter(row: ParameterDeclaration, change: ParameterChange): ParameterDeclaration {
  const { value, unit, about, bounds, varies } = row;
  const reason = `set by the study: ${changeWords(change, unit)} (was ${value} ${unit})`;
  const same = { unit, about, bounds, level: "assumed", reason } as const;
  const varied = varies ? { varies } : {};
  if ("value" in change) return { ...same, ...varied, value: change.value };
  if ("times" in change) return { ...same, ...varied, value: value * change.times };
  if ("fixed" in change) return { ...same, value: change.fixed === true ? value : change.fixed };
  const shape = varies?.shape === "logitnormal" ? "logitnormal" : "lognormal";
  return { ...same, value: change.median, varies: { shape, cv: change.cv } };
}

/** `× 1.2`, `2.2 1/day`, `median 2.2 1/day, CV 40 %`, `fixed`. */
export function changeWords(change: ParameterChange, unit: string): string {
  const plain = (value: number) => (unit === "1" ? `${value}` : `${value} ${unit}`);
  if ("value" in change) return plain(change.value);
  if ("times" in change) return `× ${change.times}`;
  if ("fixed" in change) return change.fixed === true ? "fixed" : `fixed at ${plain(change.fixed)}`;
  return `median ${plain(change.median)}, CV ${change.cv} %`;
}

/** What is wrong with a parameter's value, bounds, variability and passport; empty where nothing is. */
export function parameterFaults(parameter: ParameterDeclaration): readonly string[] {
  const { value, bounds, about, varies } = parameter;
  const [low, high] = bounds;
  const faults: string[] = [];
  if (!(low <= value && value <= high)) faults.push(`value ${value} lies outside its bounds ${low} … ${high}`);
  if (about === "") faults.push("says nothing about itself");
  if (parameter.level === "assumed" ? !parameter.reason : !parameter.source)
    faults.push("has neither source nor reason");
  return varies ? [...faults, ...variabilityFaults(varies, value, low, high)] : faults;
}

/** A draw must be a number inside the bounds whatever the uniform number is, and must differ between patients. */
function variabilityFaults(varies: Variability, value: number, low: number, high: number): string[] {
  const faults: string[] = [];
  const want = (holds: boolean, what: string) => {
    if (!holds) faults.push(`varies as ${varies.shape}: ${what}`);
  };
  const positive = (x: number) => x > 0 && x < Number.POSITIVE_INFINITY;
  switch (varies.shape) {
    case "fixed":
      break;
    case "lognormal":
      want(positive(varies.cv), `cv ${varies.cv} % is not positive`);
      want(value > 0, `value ${value} is not positive`);
      want(low >= 0, `bound ${low} is negative`);
      break;
    case "logitnormal":
      want(positive(varies.cv), `cv ${varies.cv} % is not positive`);
      want(0 < value && value < 1, `value ${value} does not lie between 0 and 1`);
      want(low >= 0 && high <= 1, `bounds ${low} … ${high} reach beyond 0 … 1`);
      break;
    case "normal":
      want(positive(varies.sd), `sd ${varies.sd} is not positive`);
      break;
    case "uniform":
      want(positive(high - low), `bounds ${low} … ${high} are no interval`);
      break;
    case "present":
      want(varies.share > 0 && varies.share <= 1, `share ${varies.share} does not lie above 0 and up to 1`);
      want(low <= 0 && high >= 0, `bounds ${low} … ${high} leave out 0, the value of those without it`);
      break;
    default:
      faults.push(`varies as "${(varies as { shape: string }).shape}", which is no shape`);
  }
  return faults;
}
