/** `docs/model.md` as text: everything that the catalogues declare. */
import { type AnyDisease, diseases } from "../disease/index.js";
import type { Module, ParameterDeclaration, Variability } from "../engine/index.js";
import type { Constant, Passport } from "../quantity/index.js";
import { formatNumber } from "../reading/index.js";
import { type AnyTherapy, type Dose, type Rule, rules, therapies } from "../therapy/index.js";
import { code, markdownTable } from "./markdown.js";
import {
  documentedModules,
  type ModuleGroup,
  moduleGroups,
  type NumberGroup,
  numberGroups,
  overrideGroup,
  ruleGroups,
  scoreGroup,
  trialGroups,
} from "./model-catalogue.js";
import { differencesFrom, equationsOf, originalOf } from "./model-equations.js";
import { doseWords } from "./study-file-tables.js";

type Row = Constant | ParameterDeclaration;

const list = (names: readonly string[]): string => (names.length === 0 ? "–" : names.map(code).join(", "));

/** How a parameter varies between patients, in words. */
function variabilityWords(varies: Variability | undefined, unit: string): string {
  switch (varies?.shape) {
    case undefined:
    case "fixed":
      return "–";
    case "lognormal":
    case "logitnormal":
      return `${varies.shape}, CV ${varies.cv} %`;
    case "normal":
      return `normal, SD ${formatNumber(varies.sd)} ${unit}`;
    case "uniform":
      return "uniform between the bounds";
    case "present":
      return `in ${varies.share * 100} % of patients, else 0`;
  }
}

/** Where a number comes from, source before reason. */
export const originWords = ({ source, reason }: Pick<Passport, "source" | "reason">): string =>
  [source, reason].filter((text) => text !== undefined).join("; ");

function numbersTable(numbers: Readonly<Record<string, Row>>): string {
  const rows = Object.entries(numbers);
  const varying = rows.some(([, row]) => "bounds" in row);
  const header = ["symbol", "is", "value", "unit", ...(varying ? ["bounds", "between patients"] : []), "level"];
  return markdownTable(
    [...header, "source or reason"],
    rows.map(([symbol, row]) => [
      code(symbol),
      row.about,
      formatNumber(row.value),
      row.unit,
      ...(varying && "bounds" in row
        ? [row.bounds.map(formatNumber).join(" … "), variabilityWords(row.varies, row.unit)]
        : []),
      row.level,
      originWords(row),
    ]),
  );
}

const EXPORTING = ["parameters", "controls", "derived", "states", "quantities", "ports"] as const;

/** What a module reads, by who declares it. */
function readsOf({ declaration }: Module): string {
  const byOwner = new Map<string, string[]>();
  for (const name of Object.keys(declaration.inputs ?? {})) {
    const owner = documentedModules.find((each) =>
      EXPORTING.some((part) => Object.hasOwn(each.declaration[part] ?? {}, name)),
    );
    const key = owner?.name ?? "none of these";
    byOwner.set(key, [...(byOwner.get(key) ?? []), name]);
  }
  if (byOwner.size === 0) return "";
  return `Reads ${[...byOwner].map(([owner, names]) => `${list(names)} of ${owner}`).join("; ")}.`;
}

