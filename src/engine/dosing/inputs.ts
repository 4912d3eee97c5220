import type { Kernels } from "../compile/kernels.js";
import { defineModule, type Module } from "../module.js";

const inputOf = (state: string): string => `${state}_input`;

/** The same module with an input of each named state: a control, in units of the state per day, that infusions set. Throws a RangeError for a name that is no state of it. */
export function withInputs(module: Module, states: readonly string[]): Module {
  const { declaration } = module;
  const own = declaration.states ?? {};
  const missing = states.filter((name) => !Object.hasOwn(own, name));
  if (missing.length > 0) throw new RangeError(`${module.name} has no state ${missing.join(", ")}`);
  const chosen = new Set(states);
  return defineModule(module.name, {
    ...declaration,
    controls: {
      ...declaration.controls,
      ...Object.fromEntries(
        [...chosen].map((name) => [
          inputOf(name),
          { unit: `${own[name]!.unit}/day`, about: `infusion into ${name}`, initial: "0" },
        ]),
      ),
    },
    states: Object.fromEntries(
      Object.entries(own).map(([name, state]) => [
        name,
        chosen.has(name)
          ? { ...state, rate: state.rate === undefined ? inputOf(name) : `(${state.rate}) + ${inputOf(name)}` }
          : state,
      ]),
    ),
  });
}

/** Control of the input, by state, of a model's states that have one. */
export function inputsOf({ states, parameters, controls }: Kernels): ReadonlyMap<string, string> {
  const names = new Set(controls.map(({ parameter }) => parameters[parameter]!));
  return new Map(states.filter((name) => names.has(inputOf(name))).map((name) => [name, inputOf(name)]));
}
