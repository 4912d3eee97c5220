/** Pages that follow from the catalogues are what the catalogues say now, nothing is missing from them, and every file that a page names exists. `UPDATE_DOCS=1` writes the generated parts again. */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { diseaseCatalogue } from "../src/disease/index.js";
import { allModules, covariateConstants, wholeModel } from "../src/population/index.js";
import { CRITERIA, readStudy } from "../src/study/index.js";
import {
  backgroundTherapies,
  givenTherapies,
  manufacturingParameters,
  rules,
  therapies,
} from "../src/therapy/index.js";
import { conductConstants } from "../src/trial/index.js";
import { findSymbols, InputProblems, modelPage } from "../src/workbench/index.js";
import { replaceGenerated } from "../src/workbench/markdown.js";
import { equationsOf, modelEquations } from "../src/workbench/model-equations.js";
import { studyFileTables } from "../src/workbench/study-file-tables.js";

const ROOT = join(import.meta.dirname, "..");
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

function sameAsGenerated(file: string, text: string): void {
  if (process.env["UPDATE_DOCS"] === "1") writeFileSync(join(ROOT, file), text);
  expect(
    read(file) === text,
    `${file} is not what the catalogues say: UPDATE_DOCS=1 npx vitest run test/docs.test.ts`,
  ).toBe(true);
}

