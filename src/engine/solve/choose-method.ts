import type { RosenbrockMethod } from "./method.js";
import { rodas4 } from "./rodas4.js";
import { rodas5p } from "./rodas5p.js";

/** The methods that a compiled model carries, in the order of their functions in the module. */
export const METHODS: readonly RosenbrockMethod[] = [rodas5p, rodas4];

/** Relative tolerance above which fewer stages win over higher order. docs/notes/speed.md */
const CROSSOVER = 3e-5;

export const methodFor = (rtol: number): RosenbrockMethod => (rtol > CROSSOVER ? rodas4 : rodas5p);
