/** store: tables, run record, Parquet. */
export * from "./canonical-json.js";
export { writeWhole } from "./files.js";
export * from "./parquet.js";
export * from "./result-hash.js";
export * from "./run-folder.js";
export * from "./run-record.js";
export * from "./sha256.js";
export * from "./store-error.js";
export * from "./table.js";
export { trialTableSpecs, trialTables } from "./trial-tables.js";
