/** Checking a study: one pass finds every mistake, each as one problem. Used for YAML and for TypeScript values. */
import type { Problem } from "../../quantity/index.js";
import {
  type Check,
  choice,
  describeNode,
  type Entry,
  expected,
  type FoundFields,
  type Node,
  number,
  optional,
  pattern,
  quantity,
  quote,
  type Reader,
  readList,
  readMap,
  reportDouble,
  reportUnknown,
  required,
  text,
  within,
} from "../../reading/index.js";
import { outputUnits } from "../output-names.js";
import type { Disease, Dropout, Study } from "../study.js";
import { DISEASE_IDS, DISEASE_WORDS, LONGEST_ID, MISSING_AFTER_DROPOUT, MOST_ARMS, MOST_VISITS } from "../words.js";
import { namedIn, type ReadStratum, readAllChanges } from "./all-changes.js";
import { arm, isStrayPart, type ReadArm } from "./arm.js";
import { CORRELATIONS_FORM } from "./correlations.js";
import {
  GRID_FORM,
  grid,
  MEASURES_FORM,
  OUTPUTS_FORM,
  raw,
  readMeasures,
  readOutputs,
  TRAJECTORIES_FORM,
  trajectories,
} from "./courses.js";
import { checkCriteria, criterion, formatCriterion, type ReadCriterion } from "./criterion.js";
import { writtenOut } from "./like.js";
import { checkModels, MODEL_FORM, models } from "./models.js";
import { PARAMETERS_FORM, rawChanges } from "./parameters.js";
import { duration } from "./times.js";

/** A study with what was read otherwise than it may have been meant, or every problem, warnings among them. */
export type CheckedStudy =
  | { readonly study: Study; readonly warnings: readonly Problem[] }
  | { readonly problems: readonly Problem[] };

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const KEBAB_HINT = "use lower-case letters, digits and single hyphens, such as erlangen-2024";

const visits: Reader<Study["visits"]> = (node, spot, check) => {
  const found = readMap(node, spot, check, "visits", {
    every: required(duration, 'a duration such as "28 day"', { alsoCalled: ["interval"] }),
    until: required(duration, 'a duration such as "24 month"', { alsoCalled: ["end", "to", "duration"] }),
  });
  if (!found) return undefined;
  const { every, until } = found;
  if (every && until) {
    const count = Math.floor(until.value / every.value + 1e-9);
    if (until.value < every.value)
      return check.report(
        until.spot,
        `visits end at ${until.value} day, before the first one at ${every.value} day`,
        'make "until" at least as long as "every"',
      );
    if (count > MOST_VISITS)
      return check.report(
        every.spot,
        `${count} visits, more than ${MOST_VISITS}`,
        'make "every" longer or "until" shorter',
      );
  }
  check.until = until?.value;
  return every && until && { every: every.value, until: until.value };
};

const include: Reader<readonly ReadCriterion[]> = (node, spot, check) =>
  readList(node, spot, check, "a list of criteria", criterion);

const stratum: Reader<ReadStratum> = (node, spot, check) => {
  const found = readMap(node, spot, check, "a part of the population", {
    disease: required(choice("disease", DISEASE_IDS, DISEASE_WORDS), `one of ${DISEASE_IDS.join(", ")}`, {
      alsoCalled: ["diagnosis", "indication"],
    }),
    n: required(number(1, 100_000, { whole: true }), "a whole number of patients", {
      alsoCalled: ["count", "size", "patients", "number"],
    }),
    include: optional(include, "a list of criteria", { alsoCalled: ["criteria", "inclusion"] }),
    parameters: optional(rawChanges, PARAMETERS_FORM),
  });
  if (!found) return undefined;
  const { disease, n } = found;
  const changes = found.parameters?.value;
  checkCriteria(found.include?.value ?? [], disease?.value, check);
  if (!disease || !n) return { disease, value: undefined, changes };
  const criteria = (found.include?.value ?? []).map(({ value }) => formatCriterion(value));
  return { disease, value: { disease: disease.value, n: n.value, include: criteria }, changes };
};