function equationsBlock(module: Module): string {
  const copy = originalOf(module, documentedModules);
  const block = (text: string) => (text === "" ? "" : `\`\`\`text\n${text}\n\`\`\``);
  if (!copy) return block(equationsOf(module));
  const different = differencesFrom(module, copy.original, copy.suffix).join("\n");
  return [
    `As ${code(copy.original.name)}, with ${code(copy.suffix)} behind every name that it declares${different === "" ? "." : "; different:"}`,
    block(different),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

const paragraphs = (parts: readonly string[]): string => parts.filter((part) => part !== "").join("\n\n");

const moduleSection = (module: Module): string => {
  const { name, declaration } = module;
  return paragraphs([
    `### Module ${code(name)}`,
    `${declaration.about[0]!.toUpperCase()}${declaration.about.slice(1)}.`,
    originalOf(module, documentedModules) ? "" : readsOf(module),
    equationsBlock(module),
    numbersTable(declaration.parameters ?? {}),
  ]);
};

const groupSection = ({ title, about, modules }: ModuleGroup): string =>
  paragraphs([`## ${title}`, about, ...modules.map(moduleSection)]);

const numberSection = ({ title, numbers }: NumberGroup, depth = "####"): string =>
  Object.keys(numbers).length === 0 ? "" : paragraphs([`${depth} ${sentence(title)}`, numbersTable(numbers)]);

const sentence = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

/** What a usual dose does to a patient with the values of the tables. */
function effectOf({ give, dose }: AnyTherapy): string {
  if (!give) return "";
  const constant = (name: string): number => {
    for (const { declaration } of documentedModules) {
      const found = declaration.parameters?.[name];
      if (found) return found.value;
    }
    throw new Error(`no parameter "${name}"`);
  };
  return give(0, (dose?.usual ?? null) as never, { constant })
    .map((each) => `day ${each.at}: ${doseEffect(each)}`)
    .join("; ");
}

const short = (value: number): string => formatNumber(Number(value.toPrecision(4)));

function doseEffect(dose: Dose): string {
  if ("into" in dose) return `${short(dose.amount)} into ${code(dose.into)}`;
  if ("control" in dose) return `${code(dose.control)} becomes ${short(dose.to)}`;
  return `${code(dose.blend)} becomes the mean over old cells and ${short(dose.amount)} new ones with ${short(dose.value)}`;
}

function therapySection(therapy: AnyTherapy): string {
  const { id, label, about, evidence, alsoCalled = [], modules, course, drugFreeAfter, background } = therapy;
  const ports = [...new Set(modules.flatMap(({ declaration }) => Object.keys(declaration.contributes ?? {})))];
  const effect = effectOf(therapy);
  const usual = therapy.dose ? ` of ${formatNumber(therapy.dose.usual)} ${therapy.dose.unit}` : "";
  const facts: readonly (readonly [string, string])[] = [
    ["modules", list(modules.map(({ name }) => name))],
    ["acts on the ports", list(ports)],
    ["dose", therapy.give ? doseWords(therapy) : "no study file can give it; a patient comes in on it"],
    ...(effect ? [[`one administration${usual}`, effect] as const] : []),
    [
      "counts as off it",
      drugFreeAfter === undefined ? "one course is not a drug taken" : `${drugFreeAfter} days after the last dose`,
    ],
    ...(course ? [["stands in a course of cells as", course] as const] : []),
    ...(background
      ? [
          [
            "background therapy",
            `level ${code(background.level)}, taken now ${code(background.control)}, in ${background.unit}; a study file may ${background.plan === "taper" ? "lower it" : "stop it"}${background.usual ? ", and must say what becomes of it" : ""}; written down at visits as ${code(background.item.name)}`,
          ] as const,
        ]
      : []),
    ["in evidence records", evidence ? code(evidence) : "–"],
    ["also called", alsoCalled.join(", ") || "–"],
  ];
  return paragraphs([`### Therapy ${code(id)}`, `${sentence(label)}: ${about}.`, markdownTable(["", ""], facts)]);
}

function ruleSection(rule: Rule): string {
  const { id, about, at, atMost, brings } = rule;
  return paragraphs([
    `### Rule ${code(id)}`,
    `${sentence(about)}. Looked at ${at === "visit" ? "at every visit" : "on daily rounds after an infusion of cells"}${
      atMost === undefined ? "" : `, at most ${atMost} × in a ${at === "visit" ? "run" : "stay"}`
    }; may bring ${list(brings.map((each) => each.id))}.`,
    numbersTable(ruleGroups.find(({ owner }) => owner === id)!.numbers),
  ]);
}

function diseaseSection(disease: AnyDisease): string {
  const { id, label, short: shortName, alsoCalled = [], autoantibody, score, noises, modules } = disease;
  return paragraphs([
    `### Disease ${code(id)}`,
    `${sentence(label)} (${shortName}; also ${alsoCalled.join(", ") || "–"}). Autoantibody: ${autoantibody.label} (${code(autoantibody.symbol)}). Score: ${score}. Modules: ${list(modules.map(({ name }) => name))}.`,
    numberSection(overrideGroup(disease)),
    "#### Hidden values and their symbols",
    markdownTable(
      ["hidden value", "symbol"],
      Object.entries(disease.hidden).map(([name, symbol]) => [name, code(symbol)]),
    ),
    "#### What a visit writes down",
    markdownTable(
      ["item", "is", "unit", "better"],
      disease.items.map(({ name, about, unit, better }) => [code(name), about, unit, better]),
    ),
    `Measurement error, one standard normal number each: ${noises.join(", ")}.`,
    "#### Criteria at entry",
    markdownTable(
      ["criterion", "is", "can be", "looks at"],
      Object.entries(disease.criteria).map(([name, { about, low, high, item }]) => [
        code(name),
        about,
        `${low} … ${high}`,
        code(item),
      ]),
    ),
    "#### Counterparts of published endpoints",
    markdownTable(
      ["endpoint", "is", "label", "note"],
      Object.entries(disease.endpoints).map(([name, { about, label: known, note = "" }]) => [
        code(name),
        about,
        known,
        note,
      ]),
    ),
    "#### Definitions",
    disease.definitions.map(({ term, text }) => `- **${term}.** ${text}`).join("\n"),
    numberSection(scoreGroup(disease)),
  ]);
}

function summary(): string {
  const rows: Row[] = [
    ...documentedModules.flatMap(({ declaration }) => Object.values(declaration.parameters ?? {})),
    ...numberGroups.flatMap(({ numbers }) => Object.values<Row>(numbers)),
  ];
  const levels = ["measured", "fitted", "animal", "assumed"] as const;
  const count = levels.map((level) => `${rows.filter((row) => row.level === level).length} ${level}`).join(", ");
  const number = (part: "states") =>
    documentedModules.reduce((sum, { declaration }) => sum + Object.keys(declaration[part] ?? {}).length, 0);
  return `${documentedModules.length} modules with ${number("states")} states, ${therapies.length} therapies, ${rules.length} rules, ${Object.keys(diseases).length} diseases; ${rows.length} numbers: ${count}.`;
}

const INTRODUCTION = `# The model

_Generated from the catalogues; do not edit. \`immune-reset model document --write\`, or \`UPDATE_DOCS=1 npx vitest run test/docs.test.ts\`, writes it again; \`test/docs.test.ts\` compares._

Every equation, every number with its passport, every therapy, rule and disease. A model is put together for each arm and disease from some of these modules
([decision 0013](decisions/0013-model-per-arm-and-disease.md)). What \`measured\`, \`fitted\`, \`animal\` and \`assumed\` mean: [decision 0009](decisions/0009-levels.md); shapes of variation:
[virtual patients](notes/virtual-patients.md). At the terminal: \`immune-reset model parameters\`, \`immune-reset model equations\`.

Formulas are as the code has them. Symbols are those of the model document ([decision 0001](decisions/0001-symbols-of-the-model-document.md)). Time is in days.
\`positive(x)\` is max(x, 0); \`hill(x, half)\` is x/(half + x) of positive x; \`hill(x, half, n)\` is rⁿ/(1 + rⁿ) with r = x/half; \`log\` is natural.
A state changes by its own rate and by its flows. A port is what other modules act on; contributions are joined in the order of their modules' names, and one of a module that is not in a model is not there.`;

/** The whole page. A pure function of the catalogues. */
export const modelPage = (): string =>
  `${paragraphs([
    INTRODUCTION,
    summary(),
    ...moduleGroups.map(groupSection),
    "## Therapies",
    ...(therapies as readonly AnyTherapy[]).map(therapySection),
    "## Rules",
    ...(rules as readonly Rule[]).map(ruleSection),
    "## Diseases",
    ...Object.values<AnyDisease>(diseases).map(diseaseSection),
    "## Around the model",
    ...trialGroups.map((group) => numberSection(group, "###")),
  ])}\n`;
