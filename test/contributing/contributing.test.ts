/**
 * CONTRIBUTING.md is true: its therapy, its rule and its disease, put into a copy of the project as the page says (a file each, a line in a catalogue), compile, keep the
 * project's own laws, and stand everywhere where a user meets them. Nothing else in the copy is touched, and who does not use them sees no bit changed.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packageRoot } from "../../src/workbench/package-info.js";

const COPIED = [
  "src",
  "test",
  "docs",
  "studies",
  "evidence",
  "bench",
  ".ci",
  "package.json",
  "README.md",
  "CHANGELOG.md",
  "LICENSE",
  "CONTRIBUTING.md",
];
const SETTINGS = ["tsconfig.json", "tsconfig.build.json", "vitest.config.ts", "biome.json", ".gitignore"];

/** What the page asks for beside the files: a name in a list of a catalogue, and where it comes from. */
const LINES = [
  ["src/therapy/catalogue.ts", "therapies", "exampleAntibody", "./example-antibody.js"],
  [
    "src/therapy/catalogue.ts",
    "rules",
    "exampleAntibodyWithoutResponse",
    "./rules/example-antibody-without-response.js",
  ],
  ["src/disease/catalogue.ts", "diseaseCatalogue", "exampleDisease", "./example-disease/example-disease.js"],
] as const;

const page = readFileSync(join(packageRoot, "CONTRIBUTING.md"), "utf8");
const files = [...page.matchAll(/```ts\n\/\/ (src\/\S+\.ts)\n([\s\S]*?)```/g)].map(
  ([, path, text]) => [path!, text!] as const,
);

const STUDY = `id: example
title: the example antibody in the example disease
question: does anything forget it?
population:
  - { disease: example-disease, n: 12, include: ["example-score >= 5"] }
  - { disease: ssc, n: 4 }
arms:
  antibody:
    label: example antibody, four weekly
    give: [{ give: example-antibody, at: [0 day, 28 day, 56 day], dose: 100 mg }]
    background: { glucocorticoid: continue, mycophenolate: continue }
    rules: [example-antibody-without-response]
  nothing:
    label: background therapy alone
    give: []
    background: { glucocorticoid: continue, mycophenolate: continue }
visits: { every: 14 day, until: 26 week }
tolerance: 1e-5
run: { replicates: 2, seed: 11 }
`;
const LUPUS = `id: lupus
title: lupus
question: lupus?
population: [{ disease: sle, n: 3 }]
arms:
  cells:
    label: cells
    give: [{ give: leukapheresis, at: -28 day }, { give: flu-cy, at: -5 day }, { give: cd19-car-t, at: 0 day, dose: 1e6 cell/kg }]
    background: { glucocorticoid: { taper-to: 0 mg/day, from: -28 day, over: 14 day }, mycophenolate: { stop: -28 day } }
    rules: [tocilizumab-at-crs-2, dexamethasone-at-icans-2, ivig-at-igg-4, rescue-at-relapse]
  rituximab:
    label: rituximab
    give: [{ give: rituximab, at: [0 day, 14 day], dose: 1000 mg }]
    background: { glucocorticoid: continue, mycophenolate: continue }
visits: { every: 28 day, until: 24 week }
tolerance: 1e-5
run: { replicates: 1, seed: 5 }
`;

const folder = mkdtempSync(join(tmpdir(), "immune-reset-contributing-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const copy = join(folder, "copy");

interface Said {
  readonly code: number;
  readonly out: string;
}
function run(command: string, args: readonly string[], cwd = copy): Said {
  try {
    return { code: 0, out: execFileSync(command, args, { cwd, encoding: "utf8", stdio: "pipe" }) };
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
    return { code: status, out: `${stdout}${stderr}` };
  }
}
const cli = (...args: string[]): Said => run(process.execPath, [join(copy, "dist/cli/main.js"), ...args], folder);

function addLine(file: string, list: string, name: string, from: string): void {
  const path = join(copy, file);
  const text = readFileSync(path, "utf8");
  const listed = new RegExp(`(export const ${list} = \\[[\\s\\S]*?)(,?\\s*)(\\] as const;)`);
  expect(text, `${file} has a list ${list}`).toMatch(listed);
  writeFileSync(path, `import { ${name} } from "${from}";\n${text.replace(listed, `$1, ${name}$3`)}`);
}

beforeAll(() => {
  for (const name of [...COPIED, ...SETTINGS])
    cpSync(join(packageRoot, name), join(copy, name), {
      recursive: true,
      filter: (from) => from !== join(packageRoot, "bench/build"),
    });
  symlinkSync(join(packageRoot, "node_modules"), join(copy, "node_modules"));
  writeFileSync(join(folder, "study.yaml"), STUDY);
  writeFileSync(join(folder, "lupus.yaml"), LUPUS);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), text);
  }
  for (const [file, list, name, from] of LINES) addLine(file, list, name, from);
  expect(run("npx", ["tsc", "-p", "tsconfig.build.json"]), "it compiles").toEqual({ code: 0, out: "" });
}, 300_000);

test("the page has a therapy, a rule and a disease, a file each, and names every line", () => {
  expect(files.map(([path]) => path)).toEqual([
    "src/therapy/example-antibody.ts",
    "src/therapy/rules/example-antibody-without-response.ts",
    "src/disease/example-disease/example-disease.ts",
  ]);
  for (const [file, list, name] of LINES) for (const word of [file, list, name]) expect(page).toContain(`\`${word}\``);
});

