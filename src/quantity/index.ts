/** quantity: a number with unit and passport (source, level). */
export * from "./constant.js";
export * from "./problem.js";
export * from "./provenance.js";
export * from "./quantity.js";
export * from "./unit.js";
