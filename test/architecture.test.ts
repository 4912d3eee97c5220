/**
 * Rooms with one front door; arrows point one way. Every folder under `src/` is a room of the table below, has a front door that says
 * what the room is for, and imports other rooms through their front doors only, and only those that the table allows.
 */
import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join } from "node:path/posix";
import ts from "typescript";
import { expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const MODEL = ["quantity", "statistics", "engine", "biology", "therapy", "disease"];
const STUDY = ["quantity", "reading", "engine", "biology", "therapy", "disease", "peers"];
const TRIAL_AND_ABOVE = [...MODEL, "peers", "reading", "population", "study", "trial"];
const REPORT_AND_ABOVE = [...TRIAL_AND_ABOVE, "markup", "report"];

/** The table of the architecture: room → rooms that it may import. "X and above" is X and what X may import. */
const ROOMS: Readonly<Record<string, readonly string[] | "anything">> = {
  quantity: [],
  statistics: [],
  reading: ["quantity"],
  markup: [],
  engine: ["quantity", "statistics"],
  evidence: ["quantity", "statistics", "reading"],
  registry: ["evidence"],
  peers: ["engine"],
  biology: ["quantity", "engine"],
  therapy: ["quantity", "statistics", "engine", "biology"],
  disease: ["quantity", "engine", "biology"],
  population: MODEL,
  study: STUDY,
  trial: [...MODEL, "peers", "population", "study"],
  report: [...TRIAL_AND_ABOVE, "markup"],
  calibration: TRIAL_AND_ABOVE,
  validation: [...TRIAL_AND_ABOVE, "calibration", "evidence"],
  guide: [...TRIAL_AND_ABOVE, "registry", "evidence"],
  exchange: TRIAL_AND_ABOVE,
  store: REPORT_AND_ABOVE,
  run: [...REPORT_AND_ABOVE, "store"],
  workbench: [...REPORT_AND_ABOVE, "store", "run", "evidence"],
  cli: "anything",
  server: "anything",
};

interface Extension {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

/** Rooms that may be imported beyond the table. */
const EXTENSIONS: readonly Extension[] = [];

/** Files that may be imported beside a front door. */
const SECOND_DOORS: readonly Extension[] = [
  {
    from: "cli",
    to: "src/evidence/load-node.ts",
    reason: "reads a folder with node:fs; the front door serves browsers",
  },
  {
    from: "workbench",
    to: "src/evidence/load-node.ts",
    reason: "the same",
  },
];

/** Where Node may be asked for something; all else runs in a browser too. */
const NODE_ONLY = /^src\/(run|cli|store|workbench)\/|^src\/evidence\/load-node\.ts$/;

type Files = ReadonlyMap<string, string>;

function sourceFiles(): Files {
  const names = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" });
  const code = names.filter((name) => /\.[cm]?[jt]sx?$/.test(name)).sort();
  return new Map(code.map((name) => [`src/${name}`, readFileSync(join(ROOT, "src", name), "utf8")]));
}

interface Import {
  readonly from: string;
  /** The file in `src/`, or the name of a package. */
  readonly to: string;
  readonly line: number;
}

/** Everything that a file imports, re-exports, loads when it runs, or takes a type from. */
function importsOf(file: string, text: string): Import[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const note = (specifier: ts.Node) => {
    const { line } = tree.getLineAndCharacterOfPosition(specifier.getStart());
    const to = ts.isStringLiteralLike(specifier)
      ? resolve(file, specifier.text)
      : `${specifier.getText()} (not a text)`;
    found.push({ from: file, to, line: line + 1 });
  };
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier)
      note(node.moduleSpecifier);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      note(node.arguments[0]!);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) note(node.argument.literal);
    else if (ts.isExternalModuleReference(node)) note(node.expression);
    // A worker's file: new URL("./worker.js", import.meta.url)
    else if (ts.isNewExpression(node) && node.expression.getText() === "URL" && node.arguments?.length === 2) {
      const [path, base] = node.arguments as unknown as [ts.Expression, ts.Expression];
      if (base.getText() === "import.meta.url" && ts.isStringLiteralLike(path) && /\.[cm]?[jt]s$/.test(path.text))
        note(path);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

const resolve = (file: string, specifier: string): string =>
  specifier.startsWith(".") ? join(dirname(file), specifier).replace(/\.js$/, ".ts") : specifier;

const roomOf = (file: string): string | undefined => /^src\/([^/]+)\//.exec(file)?.[1];
const packageOf = (specifier: string): string => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;

/** Folders of `src/`, with their front doors; `cli` may have `main.ts`. */
function doorFaults(files: Files): string[] {
  const faults = [...files.keys()].filter((file) => !roomOf(file)).map((file) => `${file}: lies in no room`);
  for (const room of new Set([...files.keys()].map(roomOf))) {
    if (room === undefined) continue;
    if (!Object.hasOwn(ROOMS, room)) faults.push(`src/${room}: is not a room of the table`);
    const door = [`src/${room}/index.ts`, ...(room === "cli" ? ["src/cli/main.ts"] : [])].find((f) => files.has(f));
    if (door === undefined) faults.push(`src/${room}: has no front door index.ts`);
    else if (!saysWhatFor(files.get(door)!, room))
      faults.push(`${door}: does not begin with a comment "${room}: what it is for"`);
  }
  return faults;
}

function saysWhatFor(text: string, room: string): boolean {
  const start = ts.getShebang(text)?.length ?? 0;
  const [first] = ts.getLeadingCommentRanges(text, start) ?? [];
  if (!first) return false;
  return new RegExp(`^[\\s/*]*${room}: +[a-z].{10}`, "i").test(text.slice(first.pos, first.end));
}

function importFaults(imports: readonly Import[], dependencies: readonly string[]): string[] {
  return imports.flatMap(({ from, to, line }) => {
    const at = `${from}:${line}`;
    const [room, other] = [roomOf(from), roomOf(to)];
    if (isBuiltin(to)) return NODE_ONLY.test(from) ? [] : [`${at}: ${to} exists in Node only`];
    if (!to.startsWith("src/")) {
      const known = dependencies.includes(packageOf(to));
      return known ? [] : [`${at}: ${to} is neither in src nor a dependency of package.json`];
    }
    if (room === undefined || other === undefined || room === other) return [];
    const allowed = ROOMS[room] ?? [];
    const extended = EXTENSIONS.some((each) => each.from === room && each.to === other);
    if (allowed !== "anything" && !allowed.includes(other) && !extended)
      return [`${at}: ${room} must not import ${other} (${to})`];
    const second = SECOND_DOORS.some((each) => each.from === room && each.to === to);
    return to === `src/${other}/index.ts` || second ? [] : [`${at}: ${to} is past the front door of ${other}`];
  });
}

/** Rooms, or other parts, that import each other, over whatever detour: `a → b → a`. */
function circles(imports: readonly Import[], part: (file: string) => string | undefined = roomOf): string[] {
  const arrows = new Map<string, Set<string>>();
  for (const { from, to } of imports) {
    const [room, other] = [part(from), part(to)];
    if (room === undefined || other === undefined || room === other) continue;
    arrows.set(room, (arrows.get(room) ?? new Set()).add(other));
  }
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (room: string, path: readonly string[]): void => {
    if (path.includes(room)) found.push([...path.slice(path.indexOf(room)), room].join(" → "));
    if (path.includes(room) || done.has(room)) return;
    for (const other of arrows.get(room) ?? []) walk(other, [...path, room]);
    done.add(room);
  };
  for (const room of arrows.keys()) walk(room, []);
  return found;
}

const files = sourceFiles();
const imports = [...files].flatMap(([file, text]) => importsOf(file, text));
const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { dependencies: object };

it("has a front door that names the room and its purpose, for every folder of src", () => {
  expect(files.size).toBeGreaterThan(0);
  expect(doorFaults(files)).toEqual([]);
});

it("imports only what the table allows, and through the front door", () => {
  expect(imports.length).toBeGreaterThan(0);
  expect(importFaults(imports, Object.keys(dependencies))).toEqual([]);
});

it("has no rooms that import each other", () => expect(circles(imports)).toEqual([]));

it("has no files that import each other, types included", () => expect(circles(imports, (file) => file)).toEqual([]));

it("has a table that points one way, without evidence, registry or store below trial", () => {
  const arrows = Object.entries(ROOMS).flatMap(([from, to]) => (to === "anything" ? [] : to.map((t) => [from, t])));
  const all = [...arrows, ...EXTENSIONS.map(({ from, to }) => [from, to])] as [string, string][];
  expect(circles(all.map(([from, to]) => ({ from: `src/${from}/a.ts`, to: `src/${to}/index.ts`, line: 1 })))).toEqual(
    [],
  );
  for (const [from, to] of all) {
    expect(Object.keys(ROOMS)).toContain(to);
    if (TRIAL_AND_ABOVE.includes(from)) expect(["evidence", "registry", "store"]).not.toContain(to);
  }
});

it("has no extension and no second door that nobody needs", () => {
  const unused = [
    ...EXTENSIONS.filter(({ from, to }) => !imports.some((i) => roomOf(i.from) === from && roomOf(i.to) === to)),
    ...SECOND_DOORS.filter(({ to }) => !files.has(to)),
  ];
  expect(unused).toEqual([]);
});

it("finds each fault that is planted", () => {
  const planted = new Map([
    ["src/stray.ts", ""],
    ["src/attic/index.ts", "/** attic: things that nobody needs. */"],
    ["src/quantity/index.ts", "export {};"],
    ["src/trial/index.ts", "/** trial: how it is studied. */\nexport * from '../store/index.js';"],
    ["src/trial/a.ts", "import { type A } from '../engine/solve/solve.js';"],
    ["src/store/a.ts", "import { B } from '../trial/index.js';\nimport fs from 'fs';"],
    ["src/engine/a.ts", "const { readFile } = await import('node:fs');\nimport ts from 'typescript';"],
    ["src/engine/b.ts", "type A = import('../biology/index.js').A;"],
    ["src/disease/a.ts", "import '../statistics/index.js';\nimport { d } from './b.js';"],
    ["src/cli/main.ts", "#!/usr/bin/env node\n/** cli: how people meet it. */\nimport '../evidence/load-node.js';"],
  ]);
  expect(doorFaults(planted)).toEqual([
    "src/stray.ts: lies in no room",
    "src/attic: is not a room of the table",
    'src/quantity/index.ts: does not begin with a comment "quantity: what it is for"',
    "src/store: has no front door index.ts",
    "src/engine: has no front door index.ts",
    "src/disease: has no front door index.ts",
  ]);
  const found = [...planted].flatMap(([file, text]) => importsOf(file, text));
  expect(importFaults(found, ["yaml"])).toEqual([
    "src/trial/index.ts:2: trial must not import store (src/store/index.ts)",
    "src/trial/a.ts:1: src/engine/solve/solve.ts is past the front door of engine",
    "src/engine/a.ts:1: node:fs exists in Node only",
    "src/engine/a.ts:2: typescript is neither in src nor a dependency of package.json",
    "src/engine/b.ts:1: engine must not import biology (src/biology/index.ts)",
    "src/disease/a.ts:1: disease must not import statistics (src/statistics/index.ts)",
  ]);
  expect(circles(found)).toEqual(["trial → store → trial"]);
  const pair = [
    { from: "src/a/b.ts", to: "src/a/c.ts", line: 1 },
    { from: "src/a/c.ts", to: "src/a/b.ts", line: 2 },
  ];
  expect(circles(pair, (file) => file)).toEqual(["src/a/b.ts → src/a/c.ts → src/a/b.ts"]);
});
