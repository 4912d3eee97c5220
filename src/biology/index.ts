/** biology: the immune system: modules with states, flows, parameters. */
export { immuneSystem } from "./immune-system.js";
export { each, PLACES, type Place, placeName, TISSUES, type Tissue } from "./places.js";
