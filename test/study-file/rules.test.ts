import { describe, expect, it } from "vitest";
import { readStudy } from "../../src/study/file.js";
import { broken, VALID } from "./valid.js";

/** What is changed, to what (« marks the place of a problem), and what is said of each marked place, in order. */
type Case = readonly [rule: string, from: string, to: string, ...says: RegExp[]];

function show(text: string) {
  const read = readStudy(text, "bad.yaml");
  return "problems" in read ? read.problems : [];
}

function run(cases: readonly Case[]): void {
  it.each(cases.map(([rule, ...change]) => ({ rule, change })))("$rule", ({ change: [from, to, ...says] }) => {
    const { text, places } = broken([from, to]);
    const problems = show(text);
    const shown = problems.map(({ line, column, path, what, hint }) => `${line}:${column} ${path}: ${what} | ${hint}`);
    expect(
      problems.map(({ line, column }) => ({ line, column })),
      shown.join("\n"),
    ).toEqual(places);
    expect(places.length).toBe(says.length);
    for (const [i, say] of says.entries()) expect(shown[i]).toMatch(say);
    for (const problem of problems) {
      expect(problem.file).toBe("bad.yaml");
      expect(problem.hint).not.toBe("");
    }
  });
}

it("finds nothing in the valid study", () => expect(show(VALID)).toEqual([]));

describe("keys", () =>
  run([
    ["misspelt required key", "title:", "«titel:", /unknown key "titel" \| did you mean "title"\?/],
    ["misspelt key in an arm", "    label: cells", "    «lable: cells", /arms › cells › lable: .*"label"/],
    ["key in another case", "tolerance:", "«Tolerance:", /did you mean "tolerance"/],
    ["snake case", "taper-to:", "«taper_to:", /did you mean "taper-to"/],
    [
      "misspelt key with a mistake below",
      "visits: { every: 1 month",
      "«visit: { every: «28",
      /unknown key "visit"/,
      /visit › every: unit missing after 28/,
    ],
    ["key of another name", "{ give: flu-cy, at:", "{ give: flu-cy, «when:", /did you mean "at"/],
    [
      "key of another name, by its value",
      "seed: 2026",
      "«start-value: 2026",
      /did you mean "seed", which is missing here/,
    ],
    [
      "key that nothing needs",
      "record:",
      "«allocation: 1\nrecord:",
      /unknown key "allocation" \| known keys here: id, title, question/,
    ],
    ["key twice, once misspelt", "record:", "«titel: again\nrecord:", /did you mean "title"\? It is there already/],
    ["key twice", "record:", "«title: again\nrecord:", /"title" is given twice \(first in line 2\)/],
    ["missing id", "id: every-word\n", "«", /missing key "id"/],
    ["missing title", "id: every-word\ntitle: Every word of the study file", "«id: every-word", /missing key "title"/],
    [
      "key indented too little",
      "visits: { every: 1 month, until: 2 year }",
      "visits:\n  every: 1 month\n«until: 2 year",
      /unknown key "until" \| it is missing in visits/,
    ],
    [
      "part of an arm among the arms",
      "    background:\n      glucocorticoid: continue\n      mycophenolate: continue",
      "  «background:\n      glucocorticoid: continue\n      mycophenolate: continue",
      /unknown key "background" \| it is missing in arms › antibody/,
    ],
    [
      "optional part of an arm among the arms",
      "    rules: [",
      "  «rules: [",
      /unknown key "rules" \| it is a part of an arm/,
    ],
    ["missing population entry key", "{ disease: iim, n: 3,", "«{ disease: iim,", /population › 2: missing key "n"/],
    [
      "missing label",
      "  cells:\n    label: cells\n    give",
      "  «cells:\n    give",
      /arms › cells: missing key "label"/,
    ],
    [
      "missing taper key",
      "{ taper-to: 5 mg/day, from: -14 day, over: 2 week }",
      "«{ taper-to: 5 mg/day, over: 2 week }",
      /missing key "from"/,
    ],
    ["missing stop", "{ stop: -28 day }", "«{}", /missing key "stop"/],
    ["missing until", "{ every: 1 month, until: 2 year }", "«{ every: 1 month }", /missing key "until"/],
    ["missing seed", "{ replicates: 200, seed: 2026 }", "«{ replicates: 200 }", /missing key "seed"/],
    ["missing time", "{ give: flu-cy, at: -5 day }", "«{ give: flu-cy }", /arms › cells › give › 2: missing key "at"/],
    [
      "missing dose",
      "{ give: cd19-car-t, at: 0 day, dose: 1e6 cell/kg }",
      "«{ give: cd19-car-t, at: 0 day }",
      /missing key "dose": cd19-car-t needs one/,
    ],
  ]));

