import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, describe, expect, test } from "vitest";
import { packageRoot } from "../src/workbench/package-info.js";

/** Every program of the documentation that is followed by what it prints is run as a user would: in a folder of its own, from the built package. */
const folder = mkdtempSync(join(tmpdir(), "immune-reset-examples-"));
mkdirSync(join(folder, "node_modules"));
symlinkSync(packageRoot, join(folder, "node_modules/immune-reset"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("every program of the documentation compiles under strict TypeScript", () => {
  const files = ["docs/engine.md", "README.md"].flatMap((document) => {
    const text = readFileSync(join(packageRoot, document), "utf8");
    return [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, program], i) => {
      const file = join(folder, `${document.replace(/\W/g, "-")}-${i + 1}.mts`);
      writeFileSync(file, program!);
      return file;
    });
  });
  expect(files.length).toBeGreaterThan(3);
  const program = ts.createProgram(files, {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    typeRoots: [join(packageRoot, "node_modules/@types")],
    types: ["node"],
  });
  const faults = ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${file?.fileName ?? ""}:${line} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
  expect(faults).toEqual([]);
}, 60_000);

for (const document of ["docs/engine.md", "README.md"])
  describe(document, () => {
    const text = readFileSync(join(packageRoot, document), "utf8");
    const examples = [...text.matchAll(/```ts\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g)];
    test("has examples", () => expect(examples.length).toBeGreaterThan(0));
    test.each(examples.map(([, program, printed], i) => [i + 1, program!, printed!] as const))(
      "example %i",
      (index, program, printed) => {
        const file = join(folder, `${document.replace(/\W/g, "-")}-${index}.mjs`);
        writeFileSync(file, program);
        expect(execFileSync(process.execPath, [file], { encoding: "utf8" })).toBe(printed);
      },
    );
  });
