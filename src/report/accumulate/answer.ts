import { diseases } from "../../disease/index.js";
import type { Study } from "../../study/index.js";
import { BELOW_DEPLETED, diseasesIn, type Milestone } from "../../trial/index.js";
import type { ReportData, SummaryNumber } from "../data.js";

/** Below this share of its baseline a tissue counts as emptied in a sentence, %. */
const TOUCHED = 90;

/** The short answer: what the first arm does, then the others beside it. Every sentence follows from what an arm gives and from the numbers that it has. */
export function answer(
  study: Study,
  first: string,
  milestones: readonly Milestone[],
  numbers: readonly SummaryNumber[],
  horizon: ReportData["horizon"],
): string[] {
  const values = new Map(numbers.map(({ name, value }) => [name, value]));
  const value = (arm: string, row: string) => values.get(`${arm}.${row}`) ?? null;
  const has = (arm: string, row: string) => value(arm, row) !== null;
  const assessed = milestones.filter(({ key }) => has(first, `drug-free-remission-${key}`));
  const times = assessed.length > 1 ? [assessed[0]!, assessed[assessed.length - 1]!] : assessed;

  const bCells = (arm: string): string | null => {
    const peak = has(arm, "car-t-peak-day") ? `CAR-T cells peak on day {${arm}.car-t-peak-day:value}` : null;
    if (!value(arm, "depleted")) return peak;
    const details = [
      has(arm, "depleted-day") && `for the first time on day {${arm}.depleted-day:value}`,
      has(arm, "return-day") &&
        `back on day {${arm}.return-day:value} in those in whom they return${has(arm, "naive-share") ? `, {${arm}.naive-share} of them naive` : ""}`,
    ].filter((text) => text !== false);
    const fall = `blood B cells fall ${BELOW_DEPLETED} in {${arm}.depleted:interval} of patients${details.map((text) => `, ${text}`).join("")}`;
    return peak === null ? fall : `${peak}; ${fall}`;
  };
  const lymphNode = (arm: string): string | null =>
    (value(arm, "lymph-node-90") ?? 100) < TOUCHED
      ? `lymph-node B cells are at {${arm}.lymph-node-90} at day 90`
      : null;
  const antibodies = (arm: string): string | null => {
    const parts = [
      ...diseasesIn(study).map(
        (id) =>
          has(arm, `autoantibody-90-${id}`) &&
          `${diseases[id].autoantibody.label} (${diseases[id].short}) is at {${arm}.autoantibody-90-${id}:interval} at day 90`,
      ),
      diseasesIn(study).length === 1 &&
        has(arm, "autoantibody-90") &&
        `${diseases[diseasesIn(study)[0]!].autoantibody.label} is at {${arm}.autoantibody-90:interval} at day 90`,
      has(arm, "vaccine-365") && `vaccine antibody is at {${arm}.vaccine-365:interval} at 12 months`,
    ].filter((text) => text !== false);
    return parts.length === 0 ? null : parts.join("; ");
  };
  const at = ({ key, label }: Milestone, arm: string, row: string) =>
    `{${arm}.${row}-${key}:interval} ${/^\d/.test(label) ? `at ${label}` : `on ${label}`.replace("on week", "at week")}`;
  const remission = (arm: string): string | null => {
    if (times.length === 0) return null;
    const never = milestones.every(({ key }) => !value(arm, `drug-free-remission-${key}`));
    const row = never ? "remission" : "drug-free-remission";
    const beyond = arm === first && horizon && (times[times.length - 1]!.visit ?? 0) > horizon.day;
    return `${never ? "nobody is in drug-free remission at these times, and in remission on drugs are" : "in drug-free remission are"} ${times.map((time) => at(time, arm, row)).join(" and ")}${beyond ? ", which lies beyond what has been observed in patients" : ""}`;
  };
  const relapse = (arm: string): string | null => {
    if (study.arms[arm]!.give.length === 0 || !value(arm, "responded")) return null;
    const lost = study.dropout?.missing === "counts-as-failure" ? "relapse or are lost to follow-up" : "relapse";
    return `{${arm}.responded} respond${has(arm, "relapse") ? `, and of those {${arm}.relapse} ${lost}` : ""}${has(arm, "relapse-day") ? `; half of the relapses seen begin by day {${arm}.relapse-day:value}` : ""}`;
  };
  const failures = (arm: string): string | null =>
    value(arm, "product-failed") ? `manufacture fails in {${arm}.product-failed-share}` : null;

  /** One paragraph; the arm's label stands at the first of an arm. */
  const say = (arm: string, parts: readonly (string | null)[], labelled = true): string[] => {
    const said = parts.filter((part) => part !== null).map(capital);
    if (said.length === 0) return [];
    const text = `${said.join(". ")}.`;
    return [labelled ? `${capital(study.arms[arm]!.label)}: ${small(text)}` : text];
  };
  const body = [failures(first), bCells(first), lymphNode(first)];
  const sentences = [
    ...say(first, body),
    ...say(
      first,
      [antibodies(first)],
      body.every((part) => part === null),
    ),
    ...say(
      first,
      [remission(first), relapse(first)],
      body.every((part) => part === null) && antibodies(first) === null,
    ),
    ...Object.keys(study.arms)
      .filter((arm) => arm !== first)
      .flatMap((arm) => say(arm, [failures(arm), bCells(arm), lymphNode(arm), remission(arm), relapse(arm)])),
  ];
  if (times.length === 0) sentences.push("Remission was not assessed: the study has no visit after day 0.");
  if (values.get("published.compared"))
    sentences.push(
      "{published.inside:value} of {published.compared:value} published figures lie inside the predicted interval; which of them the parameters were tuned to is said in each row.",
    );
  return sentences;
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);
/** After a colon; a word such as CAR-T keeps its capitals. */
const small = (text: string) => (/^\p{Lu}\p{Ll}/u.test(text) ? text.slice(0, 1).toLowerCase() + text.slice(1) : text);