describe("text", () =>
  run([
    ["id not kebab-case", "id: every-word", "id: «Every Word", /not a kebab-case identifier/],
    ["id with underscore", "id: every-word", "id: «every_word", /kebab/],
    ["id too long", "id: every-word", `id: «${"a".repeat(61)}`, /61 characters/],
    ["id a number", "id: every-word", "id: «2024", /found the number 2024/],
    ["empty title", "title: Every word of the study file", "«title:", /expected a title, found nothing/],
    ["blank title", "title: Every word of the study file", 'title: «" "', /empty text/],
    ["title of two lines", "title: Every word of the study file", "title: «|\n  one\n  two", /several lines/],
    ["title a number", "title: Every word of the study file", "title: «2024", /put it in quotes: "2024"/],
    ["question a list", "question: Does the checker know them all?", "question: «[why]", /found a list/],
    ["record in capitals", "some_cohort_2024", "«Some-Cohort", /not the id of an evidence record/],
    ["label a map", "label: cells", "label: «{ a: 1 }", /expected a label, found a map/],
  ]));

describe("population", () =>
  run([
    [
      "not a list",
      "visits: { every: 1 month, until: 2 year }",
      "visits: «2 year",
      /expected visits as a map, found "2 year"/,
    ],
    [
      "entry not a map",
      '- { disease: iim, n: 3, include: ["mmt8 <= 125"] }',
      "- «iim",
      /population › 2: expected .* as a map, found "iim"/,
    ],
    ["unknown disease", "disease: iim", "disease: «imm", /unknown disease "imm" \| did you mean "iim"/],
    ["unknown disease, nothing near", "disease: iim", "disease: «gout", /known: sle, iim, ssc/],
    [
      "disease twice",
      'disease: iim, n: 3, include: ["mmt8 <= 125"]',
      "disease: «sle, n: 3",
      /disease "sle" occurs twice/,
    ],
    ["n zero", "n: 3", "n: «0", /0 is outside 1 … 100000/],
    ["n negative", "n: 3", "n: «-3", /outside/],
    ["n too large", "n: 3", "n: «100001", /outside/],
    ["n a fraction", "n: 3", "n: «3.5", /3.5 is not a whole number/],
    ["n a text", "n: 3", 'n: «"3"', /expected a whole number, found "3" \| write 3 without quotes/],
    ["n with unit", "n: 3", "n: «3 patients", /expected a whole number, found "3 patients"/],
    ["include not a list", 'include: ["mmt8 <= 125"]', 'include: «"mmt8 <= 125"', /expected a list of criteria/],
    [
      "criterion not text",
      'include: ["mmt8 <= 125"]',
      "include: [«12]",
      /include › 1: expected a criterion, found the number 12/,
    ],
    ["criterion without operator", '"mmt8 <= 125"', '«"mmt8 125"', /is not a criterion/],
    ["unknown criterion", '"mmt8 <= 125"', '«"mmt9 <= 125"', /unknown criterion "mmt9".*did you mean "mmt8"/],
    ["unknown operator", '"mmt8 <= 125"', '«"mmt8 =< 125"', /unknown operator "=<".*did you mean "<="/],
    ["equals", '"mmt8 <= 125"', '«"mmt8 == 125"', /unknown operator "==".*known: >= <= > </],
    ["criterion with a word for the number", '"mmt8 <= 125"', '«"mmt8 <= low"', /"low" is not a number/],
    ["criterion without number", '"mmt8 <= 125"', '«"mmt8 <="', /number missing/],
    ["criterion with unit", '"mmt8 <= 125"', '«"age >= 18 years"', /"18 years" is not a number/],
    ["score of another disease", '"mmt8 <= 125"', '«"sledai >= 6"', /not scored in iim.*use it with sle/],
    ["score of another disease, ssc", '"mrss > 10"', '«"mmt8 > 10"', /not scored in ssc/],
    [
      "criteria that exclude each other",
      "age < 60]",
      "age < 60, «age >= 60]",
      /"age >= 60" and "age < 60" cannot be met together/,
    ],
    [
      "whole numbers between",
      "prior-lines >= 2, age",
      "prior-lines > 2, «prior-lines < 3, age",
      /cannot be met together/,
    ],
    ["score beyond its scale", "sledai >= 8", "«sledai > 105", /no patient meets "sledai > 105"/],
  ]));

