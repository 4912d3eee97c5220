/** What a study file may ask for by name: everything that the models of its diseases and of what its arms give can compute. */
import { immuneSystem } from "../biology/index.js";
import { type DiseaseId, diseases } from "../disease/index.js";
import { EXPORTING_PARTS, type Module } from "../engine/index.js";
import { type AnyTherapy, backgroundTherapies } from "../therapy/index.js";

/** Units by name. */
export type OutputUnits = ReadonlyMap<string, string>;

export function outputUnits(inStudy: readonly DiseaseId[], given: readonly AnyTherapy[]): OutputUnits {
  const modules: Module[] = [
    ...immuneSystem,
    ...[...backgroundTherapies, ...given].flatMap((therapy) => therapy.modules),
    ...inStudy.flatMap((id) => diseases[id].modules),
  ];
  return new Map(
    modules.flatMap(({ declaration }) =>
      EXPORTING_PARTS.flatMap((part) =>
        Object.entries(declaration[part] ?? {}).map(([name, { unit }]): [string, string] => [name, unit]),
      ),
    ),
  );
}
