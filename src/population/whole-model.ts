import { immuneSystem } from "../biology/index.js";
import { diseaseModules } from "../disease/index.js";
import { assemble, type Module, type System } from "../engine/index.js";
import { therapies } from "../therapy/index.js";

/** Every module of the product: immune system, therapies, diseases. */
export const allModules: readonly Module[] = [...immuneSystem, ...therapies, ...diseaseModules];

/** The whole model as one system. */
export const wholeModel = (): System => assemble(allModules);
