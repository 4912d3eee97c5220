import type { Passport } from "./provenance.js";
import { parseUnit } from "./unit.js";

/** A number with its passport. */
export type Constant = { readonly value: number; readonly unit: string; readonly about: string } & Passport;

/** Constants are checked when the module is made: finite values and units that can be read. */
export function defineConstants<const T extends Readonly<Record<string, Constant>>>(constants: T): T {
  for (const [name, { value, unit, about }] of Object.entries(constants)) {
    if (!Number.isFinite(value)) throw new Error(`constant "${name}" is ${value}; give it a finite value`);
    if (about === "") throw new Error(`constant "${name}" says nothing about itself`);
    parseUnit(unit);
  }
  return constants;
}