describe("arms", () =>
  run([
    ["arm not a map", "visits:", "  third: «yes\nvisits:", /arms › third: expected an arm as a map/],
    ["arm empty", "visits:", "  «third:\nvisits:", /arms › third: expected an arm as a map, found nothing/],
    ["id not kebab-case", "  antibody:", "  «Antibody_1:", /"Antibody_1" is not an arm id/],
    ["id a number", "  antibody:", "  «2:", /"2" is not an arm id \| add a letter/],
    ["same id twice", "  antibody:", "  «cells:", /"cells" is given twice/],
    [
      "give empty",
      "    give:\n      - give: rituximab\n        at:\n          - 0 day\n          - 14 day\n        dose: 1000 mg\n",
      "    «give:\n",
      /write \[\] if nothing is given/,
    ],
    [
      "give not a list",
      "    give:\n      - give: rituximab\n        at:\n          - 0 day\n          - 14 day\n        dose: 1000 mg\n",
      "    give: «rituximab\n",
      /expected a list of what is given, found "rituximab"/,
    ],
    ["unknown name, dose untouched", "give: rituximab", "give: «rituximb", /did you mean "rituximab"/],
    [
      "unknown drug, dose untouched",
      "{ give: tocilizumab, at: 5 day, dose: 8 mg/kg }",
      "{ give: «anakinra, at: 5 day, dose: 100 mg }",
      /unknown name "anakinra".*known: leukapheresis/,
    ],
    ["misspelt cells, leukapheresis untouched", "give: cd19-car-t", "give: «cd19-cart", /did you mean "cd19-car-t"/],
    ["unknown rule", "rescue-at-relapse]", "«rescue-at-relaps]", /unknown rule.*did you mean "rescue-at-relapse"/],
    ["rule twice", "rescue-at-relapse]", "«ivig-at-igg-4]", /named twice/],
    [
      "rules not a list",
      "rules: [tocilizumab-at-crs-2, dexamethasone-at-icans-2, ivig-at-igg-4, rescue-at-relapse]",
      "rules: «rescue-at-relapse",
      /expected a list of rules/,
    ],
    [
      "background not a map",
      "    background:\n      glucocorticoid: continue\n      mycophenolate: continue",
      "    background: «continue",
      /expected the background therapy as a map/,
    ],
    [
      "background, one missing",
      "    background:\n      glucocorticoid: continue\n      mycophenolate: continue",
      "    «background:\n      glucocorticoid: continue",
      /missing key "mycophenolate"/,
    ],
    ["background, other word", "mycophenolate: continue", "mycophenolate: «stop", /expected "continue" or \{ stop \}/],
    ["background, misspelt word", "glucocorticoid: continue", "glucocorticoid: «continued", /did you mean "continue"/],
  ]));

