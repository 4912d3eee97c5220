/** evidence: what is known: sources, cohorts, approvals and claims as checked records; ladder, gates and pooling computed from them. Node reads a folder with `load-node.js`. */
export { type ApprovalState, type ApprovalStatus, approvalOf, approvalWords } from "./approvals.js";
export { type Asked, ask } from "./ask.js";
export * from "./cite.js";
export * from "./claims.js";
export * from "./diseases.js";
export * from "./endpoints.js";
export * from "./findings.js";
export * from "./follow-up.js";
export * from "./gaps.js";
export * from "./gates.js";
export * from "./harm.js";
export * from "./ladder.js";
export * from "./load.js";
export { diseaseMeant, diseasesNamed, therapiesNamed, therapyMeant } from "./names.js";
export * from "./pool.js";
export * from "./published.js";
export {
  type Approval,
  type Arm,
  type Claim,
  type Cohort,
  type Evidence,
  GUIDELINE_TOPICS,
  type Guideline,
  type Row,
  type Source,
  type Spread,
  type Verification,
} from "./record.js";
export * from "./therapy.js";
