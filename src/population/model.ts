import { immuneSystem } from "../biology/index.js";
import { type AnyDisease, type DiseaseId, diseaseModules, diseases } from "../disease/index.js";
import {
  assemble,
  type Correlation,
  changeParameter,
  defineModule,
  interpret,
  type Module,
  type ParameterChanges,
  type Parameters,
  planKernels,
  Runner,
  type System,
  type SystemParameter,
} from "../engine/index.js";
import { type AnyTherapy, backgroundTherapies, therapyModules } from "../therapy/index.js";

const background: readonly Module[] = backgroundTherapies.flatMap(({ modules }) => modules);

/** What is integrated: the immune system, the background therapy, the tissue of the disease, and what is given, with parameters as the study changes them. Each module once, by name. */
export function modulesFor(
  disease: AnyDisease,
  given: readonly AnyTherapy[],
  changes: ParameterChanges = {},
): readonly Module[] {
  const chosen = new Set([
    ...immuneSystem,
    ...background,
    ...disease.modules,
    ...given.flatMap(({ modules }) => modules),
  ]);
  const modules = withRows(
    [...chosen].sort((a, b) => (a.name < b.name ? -1 : 1)),
    disease,
  );
  return modules.map((module) => withChanges(module, changes));
}

/** Rows as a study changes them; names that are not in the module are another's. */
function withChanges(module: Module, changes: ParameterChanges): Module {
  const rows = module.declaration.parameters ?? {};
  const own = Object.keys(rows).filter((name) => Object.hasOwn(changes, name));
  if (own.length === 0) return module;
  const changed = Object.fromEntries(own.map((name) => [name, changeParameter(rows[name]!, changes[name]!)]));
  return defineModule(module.name, { ...module.declaration, parameters: { ...rows, ...changed } });
}

/** One name per set of modules: what compiled models are kept under. */
export const modelKey = (disease: AnyDisease, given: readonly AnyTherapy[]): string =>
  [disease.id, ...new Set(given.flatMap(({ modules }) => modules.map(({ name }) => name)))].sort().join(" ");

/** Rows of parameters that a disease replaces stand where the module declares them, so that whoever reads a value reads its passport with it. */
function withRows(modules: readonly Module[], { id, overrides }: Pick<AnyDisease, "id" | "overrides">): Module[] {
  const left = new Set(Object.keys(overrides));
  const changed = modules.map((module) => {
    const own = Object.keys(module.declaration.parameters ?? {}).filter((name) => left.has(name));
    if (own.length === 0) return module;
    const rows: Parameters = Object.fromEntries(own.map((name) => [name, overrides[name]!]));
    for (const name of own) left.delete(name);
    return defineModule(module.name, {
      ...module.declaration,
      parameters: { ...module.declaration.parameters, ...rows },
    });
  });
  if (left.size > 0) throw new Error(`disease "${id}" replaces parameters that there are not: ${[...left].join(", ")}`);
  return changed;
}

/** Every module of the product, with the defaults of the immune system: for lists and for tests. */
export const allModules: readonly Module[] = [...immuneSystem, ...therapyModules, ...diseaseModules];

/** Everything at once. No arm needs it: it shows that all catalogues fit together. */
export const wholeModel = (): System => assemble(allModules);

/** What virtual patients with one disease are drawn from: rows of parameters, and the steady state that they imply. */
export interface PatientSource {
  readonly disease: AnyDisease;
  /** By name; those of what is given too. */
  readonly rows: ReadonlyMap<string, SystemParameter>;
  /** Derived constants, and the initial state, of drawn parameters. */
  readonly derive: (parameters: ReadonlyMap<string, number>) => ReadonlyMap<string, number>;
  readonly initial: (parameters: ReadonlyMap<string, number>) => ReadonlyMap<string, number>;
  readonly refuses: readonly NonNullable<AnyTherapy["refuses"]>[];
  /** Of parameters that are there. */
  readonly correlations: readonly Correlation[];
}

/** `given`: everything that any arm can give. It adds rows, and may refuse a draw; it has no part in the steady state. */
export function patientSource(
  id: DiseaseId,
  given: readonly AnyTherapy[],
  changes: ParameterChanges = {},
  correlations: readonly Correlation[] = [],
): PatientSource {
  const disease = diseases[id];
  const system = assemble(modulesFor(disease, [], changes));
  const runner = new Runner(interpret(planKernels(system, [])), { rtol: 1e-6 });
  const known = new Set(system.parameters.map(({ name }) => name));
  const mine = (parameters: ReadonlyMap<string, number>) =>
    new Map([...parameters].filter(([name]) => known.has(name)));
  const rows = new Map(assemble(modulesFor(disease, given, changes)).parameters.map((row) => [row.name, row]));
  return {
    disease,
    rows,
    correlations: correlations.filter(({ between }) => between.every((name) => rows.has(name))),
    derive: (parameters) => runner.derive(mine(parameters)),
    initial: (parameters) => runner.initial(mine(parameters)),
    refuses: [...new Set(given)].flatMap(({ refuses }) => refuses ?? []),
  };
}