describe("times and doses", () =>
  run([
    ["unit missing", "at: 5 day, dose: 8", "at: «5, dose: 8", /unit missing after 5 \| write "5 day"/],
    ["unit missing in a text", "at: 5 day, dose: 8", 'at: «"5", dose: 8', /unit missing after 5/],
    ["unknown unit", "at: 5 day, dose: 8", "at: «5 days, dose: 8", /unknown unit "days".*did you mean "day"/],
    ["hours", "at: 5 day, dose: 8", "at: «5 h, dose: 8", /not a time in day, week, month, year/],
    ["other dimension", "at: 5 day, dose: 8", "at: «5 mg, dose: 8", /"5 mg" is not a time/],
    ["no number", "at: 5 day, dose: 8", "at: «soon, dose: 8", /"soon" is not a quantity/],
    ["not finite", "at: 5 day, dose: 8", "at: «1e400 day, dose: 8", /not a finite number/],
    ["decimal comma", "dose: 1000 mg", "dose: «1000,5 mg", /decimal point/],
    ["thousands", "dose: 1000 mg", "dose: «1,000 mg", /thousands/],
    ["before the earliest", "at: -5 day", "at: «-366 day", /allowed: -365 … 730.5 day/],
    ["after the end", "at: 5 day, dose: 8", "at: «731 day, dose: 8", /allowed: -365 … 730.5 day/],
    ["empty list of times", "at: 5 day, dose: 8", "at: «[], dose: 8", /empty list/],
    ["times that fall", "[5 day, 6 day]", "[5 day, «4 day]", /times do not increase: 5 day is followed by 4 day/],
    ["a time twice", "[5 day, 6 day]", "[1 week, «7 day]", /do not increase/],
    ["bad time in a list", "          - 14 day", "          - «14", /at › 2: unit missing/],
    ["dose without unit", "dose: 1000 mg", "dose: «1000", /write "1000 mg" if mg is meant/],
    ["dose of unknown unit", "dose: 1000 mg", "dose: «1000 mgg", /unknown unit "mgg".*did you mean "mg"/],
    ["dose of other dimension", "dose: 1000 mg", "dose: «1000 mg/kg", /not a dose in mg/],
    ["dose per kg without kg", "dose: 8 mg/kg", "dose: «8 mg", /not a dose in mg\/kg/],
    ["dose in percent", "dose: 8 mg/kg", "dose: «8 %", /not a dose in mg\/kg/],
    ["cells in mg", "dose: 1e6 cell/kg", "dose: «1000 mg", /not a dose in cell\/kg/],
    ["too many cells", "dose: 1e6 cell/kg", "dose: «1e10 cell/kg", /allowed: 1000 … 1e9 cell\/kg/],
    ["too few cells", "dose: 1e6 cell/kg", "dose: «999 cell/kg", /allowed/],
    ["rituximab too high", "dose: 1000 mg", "dose: «5001 mg", /allowed: 1 … 5000 mg/],
    ["tocilizumab too high", "dose: 8 mg/kg", "dose: «20.5 mg/kg", /allowed: 1 … 20 mg\/kg/],
    ["dexamethasone too low", "dose: 10 mg", "dose: «0.05 mg", /allowed: 0.1 … 100 mg/],
    [
      "dose where there is none",
      "{ give: flu-cy, at: -5 day }",
      "{ give: flu-cy, at: -5 day, «dose: 25 mg }",
      /flu-cy takes no dose/,
    ],
    ["leukapheresis twice in time", "at: -4 week", "at: «[-5 week, -4 week]", /leukapheresis at 2 times/],
    [
      "leukapheresis twice",
      "- { give: flu-cy",
      "- { give: «leukapheresis, at: -3 week }\n      - { give: flu-cy",
      /a second leukapheresis/,
    ],
    [
      "leukapheresis without cells",
      "give: leukapheresis, at: -4 week }\n      - { give: flu-cy, at: -5 day }\n      - { give: cd19-car-t, at: 0 day, dose: 1e6 cell/kg }",
      "give: «leukapheresis, at: -4 week }",
      /leukapheresis without cells/,
    ],
    [
      "leukapheresis too late",
      "at: -4 week",
      "at: «0 day",
      /leukapheresis at 0 day, not before the cd19-car-t at 0 day/,
    ],
    [
      "cells too early",
      "cd19-car-t, at: 0 day",
      "cd19-car-t, at: «-30 day",
      /cd19-car-t at -30 day, not after the leukapheresis at -28 day/,
    ],
    ["taper to a negative dose", "taper-to: 5 mg/day", "taper-to: «-5 mg/day", /out of range for a daily dose/],
    ["taper to a dose without time", "taper-to: 5 mg/day", "taper-to: «5 mg", /not a daily dose in mg\/day/],
    ["taper over nothing", "over: 2 week", "over: «0 day", /allowed: more than 0 day/],
    ["taper from a bare number", "from: -14 day", "from: «-14", /unit missing/],
    ["stop after the end", "stop: -28 day", "stop: «3 year", /allowed: -365 … 730.5 day/],
  ]));

