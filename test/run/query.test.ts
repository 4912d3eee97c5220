import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { namedQueries } from "../../src/store/index.js";
import { packageRoot } from "../../src/workbench/package-info.js";
import { command, study2022, temporaryFolder } from "./command.js";

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const [one, two] = [join(folder, "one"), join(folder, "two")];
command(["trial", study2022, "--replicates", "2", "--out", one]);
command(["trial", study2022, "--replicates", "3", "--seed", "5", "--out", two]);
const query = (question: string, ...runs: string[]) => command(["runs", "query", question, ...runs, "--json"]);

describe("runs query", () => {
  test("SQL over two runs", () => {
    const { stdout } = query("SELECT run, count(*)::INT AS n FROM patients GROUP BY run ORDER BY run", one, two);
    expect(JSON.parse(stdout)).toEqual([
      { run: one, n: 10 },
      { run: two, n: 15 },
    ]);
  });

  test.each(Object.keys(namedQueries))("the named question %s", (name) => {
    const { status, stderr, stdout } = query(name, one, two);
    expect(status, stderr).toBe(0);
    if (name !== "failed-runs") expect(JSON.parse(stdout).length).toBeGreaterThan(0);
  });

  test("a number of the report is that of the tables", () => {
    const { numbers } = JSON.parse(readFileSync(join(one, "summary.json"), "utf8")) as {
      numbers: { name: string; value: number }[];
    };
    const { stdout } = query(
      "SELECT median(car_t_peak_day) AS day, median(igg_min) AS igg FROM outcomes WHERE arm = 'car-t'",
      one,
    );
    const [{ day, igg }] = JSON.parse(stdout);
    expect(numbers.find(({ name }) => name === "car-t.car-t-peak-day")!.value).toBe(day);
    expect(numbers.find(({ name }) => name === "car-t.igg-min")!.value).toBe(igg);
  });

  test("wrong SQL, other files and unfinished runs are refused", () => {
    expect(query("SELECT nothing FROM nowhere", one).status).toBe(2);
    const { status, stderr } = query("SELECT * FROM read_text('/etc/hostname')", one);
    expect(status).toBe(2);
    expect(stderr).toContain("disabled");
    expect(query("SELECT 1", folder).status).toBe(2);
  });

  test("tables says what every column means", () => {
    const { stdout } = command(["runs", "tables", "--json"]);
    const { tables } = JSON.parse(stdout) as { tables: { name: string; columns: { about: string; unit: string }[] }[] };
    expect(tables.length).toBe(11);
    for (const { columns } of tables) for (const { about } of columns) expect(about).not.toBe("");
  });
});

describe("old results stay readable", () => {
  const old = join(packageRoot, "test/fixtures/run-0.1.0");
  test("the run of 0.1.0 verifies, is shown and can be asked", () => {
    const verified = command(["runs", "verify", old]);
    expect(verified.stdout).toContain("every file and every cell as recorded");
    expect(verified.status).toBe(0);
    expect(command(["runs", "show", old]).stdout).toContain("version         0.1.0");
    expect(JSON.parse(query("SELECT count(*)::INT AS n FROM runs", old).stdout)).toEqual([{ n: 15 }]);
  });
});
