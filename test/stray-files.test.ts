/**
 * What somebody leaves in the root of a clone (a study, notes, the folder of a run) is no part of the project: style, types and tests look at
 * the project's own folders, and at the files in the root that are named.
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const FOLDERS = ["src", "test", "bench", "studies"];
const NAMED = ["biome.json", "package.json", "tsconfig.json", "tsconfig.build.json", "vitest.config.ts"];
const NOT_STYLED = /^(test\/(bad-studies|fixtures)|bench\/results)\//;
const BUILT = "bench/build";

/** Each would be a fault if it were taken for a part of the project. */
const STRAY: Readonly<Record<string, string>> = {
  "my-study.yaml": "id: [",
  "notes.ts": "const  x : string = 1;\r\n\tvar y: any = (",
  "results.json": '{"a":   1,,',
  "style.css": "a { b",
  "x.test.ts": 'throw new Error("not a test of the project");',
  "vitest.config.ts.timestamp-1.mjs": "let  a = (",
  "runs/one/summary.json": '{"a":   1}',
  "my-runs/one/run.json": '{"a":   1}',
  "my-runs/one/report.html": "<p",
  "scratch/biome.json": '{ "root": true, "formatter": { "enabled": false } }',
  "scratch/tsconfig.json": '{ "include": ["**"] }',
  "scratch/a.ts": "const x: string = 1;",
  "scratch/test/a.test.ts": 'throw new Error("not a test of the project");',
};

/** The project's own TypeScript and JSON, as it lies there. */
const own = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((file) => /\.(ts|json)$/.test(file) && !file.startsWith(`${BUILT}/`)),
);

let copy: string;
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "immune-reset-stray-"));
  for (const name of [...FOLDERS, ...NAMED, ".gitignore"])
    cpSync(join(ROOT, name), join(copy, name), { recursive: true, filter: (from) => from !== join(ROOT, BUILT) });
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  for (const [name, text] of Object.entries(STRAY)) {
    mkdirSync(dirname(join(copy, name)), { recursive: true });
    writeFileSync(join(copy, name), text);
  }
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** A script of package.json in the copy. */
function script(words: readonly string[]): { readonly stdout: string; readonly said: string } {
  const { stdout, stderr } = spawnSync("npm", ["run", "-s", ...words], { cwd: copy, encoding: "utf8" });
  return { stdout, said: stdout + stderr };
}

test("style looks at the project's own files only", () => {
  const { said } = script(["lint", "--", "--verbose"]);
  const taken = [...said.matchAll(/^ *- (.+)$/gm)].map(([, file]) => file);
  const wanted = [...own.filter((file) => !NOT_STYLED.test(file)), ...NAMED];
  expect(taken.sort(), said).toEqual(wanted.sort());
});

test("types are checked of the project's own files only", () => {
  const { stdout, said } = script(["typecheck", "--", "--showConfig"]);
  const { files } = JSON.parse(stdout || "{}") as { files: string[] | undefined };
  expect(files?.map((file) => file.replace("./", "")).sort(), said).toEqual(
    own.filter((file) => file.endsWith(".ts")).sort(),
  );
});

test("vitest runs the project's own tests only", () => {
  const vitest = join(copy, "node_modules/vitest/vitest.mjs");
  const env = { ...process.env };
  delete env["LONG"];
  const { stdout, stderr } = spawnSync(process.execPath, [vitest, "list", "--filesOnly", "--json"], {
    cwd: copy,
    encoding: "utf8",
    env,
  });
  const listed = JSON.parse(stdout || "[]") as { file: string }[];
  const taken = listed.map(({ file }) => relative(realpathSync(copy), file).replaceAll("\\", "/"));
  const wanted = own.filter((file) => /^test\/.*\.test\.ts$/.test(file) && !file.endsWith(".long.test.ts"));
  expect(taken.sort(), stderr).toEqual(wanted.sort());
});

test("npm test takes style, types and tests by these scripts", () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: { test: string } };
  expect(scripts.test.split(" && ").slice(-3)).toEqual(["npm run lint", "npm run typecheck", "vitest run"]);
});
