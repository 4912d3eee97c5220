import { type AnyDisease, diseases } from "../disease/index.js";
import { formatNumber } from "../reading/index.js";
import { CRITERIA, type CriterionWord } from "../study/index.js";
import {
  type AnyTherapy,
  backgroundTherapies,
  type Course,
  givenTherapies,
  type Rule,
  rules,
} from "../therapy/index.js";
import { code, markdownTable } from "./markdown.js";

const one = (course: Course): string => code(givenTherapies.find((each) => each.course === course)!.id);

const TIMES: Readonly<Record<Course, () => string>> = {
  collection: () => "one time, before the cells of the same arm; needs some there",
  conditioning: () =>
    `any; moves with the cells that the arm's ${one("collection")} yields, and does not happen without them`,
  cells: () => `any; after the arm's ${one("collection")} where there is one, and then in a number that can be made`,
};

export const doseWords = ({ dose }: Pick<AnyTherapy, "dose">): string =>
  dose
    ? `required, ${code(dose.unit)}, ${formatNumber(dose.low)} … ${formatNumber(dose.high)}`
    : "none: the protocol is fixed";

const example = ({ id, dose }: AnyTherapy): string =>
  code(`{ give: ${id}, at: 0 day${dose ? `, dose: ${formatNumber(dose.usual)} ${dose.unit}` : ""} }`);

const range = ({ low, high, whole }: CriterionWord): string =>
  `${high === Infinity ? `from ${low}` : `${low} … ${high}`}${whole ? ", whole" : ""}`;

const PLANS = {
  taper: (unit: string) => code(`{ taper-to*: 0 ${unit}, from*: -14 day, over*: 14 day }`),
  stop: () => code("{ stop*: -14 day }"),
};

/** The tables of `docs/notes/study-file.md` that follow from the catalogues, by the name of their place on the page. */
export const studyFileTables = (): Readonly<Record<string, string>> => ({
  diseases: markdownTable(
    ["`disease`", "is"],
    Object.values<AnyDisease>(diseases).map(({ id, label }) => [code(id), label]),
  ),
  criteria: markdownTable(
    ["criterion", "is", "of", "can be"],
    Object.entries<CriterionWord>(CRITERIA).map(([name, word]) => [
      code(name),
      word.about,
      word.disease ? code(word.disease) : "any",
      range(word),
    ]),
  ),
  therapies: markdownTable(
    ["`give`", "is", "dose", "allowed times", "example"],
    givenTherapies.map((therapy) => [
      code(therapy.id),
      therapy.about,
      doseWords(therapy),
      therapy.course ? TIMES[therapy.course]() : "any",
      example(therapy),
    ]),
  ),
  background: markdownTable(
    ["key", "is", "beside `continue`"],
    backgroundTherapies.map(({ id, about, background: { plan, unit, usual } }) => [
      `${code(id)}${usual ? "*" : ""}`,
      about,
      PLANS[plan](unit),
    ]),
  ),
  rules: markdownTable(
    ["rule", "does", "looked at", "at most"],
    (rules as readonly Rule[]).map(({ id, about, at, atMost }) => [
      code(id),
      about,
      at === "visit" ? "at visits" : "on daily rounds after cells",
      atMost === undefined ? "–" : `${atMost} × in a ${at === "visit" ? "run" : "stay"}`,
    ]),
  ),
});