test("none of them is in the project", () => {
  const text = readdirSync(join(packageRoot, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(packageRoot, "src", name), "utf8"))
    .join("\n");
  expect(text).not.toMatch(/example-(antibody|disease)/);
});

describe("with them the project", () => {
  test("keeps the laws of its rooms, of the model and of the catalogues", { timeout: 600_000 }, () => {
    const told = run("npx", [
      "vitest",
      "run",
      "test/architecture.test.ts",
      "test/model",
      "test/population",
      "test/therapy",
      "test/disease",
      "test/trial/rules.test.ts",
      "test/trial/planned-doses.test.ts",
      "test/trial/endpoint-counterparts.test.ts",
    ]);
    expect(told.code, told.out.slice(-4000)).toBe(0);
    expect(told.out).toMatch(/\b[1-9]\d* passed, 0 failed/);
  });

  test("has them on its generated pages", { timeout: 120_000 }, () => {
    const model = cli("model", "document").out;
    for (const part of [
      "Therapy `example-antibody`",
      "Rule `example-antibody-without-response`",
      "Disease `example-disease`",
    ])
      expect(model).toContain(`### ${part}\n`);
    for (const number of ["exa_Imax", "points0", "from"]) expect(model).toContain(`| \`${number}\` |`);
    const told = run("env", ["UPDATE_DOCS=1", "npx", "vitest", "run", "test/docs.test.ts"]);
    expect(told.code, told.out.slice(-4000)).toBe(0);
    const page = readFileSync(join(copy, "docs/notes/study-file.md"), "utf8");
    for (const word of ["example-antibody", "example-antibody-without-response", "example-disease", "example-score"])
      expect(page).toContain(`| \`${word}\` |`);
  });
});

describe("a user meets them", () => {
  test("in the check, with hints", () => {
    expect(cli("check", "study.yaml")).toEqual({ code: 0, out: "study.yaml: no problems\n" });
    const wrong = STUDY.replace("give: example-antibody,", "give: examplimab,")
      .replace("dose: 100 mg", "dose: 5 g")
      .replace("example-score >= 5", "example-score >= 50")
      .replace("disease: example-disease", "disease: exemplitis")
      .replace("rules: [example-antibody-without-response]", "rules: [example-antibody-without-respons]");
    writeFileSync(join(folder, "wrong.yaml"), wrong);
    const { code, out } = cli("check", "wrong.yaml");
    expect(code).toBe(2);
    for (const hint of [
      'did you mean "example-antibody"?',
      'did you mean "example-disease"?',
      'did you mean "example-antibody-without-response"?',
    ])
      expect(out).toContain(hint);
    expect(out).toContain("10 … 1000 mg");
    writeFileSync(join(folder, "wrong.yaml"), STUDY.replace("example-score >= 5", "example-score >= 50"));
    expect(cli("check", "wrong.yaml").code).toBe(2);
  });

  test("in the help and in a simulation of one patient", () => {
    expect(cli("simulate", "--help").out).toContain("example-disease");
    expect(cli("model", "parameters", "exa_k").out).toContain("exa_k = 0.035 1/day: elimination");
    const one = cli("simulate", "--disease", "example-disease", "--strategy", "rituximab");
    expect(one.code, one.out).toBe(0);
    expect(one.out).toContain("rituximab");
  });

  test("in a trial: the antibody acts, the rule fires, the report and the tables speak of both", {
    timeout: 240_000,
  }, () => {
    const told = cli("trial", "study.yaml", "--out", "run", "--workers", "1");
    expect(told.code, told.out).toBe(0);
    const html = readFileSync(join(folder, "run/report.html"), "utf8");
    for (const words of [
      "example disease",
      "anti-example",
      "a response is waited for until this day",
      "coefficient of variation of the score",
      "example antibody counts until 100 days",
    ])
      expect(html).toContain(words);
    const rows = (sql: string) =>
      JSON.parse(cli("runs", "query", sql, "run", "--json").out) as Record<string, unknown>[];
    const fired = rows("select arm, count(*) n from events where event = 'example-antibody' group by arm");
    expect(fired).toHaveLength(1);
    expect(fired[0]).toMatchObject({ arm: "antibody" });
    expect(Number(fired[0]!["n"])).toBeGreaterThan(0);
    const growth = rows(
      "select a.patient from visits a join visits b using (patient, day) where a.arm = 'antibody' and b.arm = 'nothing' and day = 84 and a.activity < b.activity",
    );
    expect(growth.length).toBeGreaterThan(0);
  });
});

test("without them no bit changes: the result hash of a study that does not name them", { timeout: 240_000 }, () => {
  const hash = (main: string, out: string): string => {
    const told = run(process.execPath, [main, "trial", "lupus.yaml", "--out", out, "--workers", "1"], folder);
    expect(told.code, told.out).toBe(0);
    return (JSON.parse(readFileSync(join(folder, out, "run.json"), "utf8")) as { resultHash: string }).resultHash;
  };
  const own = hash(join(packageRoot, "dist/cli/main.js"), "before");
  expect(own).toMatch(/^[0-9a-f]{64}$/);
  expect(hash(join(copy, "dist/cli/main.js"), "after")).toBe(own);
});