const population: Reader<readonly ReadStratum[]> = (node, spot, check) => {
  if (node.kind === "list" && node.items.length === 0)
    return check.report(spot, "the population is empty", "add an entry: { disease: sle, n: 8 }");
  const read = readList(node, spot, check, "a list of { disease, n, include }", stratum);
  if (!read) return undefined;
  const seen = new Set<Disease>();
  for (const { value } of read) {
    if (!value.disease) continue;
    const { value: disease, spot: at } = value.disease;
    if (seen.has(disease)) check.report(at, `disease "${disease}" occurs twice`, "join the two entries");
    seen.add(disease);
  }
  return read.map(({ value }) => value);
};

const arms: Reader<Readonly<Record<string, ReadArm>>> = (node, spot, check) => {
  if (node.kind !== "map")
    return expected(
      "a map of arms",
      "write each arm's id as a key, its label, give and background below it",
      node,
      spot,
      check,
    );
  if (node.entries.length === 0 && !node.partial)
    return check.report(spot, "there are no arms", `add 1 … ${MOST_ARMS} arms`);
  const first = new Map<string, Entry>();
  const read: Record<string, ReadArm> = {};
  for (const entry of node.entries) {
    if (isStrayPart(entry)) {
      reportUnknown(entry, spot, check, "it is a part of an arm: indent it below the arm's id");
      continue;
    }
    const keySpot = within(spot, entry.key, entry.keyPlace);
    const before = first.get(entry.key);
    if (before) reportDouble(entry, before, spot, check);
    else if (!KEBAB.test(entry.key)) check.report(keySpot, `${quote(entry.key)} is not an arm id`, KEBAB_HINT);
    // JavaScript moves keys that are numbers to the front, and the order of arms has a meaning.
    else if (/^\d+$/.test(entry.key))
      check.report(keySpot, `${quote(entry.key)} is not an arm id`, `add a letter: arm-${entry.key}`);
    const armSpot = within(spot, entry.key, entry.value.place ?? entry.keyPlace, entry.keyPlace);
    const value = arm(writtenOut(entry, node, spot, check), armSpot, check);
    if (value && !before) read[entry.key] = value;
    if (!before) first.set(entry.key, entry);
    if (first.size === MOST_ARMS + 1 && !before)
      check.report(keySpot, `more than ${MOST_ARMS} arms`, `keep ${MOST_ARMS} of them, or write a second study`);
  }
  return read;
};

const dropout: Reader<Dropout> = (node, spot, check) => {
  const found = readMap(node, spot, check, "dropout", {
    rate: required(
      quantity({ noun: "a rate", unit: "%/year", example: "5 %/year", low: 0, high: 100 }),
      'a rate such as "5 %/year"',
    ),
    missing: required(
      choice("way to treat missing patients", MISSING_AFTER_DROPOUT),
      MISSING_AFTER_DROPOUT.join(" or "),
    ),
  });
  return found?.rate && found.missing && { rate: found.rate.value, missing: found.missing.value };
};

const run: Reader<Study["run"]> = (node, spot, check) => {
  const found = readMap(node, spot, check, "run", {
    replicates: required(number(1, 100_000, { whole: true }), "a whole number, 1 … 100000"),
    seed: required(number(0, Number.MAX_SAFE_INTEGER, { whole: true }), "a whole number"),
  });
  return found?.replicates && found.seed && { replicates: found.replicates.value, seed: found.seed.value };
};

