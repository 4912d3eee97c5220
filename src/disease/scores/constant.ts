import { type Passport, parseUnit } from "../../quantity/index.js";

/** A number with its passport. */
export type Constant = { readonly value: number; readonly unit: string; readonly about: string } & Passport;

/** How a patient's number varies between patients; the population draws it, this room only declares it. */
export type Variability =
  | { readonly kind: "normal"; readonly sd: number; readonly lower: number; readonly upper: number }
  | { readonly kind: "lognormal"; readonly cv: number; readonly lower: number; readonly upper: number }
  | { readonly kind: "uniform"; readonly lower: number; readonly upper: number }
  /** The value with this probability, else 0. */
  | { readonly kind: "present"; readonly share: number };

/** A number that differs between patients: nominal value (for lognormal the median), spread and passport. */
export type PatientConstant = Constant & { readonly variability: Variability };

/** Constants are checked when the module is made: finite values and units that can be read. */
export function defineConstants<const T extends Readonly<Record<string, Constant>>>(constants: T): T {
  for (const [name, { value, unit }] of Object.entries(constants)) {
    if (!Number.isFinite(value)) throw new Error(`constant "${name}" is ${value}; give it a finite value`);
    parseUnit(unit);
  }
  return constants;
}
