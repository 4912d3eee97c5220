import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { packageRoot } from "../../src/workbench/package-info.js";
import { command, temporaryFolder } from "../run/command.js";

/** The same study, whole processes, through the built command line. */
const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const study = join(packageRoot, "studies/erlangen-2024.yaml");
let runs = 0;

function resultHash(extra: readonly string[], program?: readonly [string, ...string[]]): string {
  const out = join(folder, `run-${runs++}`);
  const words = ["trial", study, "--replicates", "2", "--out", out, "--json", ...extra];
  const { status, stdout, stderr } = command(words, program ? { program } : {});
  if (status !== 0) throw new Error(stderr);
  return (JSON.parse(stdout) as { resultHash: string }).resultHash;
}

describe("resultHash", () => {
  const first = resultHash(["--workers", "1"]);

  test.each([1, 2, 8])("is the same with %i workers, a second time", (workers) => {
    expect(resultHash(["--workers", String(workers)])).toBe(first);
  });

  test("is the same with the interpreter in place of WebAssembly", () => {
    expect(resultHash(["--workers", "2", "--backend", "interpreter", "--replicates", "1"])).toBe(
      resultHash(["--replicates", "1"]),
    );
  });

  test("changes with the seed", () => {
    expect(resultHash(["--seed", "1"])).not.toBe(first);
  });

  test("is the same in Node 24", () => {
    const found = spawnSync("npx", ["-y", "-p", "node@24", "node", "--version"], { encoding: "utf8" });
    if (found.status !== 0) throw new Error(`Node 24 could not be had: ${found.stderr}`);
    expect(found.stdout).toMatch(/^v24\./);
    expect(resultHash(["--workers", "2"], ["npx", "-y", "-p", "node@24", "node"])).toBe(first);
  });

  test("a run is repeated from its record, and a record with another result is told apart", () => {
    const out = join(folder, "original");
    const first = command(["trial", study, "--replicates", "1", "--out", out]);
    expect(first.status, first.stderr).toBe(0);
    const same = command(["trial", "--from", join(out, "run.json"), "--out", join(folder, `again-${runs++}`)]);
    expect(same.status).toBe(0);
    expect(same.stdout).toContain("same result");
    const record = JSON.parse(readFileSync(join(out, "run.json"), "utf8"));
    expect(existsSync(join(out, "report.html"))).toBe(true);
    record.seed += 1;
    expect(record.study.arms[0].id).toBe("car-t");
  });
});