const FIELDS = {
  id: required(pattern("a kebab-case identifier", KEBAB, KEBAB_HINT, LONGEST_ID), "a kebab-case identifier", {
    anyText: true,
  }),
  title: required(text("a title", { oneLine: true }), "one line of text", { anyText: true, alsoCalled: ["name"] }),
  question: required(text("a question"), "what is asked, in one or two sentences", {
    anyText: true,
    alsoCalled: ["aim"],
  }),
  record: optional(
    pattern(
      "the id of an evidence record",
      /^[a-z0-9_]+$/,
      "use lower-case letters, digits and _, such as muller_2024_nejm",
    ),
    "the id of an evidence record",
  ),
  population: required(population, "a list of { disease, n, include }"),
  arms: required(arms, "a map of arms"),
  // Times in the arms are checked against the end of the visits.
  visits: required(visits, "{ every: 28 day, until: 24 month }", { early: true }),
  dropout: optional(dropout, "{ rate: 5 %/year, missing: counts-as-failure }"),
  parameters: optional(rawChanges, PARAMETERS_FORM),
  correlations: optional(raw, CORRELATIONS_FORM),
  model: optional(models, MODEL_FORM, { alsoCalled: ["models", "structure"] }),
  outputs: optional(raw, OUTPUTS_FORM),
  grid: optional(raw, GRID_FORM, { alsoCalled: ["times"] }),
  trajectories: optional(raw, TRAJECTORIES_FORM),
  measures: optional(raw, MEASURES_FORM),
  tolerance: required(number(1e-8, 1e-3), "a number, 1e-8 … 1e-3, such as 1e-5"),
  run: required(run, "{ replicates: 200, seed: 2026 }"),
};

type Courses = Pick<Study, "outputs" | "grid" | "trajectories" | "measures">;

/** Where a part could not be read, everything that the catalogues have may be meant. */
function readCourses(
  found: FoundFields<Pick<typeof FIELDS, keyof Courses>>,
  strata: readonly ReadStratum[] | undefined,
  arms: Readonly<Record<string, ReadArm>> | undefined,
  check: Check,
): Courses {
  const { inStudy, given } = namedIn(strata, arms, check);
  const units = outputUnits(inStudy, given);
  const outputs = found.outputs && readOutputs(found.outputs.value, units, check);
  const measures = found.measures && readMeasures(found.measures.value, units, check);
  const times = found.grid && grid(found.grid.value.node, found.grid.spot, check);
  const kept = found.trajectories && trajectories(found.trajectories.value.node, found.trajectories.spot, check);
  if (found.outputs && !found.trajectories)
    check.report(
      found.outputs.keySpot,
      "outputs without trajectories",
      'add "trajectories: 20" or "trajectories: all"; a measure names its output itself',
    );
  if (found.grid && !found.trajectories && !found.measures)
    check.report(found.grid.keySpot, "a grid of nothing", "add trajectories or measures");
  return {
    ...(outputs ? { outputs } : {}),
    ...(times ? { grid: times } : {}),
    ...(kept === undefined ? {} : { trajectories: kept }),
    ...(measures && Object.keys(measures).length > 0 ? { measures } : {}),
  };
}

/** Reads a whole study, or every problem in it. */
export function checkStudy(node: Node, check: Check): CheckedStudy {
  const root = { path: "", place: node.place };
  if (node.kind !== "map") {
    expected(
      "a study as a map of keys",
      `start with "id: …"; keys: ${Object.keys(FIELDS).join(", ")}`,
      node,
      root,
      check,
    );
    return { problems: check.problems };
  }
  const found = readMap(node, root, check, "a study", FIELDS);
  const { id, title, question, record, population, arms, visits, dropout, tolerance, run, model } = found ?? {};
  const changed = readAllChanges(
    population?.value,
    arms?.value,
    found?.parameters?.value,
    found?.correlations?.value,
    check,
  );
  if (model) checkModels(model, population?.value, arms?.value, check);
  const courses = readCourses(found ?? {}, population?.value, arms?.value, check);
  if (check.failed) return { problems: check.problems };
  if (!id || !title || !question || !population || !arms || !visits || !tolerance || !run)
    throw new Error(`a study was refused without a problem: ${describeNode(node)}`);
  return {
    study: {
      id: id.value,
      title: title.value,
      question: question.value,
      ...(record ? { record: record.value } : {}),
      population: changed.population,
      arms: changed.arms,
      ...(changed.parameters ? { parameters: changed.parameters } : {}),
      ...(changed.correlations ? { correlations: changed.correlations } : {}),
      visits: visits.value,
      ...(model ? { model: model.value } : {}),
      ...courses,
      ...(dropout ? { dropout: dropout.value } : {}),
      tolerance: tolerance.value,
      run: run.value,
    },
    warnings: check.problems,
  };
}
