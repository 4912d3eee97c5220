/** reading: what a person wrote, as a tree with places: YAML, its repair, maps, values, quantities, hints; one spelling per value. */
export * from "./canonical-json.js";
export * from "./decode.js";
export * from "./forms.js";
export * from "./map.js";
export * from "./nearest.js";
export * from "./node.js";
export * from "./plain.js";
export { type QuantityForm, quantity } from "./quantity.js";
export { readTree } from "./read-tree.js";
export * from "./utf8.js";
