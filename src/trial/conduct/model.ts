import { diseases } from "../../disease/index.js";
import {
  assemble,
  type Backend,
  compileWasm,
  instantiateWasm,
  interpret,
  type Kernels,
  planKernels,
  type System,
} from "../../engine/index.js";
import { modelKey, modulesFor } from "../../population/index.js";
import { type Arm, changesFor, type Disease, type Study } from "../../study/index.js";
import { type AnyTherapy, ruleOf, therapyOf } from "../../therapy/index.js";
import { askedOutputs } from "./courses.js";
import { trialOutputs } from "./outputs.js";

export type BackendName = "wasm" | "interpreter";

/** Two patients share every instruction; docs/notes/speed.md. */
export const LANES = 2;

/** What an arm can give: its own steps, and what its rules bring. Background therapy is part of every model. */
export const givenIn = (arm: Arm): AnyTherapy[] => [
  ...new Set([...arm.give.map(({ give }) => therapyOf(give)), ...arm.rules.flatMap((rule) => ruleOf(rule).brings)]),
];

/** One set of modules, planned for the outputs of a trial. */
export interface ArmModel {
  readonly key: string;
  readonly system: System;
  readonly kernels: Kernels;
}

export const diseasesIn = (study: Study): Disease[] => [...new Set(study.population.map(({ disease }) => disease))];

/** Compiled modules by the key of their model: what a worker is handed. */
export type CompiledModels = Readonly<Record<string, WebAssembly.Module>>;

/**
 * The models of a study: one for each set of modules that a patient with one of its diseases meets in one of its arms. What an arm does not use is not in its
 * model, so it changes no bit. Two arms with the same set share one.
 */
export class TrialModels {
  private readonly models = new Map<string, ArmModel>();
  private readonly asked: readonly string[];

  constructor(
    private readonly study: Study,
    readonly backend: BackendName,
    private readonly compiled: CompiledModels = {},
  ) {
    this.asked = askedOutputs(study);
  }

  /** The equations and rows of an arm in a disease, not planned. */
  systemOf(arm: string, disease: Disease): System {
    return assemble(
      modulesFor(diseases[disease], givenIn(this.study.arms[arm]!), changesFor(this.study, disease, arm)),
    );
  }

  of(arm: string, disease: Disease): ArmModel {
    const own = this.study.arms[arm]!;
    // An arm with numbers of its own has a model of its own.
    const key = modelKey(diseases[disease], givenIn(own)) + (own.parameters ? ` in ${arm}` : "");
    let model = this.models.get(key);
    if (!model) {
      const system = this.systemOf(arm, disease);
      model = {
        key,
        system,
        kernels: planKernels(system, [...trialOutputs, ...this.asked.filter((name) => system.units.has(name))]),
      };
      this.models.set(key, model);
    }
    return model;
  }

  all(): readonly ArmModel[] {
    for (const arm of Object.keys(this.study.arms)) for (const disease of diseasesIn(this.study)) this.of(arm, disease);
    return [...this.models.values()];
  }

  /** For workers: compiled once for all of them. */
  compile(): CompiledModels {
    if (this.backend === "interpreter") return {};
    return Object.fromEntries(
      this.all().map(({ key, kernels }) => [key, this.compiled[key] ?? compileWasm(kernels, LANES)]),
    );
  }

  backendOf({ key, kernels }: ArmModel): Backend {
    if (this.backend === "interpreter") return interpret(kernels);
    const module = this.compiled[key];
    return instantiateWasm(kernels, { lanes: LANES, ...(module ? { module } : {}) });
  }
}
