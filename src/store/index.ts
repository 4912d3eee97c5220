/** store: tables, run record, Parquet. */
export { fileError, type GrowingFile, growWhole, isPartFile, writeWhole } from "./files.js";
export { hashValue } from "./hash-value.js";
export * from "./parquet.js";
export { namedQueries, type QueryName } from "./queries.js";
export { type QueryResult, queryRuns, tableRows } from "./query.js";
export type { QueryValue } from "./query-value.js";
export * from "./result-hash.js";
export * from "./run-record.js";
export * from "./sha256.js";
export * from "./store-error.js";
export * from "./table.js";
export { allTableSpecs, trialTableSpecs } from "./trial-table-specs.js";
export { nowhere, TrialTableWriter } from "./trial-tables.js";