describe("docs/model.md", () => {
  it("is what the catalogues say", () => sameAsGenerated("docs/model.md", modelPage()));

  /** Parts of the page by their heading, the deepest one each. */
  const parts = new Map(
    modelPage()
      .split(/^(?=#{2,4} )/m)
      .map((part) => [part.split("\n")[0]!.replace(/^#+ /, ""), part]),
  );
  const part = (heading: string): string => parts.get(heading) ?? `no part "${heading}"`;
  const faults = (heading: string, numbers: Readonly<Record<string, { readonly value: number }>>): string[] =>
    Object.entries(numbers).flatMap(([symbol, { value }]) => {
      const rows = part(heading)
        .split("\n")
        .filter((line) => line.startsWith(`| \`${symbol}\` |`));
      const right = rows.length === 1 && rows[0]!.split(" | ").some((cell) => Number(cell) === value);
      return right ? [] : [`${heading} › ${symbol}: ${rows.length} rows, ${rows.join()}`];
    });

  it("has every number of the modules, once", () => {
    expect(
      allModules.flatMap(({ name, declaration }) => faults(`Module \`${name}\``, declaration.parameters ?? {})),
    ).toEqual([]);
  });

  it("has every number of rules, diseases, manufacturing, covariates and conduct, once", () => {
    expect([
      ...rules.flatMap(({ id, constants }) => faults(`Rule \`${id}\``, constants)),
      ...diseaseCatalogue.flatMap(({ label, overrides, score, constants }) => [
        ...faults(`In place of the immune system's own in ${label}`, overrides),
        ...faults(`Constants of the ${score}`, constants),
      ]),
      ...faults("Manufacturing", manufacturingParameters),
      ...faults("Who comes to a trial", covariateConstants),
      ...faults("Conduct of a trial", conductConstants),
    ]).toEqual([]);
  });

  it("has a part for every module, therapy, rule and disease, once", () => {
    const headings = modelPage().match(/^### .*$/gm)!;
    const wanted = [
      ...allModules.map(({ name }) => `### Module \`${name}\``),
      ...therapies.map(({ id }) => `### Therapy \`${id}\``),
      ...rules.map(({ id }) => `### Rule \`${id}\``),
      ...diseaseCatalogue.map(({ id }) => `### Disease \`${id}\``),
    ];
    for (const heading of wanted) expect(headings.filter((each) => each === heading)).toHaveLength(1);
  });

  it("finds a number that is missing", () => {
    expect(faults("Rule `ivig-at-igg-4`", { low: { value: 5 } })).toHaveLength(1);
    expect(faults("Rule `ivig-at-igg-4`", { nothing: { value: 4 } })).toHaveLength(1);
  });
});

describe("equations", () => {
  const system = wholeModel();
  const texts = new Map(allModules.map((module) => [module.name, equationsOf(module, allModules)]));
  /** Lines of one symbol: its heading and what is indented below it. */
  const entry = (module: string, symbol: string): string =>
    new RegExp(`^${symbol} \\[.*(?:\\n +.*)*`, "m").exec(texts.get(module)!)?.[0] ?? `no ${symbol}`;
  const joined = (text: string): string => text.replace(/\s+/g, " ");

  it("say who acts on a port as the engine joins them", () => {
    const ports = [...system.derived, ...system.quantities].filter(({ contributions }) => contributions !== undefined);
    expect(ports.length).toBeGreaterThan(30);
    for (const { name, module, contributions } of ports) {
      const said = [...joined(entry(module, name)).matchAll(/ from ([\w-]+): /g)].map(([, who]) => who);
      expect(said, name).toEqual(contributions!.map((each) => each.module));
      for (const { formula } of contributions!) expect(joined(entry(module, name))).toContain(formula.text);
    }
  });

  it("say of a state all that the engine adds up", () => {
    for (const { name, module, initial, rate, inflows, outflows } of system.states) {
      const said = joined(entry(module, name));
      expect(said).toContain(`${name}(start) = ${initial.text}`);
      if (rate) expect(said).toContain(`d${name}/dt = ${rate.text}`);
      for (const { text } of inflows) expect(said).toContain(`+ (${text})`);
      for (const { text } of outflows) expect(said).toContain(`- (${text})`);
      expect(said.match(/ flow /g)?.length ?? 0, name).toBe(inflows.length + outflows.length);
    }
  });

  it("have one module, or a hint", () => {
    expect(modelEquations("belimumab")).toContain("  dBli/dt = -bel_k*Bli");
    expect(() => modelEquations("belimumap")).toThrow('did you mean "belimumab"?');
  });
});

describe("symbols", () => {
  it("all have words and a unit", () => {
    for (const { symbol, about, unit } of findSymbols()) expect(about && unit, symbol).toBeTruthy();
  });

  it("are found by name, by form, by module and by words", () => {
    expect(findSymbols("predDose0").map(({ symbol, module, value }) => [symbol, module, value])).toEqual([
      ["predDose0", "glucocorticoid", 10],
    ]);
    expect(new Set(findSymbols("W_l*").map(({ symbol }) => symbol.slice(0, 3)))).toEqual(new Set(["W_l"]));
    expect(findSymbols("belimumab").map(({ symbol }) => symbol)).toEqual(["bel_Imax", "bel_IC50", "bel_k", "Bli"]);
    expect(findSymbols("BAFF NEUTRALISATION").map(({ symbol }) => symbol)).toEqual(["bel_Imax"]);
  });

  it("that there are not are a problem of the input", () => {
    for (const pattern of ["prod0x", "Z_*", "((", "[("]) expect(() => findSymbols(pattern)).toThrow(InputProblems);
    expect(() => findSymbols("bel_Imx")).toThrow('did you mean "bel_Imax"?');
  });
});

describe("docs/notes/study-file.md", () => {
  const FILE = "docs/notes/study-file.md";
  it("has the tables of the catalogues", () => sameAsGenerated(FILE, replaceGenerated(read(FILE), studyFileTables())));

  it("has a row for every word", () => {
    const tables = studyFileTables();
    const words = (table: string) => [...tables[table]!.matchAll(/^\| `([^`]+)`/gm)].map(([, word]) => word).slice(1);
    expect(words("therapies")).toEqual(givenTherapies.map(({ id }) => id));
    expect(words("diseases")).toEqual(diseaseCatalogue.map(({ id }) => id));
    expect(tables["criteria"]!.match(/^\| `/gm)).toHaveLength(Object.keys(CRITERIA).length);
    expect(tables["rules"]!.match(/^\| `/gm)).toHaveLength(rules.length);
    expect(tables["background"]!.match(/^\| `/gm)).toHaveLength(backgroundTherapies.length);
  });

  it("shows administrations that a study file may hold", () => {
    const examples = [...studyFileTables()["therapies"]!.matchAll(/`(\{ give: [^`]*\})`/g)].map(([, text]) => text!);
    expect(examples).toHaveLength(givenTherapies.length);
    for (const example of examples) {
      const cells = example.includes("leukapheresis")
        ? "[{ give: leukapheresis, at: -28 day }, { give: cd19-car-t, at: 0 day, dose: 1e6 cell/kg }]"
        : `[${example}]`;
      const study = `{ id: a, title: a, question: a, population: [{ disease: sle, n: 1 }], visits: { every: 28 day, until: 56 day }, tolerance: 1e-5, run: { replicates: 1, seed: 1 },
  arms: { a: { label: a, give: ${cells}, background: { glucocorticoid: continue, mycophenolate: continue } } } }`;
      expect(readStudy(study, "example"), example).toHaveProperty("study");
    }
  });

  it("refuses a page whose places and tables do not meet", () => {
    const page = "<!-- generated: a -->\nold\n<!-- end -->\n";
    expect(replaceGenerated(page, { a: "new" })).toContain("\n\nnew\n\n");
    expect(() => replaceGenerated(page, {})).toThrow('"a"');
    expect(() => replaceGenerated(page, { a: "new", b: "" })).toThrow('"b"');
    expect(() => replaceGenerated(page + page, { a: "new" })).toThrow("more than one");
    expect(() => replaceGenerated("<!-- generated: a -->\n", { a: "new" })).toThrow("0 end one");
  });
});

describe("paths", () => {
  const ROOMS = readdirSync(join(ROOT, "src"));
  const TOPS = ["src", "docs", "test", "studies", "evidence", "bench", ".ci"];
  const pages = [
    "README.md",
    "CONTRIBUTING.md",
    ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md"))
      .map((name) => `docs/${name}`),
  ].sort();

  /** Whether something is there; a part in capitals, `ID`, and `*` stand for any name. */
  function exists(path: string): boolean {
    const [first, ...rest] = path.split(/(?<=\/)/);
    const walk = (folder: string, names: readonly string[]): boolean => {
      const [name, ...more] = names;
      if (name === undefined || name === "") return true;
      const plain = name.replace(/\/$/, "");
      if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return false;
      const form = plain.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*|\b(?:ID|NAME)\b/g, "[^/]*");
      return readdirSync(folder).some((each) => new RegExp(`^${form}$`).test(each) && walk(join(folder, each), more));
    };
    return walk(ROOT, [first!, ...rest]);
  }

  /** Paths that a page names: from the top, from a room of `src`, and links relative to the page. */
  function missingFrom(page: string, text: string): string[] {
    const prose = text.replace(/^```(?!text)[\s\S]*?^```/gm, "");
    const spoken = [...prose.matchAll(/`([^`\n]+)`/g)].flatMap(([, quoted]) =>
      [...quoted!.matchAll(/(?<![\w./@-])(\.?[a-z][\w-]*)\/[\w./*-]*[\w*/]/g)].map(([path, top]) => ({
        path,
        top: top!,
      })),
    );
    const named = spoken.flatMap(({ path, top }) => {
      if (TOPS.includes(top) && exists(path)) return [];
      if (ROOMS.includes(top) && (exists(`src/${path}`) || !/\.\w+$|\/$/.test(path))) return [];
      return TOPS.includes(top) || ROOMS.includes(top) ? [path] : [];
    });
    const linked = [...prose.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].flatMap(([, target]) =>
      /^[a-z]+:/.test(target!) || existsSync(join(ROOT, dirname(page), target!))
        ? []
        : [relative(ROOT, join(ROOT, dirname(page), target!))],
    );
    return [...new Set([...named, ...linked])].filter((path) => !path.startsWith("dist/"));
  }

  it.each(pages)("of %s exist", (page) => expect(missingFrom(page, read(page))).toEqual([]));

  it("that do not exist are found", () => {
    const text = "`src/attic/a.ts`, `trial/attic.ts`, [a](../attic.md), `src/biology/parameters/NAME.ts`, `test/attic`";
    expect(missingFrom("docs/notes/a.md", text)).toEqual([
      "src/attic/a.ts",
      "trial/attic.ts",
      "src/biology/parameters/NAME.ts",
      "test/attic",
      "docs/attic.md",
    ]);
    const fine =
      "`src/biology/NAME.ts`, `biology/b-cells.ts`, [a](../tour.md), `evidence/cohorts/ID.yaml`, `mg/day`, `test/*.ts`";
    expect(missingFrom("docs/notes/a.md", fine)).toEqual([]);
  });
});