describe("visits, dropout, tolerance, run", () =>
  run([
    ["every nothing", "every: 1 month", "every: «0 day", /more than 0 day/],
    ["until negative, doses untouched", "until: 2 year", "until: «-2 year", /more than 0 day/],
    ["until before every, doses untouched", "until: 2 year", "until: «2 week", /visits end at 14 day/],
    ["too many visits", "every: 1 month", "every: «1 day", /730 visits, more than 400/],
    ["until without unit, doses untouched", "until: 2 year", "until: «2", /unit missing after 2/],
    ["rate without unit", "rate: 5 %/year", "rate: «5", /write "5 %\/year"/],
    ["rate without time", "rate: 5 %/year", "rate: «5 %", /not a rate in %\/year/],
    ["rate negative", "rate: 5 %/year", "rate: «-5 %/year", /out of range for a rate/],
    ["missing unknown", "missing: excluded", "missing: «ignored", /known: counts-as-failure, excluded/],
    [
      "missing absent",
      "dropout: { rate: 5 %/year, missing: excluded }",
      "dropout: «{ rate: 5 %/year }",
      /missing key "missing"/,
    ],
    [
      "dropout not a map",
      "dropout: { rate: 5 %/year, missing: excluded }",
      "dropout: «5 %/year",
      /expected dropout as a map/,
    ],
    ["tolerance too small", "tolerance: 1e-5", "tolerance: «1e-9", /1e-9 is outside 1e-8 … 0.001/],
    ["tolerance too large", "tolerance: 1e-5", "tolerance: «0.01", /outside/],
    ["tolerance not finite", "tolerance: 1e-5", "tolerance: «.nan", /found the number .nan/],
    ["tolerance text", "tolerance: 1e-5", "tolerance: «small", /expected a number, found "small"/],
    ["replicates zero", "replicates: 200", "replicates: «0", /outside 1 … 100000/],
    ["replicates a fraction", "replicates: 200", "replicates: «2.5", /not a whole number/],
    ["seed negative", "seed: 2026", "seed: «-1", /outside/],
    ["seed too large", "seed: 2026", "seed: «9007199254740993", /outside/],
    ["seed true", "seed: 2026", "seed: «true", /found the boolean true/],
  ]));

describe("YAML", () =>
  run([
    ["anchor", "label: cells", "label: &a «cells", /anchor &a is not allowed/],
    ["alias", "label: cells", "label: «*a", /alias \*a is not allowed/],
    [
      "anchor and alias",
      "id: every-word\ntitle: Every word of the study file",
      "id: &a every-word\ntitle: «*a",
      /alias/,
    ],
    ["tag", "n: 3", "n: !!str «3", /tag !!str is not allowed/],
    ["own tag", "n: 3", "n: !count «3", /tag !count is not allowed/],
    [
      "merge key",
      "      glucocorticoid: continue\n      mycophenolate: continue",
      "      «<<: { glucocorticoid: continue }",
      /merge keys/,
    ],
    [
      "second document",
      "run: { replicates: 200, seed: 2026 }\n",
      "run: { replicates: 200, seed: 2026 }\n«---\nid: x\n",
      /second YAML document/,
    ],
    ["no space after the colon", "seed: 2026", "«seed:2026", /no space after ":"/],
    ["no space after the colon at the top", "title: Every", "«title:Every", /no space after ":"/],
    ["no colon", "title: Every", "«title Every", /write "title: Every/],
    ["two colons", "title: Every", "title: «Every: word", /two colons/],
    ["open list", "[5 day, 6 day], dose: 10 mg }", "«[5 day, 6 day, dose: 10 mg }", /the list "\[" is not closed/],
    [
      "open map",
      "visits: { every: 1 month, until: 2 year }",
      "visits: «{ every: 1 month, until: 2 year",
      /the map "\{" is not closed/,
    ],
    ["open quote", "title: Every", 'title: «"Every', /not closed/],
    ["open quote in a list item", "give: rituximab", 'give: «"rituximab', /not closed/],
    ["comma missing", "{ every: 1 month, until: 2 year }", "{ every: «1 month until: 2 year }", /comma/],
    ["tab", "      mycophenolate: continue\nvisits", "«\tmycophenolate: continue\nvisits", /tab/],
    ["colon missing above a block", "arms:", "«arms", /write "arms:"/],
    ["colon missing in an item", "        dose: 1000 mg", "        «dose 1000 mg", /write "dose: 1000 mg"/],
    ["dash missing", "          - 14 day", "          «14 day", /write "- 14 day"/],
    [
      "indented too far",
      "      mycophenolate: continue\nvisits",
      "       «mycophenolate: continue\nvisits",
      /align it with "glucocorticoid"/,
    ],
    [
      "indented too little",
      "      mycophenolate: continue\nvisits",
      "     «mycophenolate: continue\nvisits",
      /indentation/,
    ],
    ["first line indented too far", "    label: antibody", "     «label: antibody", /indentation/],
    ["arm indented too little", "  antibody:", " «antibody:", /indentation/],
    ["indented too far below a list", "        dose: 1000 mg", "         «dose: 1000 mg", /indentation/],
    ["indented too little in an item", "        dose: 1000 mg", "       «dose: 1000 mg", /indentation/],
    ["at sign", "title: Every", "title: «@Every", /cannot start with this character/],
  ]));
