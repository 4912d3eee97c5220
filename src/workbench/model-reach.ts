import { type AnyDisease, diseases } from "../disease/index.js";
import type { ModelReach } from "../evidence/index.js";
import { givenTherapies } from "../therapy/index.js";

/** What a study file can name, in the words of the evidence records: from the catalogues. */
export const modelReach = (): ModelReach => ({
  diseases: new Map(Object.values<AnyDisease>(diseases).map(({ id, severity }) => [id, severity])),
  therapies: new Set(givenTherapies.flatMap(({ evidence }) => evidence ?? [])),
});
