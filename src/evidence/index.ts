/** evidence: what is known: sources and cohorts as checked records. Node reads a folder with `load-node.js`. */
export * from "./cite.js";
export * from "./diseases.js";
export * from "./endpoints.js";
export * from "./follow-up.js";
export * from "./load.js";
export * from "./published.js";
export type { Arm, Cohort, Evidence, Row, Source, Spread, Verification } from "./record.js";
