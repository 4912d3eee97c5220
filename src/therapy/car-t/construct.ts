import { defineModule, type Module, type ModuleDeclaration, type Parameters, withSuffix } from "../../engine/index.js";
import type { Dose } from "../dose.js";
import { defineTherapy, type Recipient } from "../therapy.js";
import { cells } from "./cells.js";
import { killing } from "./killing.js";
import { rejection } from "./rejection.js";
import { safetySwitch } from "./safety-switch.js";
import { carTShared, sharedParameters } from "./shared.js";
import { type Target, targets } from "./targets.js";

export type { Target } from "./targets.js";

/** How a CAR-T product is made. Costimulation, vector and source act through `own` parameters only. */
export interface Construct {
  readonly target: Target;
  readonly costimulation: "4-1bb" | "cd28";
  readonly vector: "lentiviral" | "mrna";
  readonly source: "autologous" | "allogeneic";
  /**
   * Behind the names of all that is this product's alone, so that two products in one arm keep their own targets. Empty for one construct at most.
   * A construct with `own` parameters needs one.
   */
  readonly suffix: string;
  /** In place of the numbers that all constructs share. */
  readonly own?: Parameters;
  readonly rejection?: true;
  readonly safetySwitch?: true;
}

/** Modules of one construct: the shared numbers of the patient, the cells and what they kill. */
export function carTModules({
  target,
  suffix,
  own = {},
  ...options
}: Pick<Construct, "target" | "suffix" | "own" | "rejection" | "safetySwitch">): readonly Module[] {
  const replaced = Object.keys(own);
  const unknown = replaced.filter((name) => !Object.hasOwn(sharedParameters, name));
  if (unknown.length > 0) throw new Error(`not numbers of CAR-T cells: ${unknown.join(", ")}`);
  if (replaced.length > 0 && suffix === "") throw new Error("a construct with numbers of its own needs a suffix");
  const family: Record<string, ModuleDeclaration> = {
    "car-t-cells": { ...cells(replaced), parameters: own },
    "car-t-killing": killing(target, replaced),
    ...(options.rejection ? { "car-t-rejection": rejection } : {}),
    ...(options.safetySwitch ? { "car-t-safety-switch": safetySwitch } : {}),
  };
  // Own numbers are declared with the cells, and read by the killing too.
  const reading = replaced.length === 0 ? family : withInputs(family, own);
  const named =
    suffix === ""
      ? reading
      : withSuffix(reading, suffix, { rename: (kind, name) => kind !== "parameters" || replaced.includes(name) });
  return [
    carTShared,
    ...targets[target].modules,
    ...Object.entries(named).map(([name, declaration]) => defineModule(name, declaration)),
  ];
}

function withInputs(family: Record<string, ModuleDeclaration>, own: Parameters): Record<string, ModuleDeclaration> {
  const units = Object.fromEntries(Object.entries(own).map(([name, { unit }]) => [name, unit]));
  const killers = family["car-t-killing"]!;
  return { ...family, "car-t-killing": { ...killers, inputs: { ...killers.inputs, ...units } } };
}

const POOLS = ["Eb", "El", "Es", "Em", "Mb", "Mt"] as const;

/**
 * An infusion of `cellsPerKg`: the share `feng` of it founds the expansion, in blood, the share `fmem` of that as memory cells.
 * Fitness and CAR expression become the mean over old and new cells (model-details section 5, 13.3).
 */
export function infusion(at: number, cellsPerKg: number, who: Recipient, suffix: string, own: Parameters): Dose[] {
  const number = (name: string) => who.constant(Object.hasOwn(own, name) ? name + suffix : name);
  const fresh = cellsPerKg * who.constant("BW") * number("feng");
  const memory = number("fmem");
  const label = "CAR-T infusion";
  const among = POOLS.map((pool) => pool + suffix);
  return [
    ...["Fit", "Q"].map((state) => ({ at, label, blend: state + suffix, value: 1, amount: fresh, among })),
    { at, label, into: `Eb${suffix}`, amount: fresh * (1 - memory) },
    { at, label, into: `Mb${suffix}`, amount: fresh * memory },
  ];
}

/** A CAR-T product as a therapy. */
export function carT<const Id extends string>(
  id: Id,
  {
    label,
    about,
    evidence,
    alsoCalled,
    ...construct
  }: Construct & {
    readonly label: string;
    readonly about: string;
    readonly evidence: string;
    readonly alsoCalled: readonly string[];
  },
) {
  const { suffix, own = {} } = construct;
  return defineTherapy(id, {
    label,
    about,
    evidence,
    alsoCalled,
    modules: carTModules(construct),
    dose: { unit: "cell/kg", low: 1e3, high: 1e9, usual: 1e6 },
    give: (at, dose, who) => infusion(at, dose, who, suffix, own),
    course: "cells",
    refuses: (value) =>
      value("dM") > value("pM") / (1 + value("K7")) ? null : "memory CAR-T cells would never decline (dM, pM)",
  });
}
