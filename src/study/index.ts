/** study: a trial as plain data: what a study file says, how it is checked, and what it says in plain words. */
export { changesAmong, changesFromText } from "./check/all-changes.js";
export { meets, type ParsedCriterion, parseCriterion } from "./check/criterion.js";
export { coursesFromText, type PatientWords, studyFromWords } from "./check/from-text.js";
export type { CheckedStudy } from "./check/study.js";
export { checkStudyValue, defineStudy, type StudyInput, StudyProblems } from "./check/value.js";
export * from "./courses.js";
export { describeArm, describeChanges, describeCorrelations } from "./describe.js";
export { formatStudy, readStudy } from "./file.js";
export { type OutputUnits, outputUnits } from "./output-names.js";
export { type StrategyName, strategies } from "./strategies.js";
export * from "./structures.js";
export * from "./study.js";
export { CRITERIA, type CriterionWord, DISEASE_IDS, DISEASE_WORDS, RULE_IDS, THERAPY_IDS } from "./words.js";
