import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { packageRoot } from "../../src/workbench/package-info.js";
import { command } from "../run/command.js";

const folder = mkdtempSync(join(tmpdir(), "immune-reset-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const run = (...words: string[]) => command(words, { cwd: folder });

describe("exit codes: 0 done, 2 your input", () => {
  test("help lists the verbs", () => {
    const { status, stdout } = run("--help");
    expect(status).toBe(0);
    for (const verb of ["trial", "simulate", "check"]) expect(stdout).toContain(verb);
  });

  test.each([
    [["frobnicate"], "unknown command"],
    [["trial"], "no study is given"],
    [["trial", "missing.yaml"], "cannot be read"],
    [["trial", "missing.yaml", "--replicates", "0"], "whole number"],
    [["simulate", "--disease", "flu", "--strategy", "car-t"], 'unknown disease "flu"'],
    [["simulate", "--disease", "lupus", "--strategy", "car-t"], 'did you mean "sle"?'],
    [["simulate", "--disease", "sle", "--strategy", "rituximabb"], 'did you mean "rituximab"?'],
    [["simulate", "--disease", "sle", "--strategy", "toString"], 'unknown strategy "toString"'],
    [["simulate", "--disease", "sle", "--strategy", "prayer"], 'unknown strategy "prayer"'],
    [["trial", "--from", "missing.json"], "cannot be read"],
  ])("%j", (words, message) => {
    const { status, stderr, stdout } = run(...words);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(stdout).toBe("");
  });

  test("every bad study file: exit code 2 from check and from trial, nothing written", () => {
    const bad = join(packageRoot, "test/bad-studies");
    const files = readdirSync(bad).filter((name) => name.startsWith("bad-"));
    expect(files.length).toBeGreaterThanOrEqual(20);
    const all = run("check", ...files.map((name) => join(bad, name)));
    expect(all.status).toBe(2);
    for (const name of files.slice(0, 4)) {
      const { status, stderr } = run("trial", join(bad, name), "--out", join(folder, "never"));
      expect(status).toBe(2);
      expect(stderr).toContain(name);
      expect(existsSync(join(folder, "never"))).toBe(false);
    }
    expect(
      run(
        "check",
        join(bad, "good.yaml"),
        join(packageRoot, "evidence"),
        join(packageRoot, "studies/erlangen-2022.yaml"),
      ).status,
    ).toBe(0);
  });

  test("an unknown record of evidence is a problem of the input, found before anything is written", () => {
    const text = readFileSync(join(packageRoot, "studies/erlangen-2022.yaml"), "utf8").replace(
      "record: mackensen_2022",
      "record: nobody_1999",
    );
    writeFileSync(join(folder, "unknown.yaml"), text);
    const { status, stderr } = run("trial", "unknown.yaml", "--out", "nothing");
    expect(status).toBe(2);
    expect(stderr).toContain("nobody_1999");
    expect(existsSync(join(folder, "nothing"))).toBe(false);
  });

  test("a finished run is not overwritten", () => {
    writeFileSync(join(folder, "small.yaml"), readFileSync(join(packageRoot, "studies/erlangen-2022.yaml")));
    expect(run("trial", "small.yaml", "--replicates", "1", "--out", "kept").status).toBe(0);
    const before = readFileSync(join(folder, "kept/run.json"), "utf8");
    const again = run("trial", "small.yaml", "--replicates", "2", "--out", "kept");
    expect(again.status).toBe(2);
    expect(again.stderr).toContain("finished run");
    expect(readFileSync(join(folder, "kept/run.json"), "utf8")).toBe(before);
  });
});

describe("what a trial writes", () => {
  test("report, record, summary and tables; every number of the page is in summary.json", () => {
    const { status, stdout, stderr } = run(
      "trial",
      join(packageRoot, "studies/erlangen-2024.yaml"),
      "--replicates",
      "2",
      "--out",
      "whole",
    );
    expect(status, stderr).toBe(0);
    const lines = stdout.trim().split("\n");
    expect(lines[lines.length - 1]).toMatch(/^report: .*report\.html$/);
    expect(lines.length).toBeLessThanOrEqual(12);
    const page = readFileSync(join(folder, "whole/report.html"), "utf8");
    const { numbers } = JSON.parse(readFileSync(join(folder, "whole/summary.json"), "utf8")) as {
      numbers: { name: string; value: number | null }[];
    };
    const byName = new Map(numbers.map((number) => [number.name, number.value]));
    const shown = [...page.matchAll(/<data class="num" value="([^"]+)" title="([^:"]+): /g)];
    expect(shown.length).toBeGreaterThan(50);
    for (const [, value, name] of shown) expect(byName.get(name!), name).toBe(Number(value));
    expect(page).toContain("not medical advice");
    for (const table of [
      "patients",
      "runs",
      "visits",
      "items",
      "events",
      "outcomes",
      "curves",
      "numbers",
      "parameters",
    ])
      expect(existsSync(join(folder, `whole/${table}.parquet`)), table).toBe(true);
  });
});

describe("simulate", () => {
  test("the typical lupus patient under CAR-T and rituximab", () => {
    const { status, stdout } = run("simulate", "--disease", "sle", "--strategy", "all", "--nominal", "--json");
    expect(status).toBe(0);
    const { days, runs } = JSON.parse(stdout) as {
      days: number[];
      runs: {
        strategy: string;
        curves: Record<string, number[]>;
        events: { event: string; day: number }[];
        visits: { day: number; remission: boolean; drugFreeRemission: boolean }[];
      }[];
    };
    const of = (strategy: string) => runs.find((r) => r.strategy === strategy)!;
    const at = (strategy: string, curve: string, day: number) =>
      of(strategy).curves[curve]![days.findIndex((d) => d >= day)]!;
    const car = of("car-t").curves["CARblood"]!;
    const peak = days[car.indexOf(Math.max(...car))]!;
    // The report must show: CAR-T peak day 8–12; blood B cells < 1/µL by about day 10 and back around day 90–150, naive first; anti-dsDNA down > 90 % by day 90;
    // vaccine antibody kept; rituximab leaves lymph-node B cells and relapse comes within 6–12 months; the continued arm stays level.
    expect(peak).toBeGreaterThanOrEqual(8);
    expect(peak).toBeLessThanOrEqual(12);
    expect(at("car-t", "Bblood", 10)).toBeLessThan(1);
    const back = days.find((day, i) => day > 20 && of("car-t").curves["Bblood"]![i]! > 5)!;
    expect(back).toBeGreaterThanOrEqual(80);
    expect(back).toBeLessThanOrEqual(150);
    expect(at("car-t", "naiveBlood", back) / at("car-t", "Bblood", back)).toBeGreaterThan(0.95);
    expect(at("car-t", "AAb", 90)).toBeLessThan(10);
    expect(at("car-t", "VAb", 365)).toBeGreaterThan(90);
    expect(at("rituximab", "Bln", 90)).toBeGreaterThan(0.1);
    const relapse = of("rituximab").events.find(({ event }) => event === "relapse")!;
    expect(relapse.day).toBeGreaterThanOrEqual(150);
    expect(relapse.day).toBeLessThanOrEqual(366);
    expect(of("car-t").visits.find(({ day }) => day >= 180)!.drugFreeRemission).toBe(true);
    for (const day of [0, 180, 365, 730]) {
      expect(Math.abs(at("continued", "INF", day) - 1)).toBeLessThan(0.01);
      expect(Math.abs(at("continued", "AAb", day) / 100 - 1)).toBeLessThan(0.01);
    }
    // Withdrawal without anything else flares.
    expect(at("withdrawal", "INF", 120)).toBeGreaterThan(1.03);
  });
});

describe("simulate --set", () => {
  const words = ["simulate", "--disease", "sle", "--strategy", "car-t", "--nominal", "--until", "60"];
  test("says what a change of one parameter does, a line for each curve", () => {
    const { status, stdout } = run(...words, "--set", "rho={times: 1.2}");
    expect(status).toBe(0);
    expect(stdout).toContain("changed: rho (max antigen- and IL-15-driven proliferation rate): × 1.2");
    expect(stdout).toMatch(/^car-t +CAR-T \/µL +highest 64\.8 → 85\.4 \(\+31\.8 %\), at the end/m);
    const { patient } = JSON.parse(run(...words, "--set", "rho=3 1/day", "KT=fixed", "--json").stdout);
    expect(patient.changes).toEqual({ rho: { value: 3 }, KT: { fixed: true } });
  });
  test("refuses every mistake, with a caret", () => {
    const { status, stderr, stdout } = run(...words, "--set", "rhoo=fixed", "BW=500 kg", "kcat");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    for (const text of ['did you mean "rho"?', "BW: value 500 lies outside its bounds", "^^"])
      expect(stderr).toContain(text);
  });
});

describe("simulate: doses, outputs, times, another model", () => {
  const words = ["simulate", "--disease", "sle", "--strategy", "car-t", "--nominal", "--until", "60"];
  test("what is asked, at the times that are asked, of a patient of that weight", () => {
    const more = ["--dose", "3e5 cell/kg", "--weight", "55", "--age", "61", "--outputs", "C3,CARblood"];
    const times = ["--grid", "0 day, {from: 7 day, to: 21 day, every: 84 h}"];
    const { stdout } = run(...words, ...more, ...times, "--csv");
    const lines = stdout.trim().split("\n");
    expect(lines[0]).toBe("strategy,day,name,value,horizon");
    expect(lines.slice(1).map((line) => line.split(",").slice(0, 3).join())).toEqual(
      ["C3", "CARblood"].flatMap((name) => [0, 7, 10.5, 14, 17.5, 21].map((day) => `car-t,${day},${name}`)),
    );
    const { patient, runs } = JSON.parse(run(...words, ...more, ...times, "--json").stdout);
    expect(patient.covariates).toMatchObject({ weight: 55, age: 61 });
    expect(runs[0].asked.days).toEqual([0, 7, 10.5, 14, 17.5, 21]);
    expect(run(...words, ...more, ...times).stdout).toContain("with cd19-car-t at 3e5 cell/kg");
  });
  test("every number past the published follow-up is marked, in text, CSV and JSON", () => {
    // Lupus on CD19 CAR-T: eleven people, watched for a median of 30 months.
    const far = ["simulate", "--disease", "sle", "--strategy", "car-t", "--nominal", "--until", "3650"];
    const text = run(...far).stdout;
    expect(text).toContain("◌ not observed: after day 913");
    const days = /^day +(.*)$/m.exec(text)![1]!.trim().split(/ +/);
    for (const label of ["B cells /µL", "IgG g/L"]) {
      const cells = text
        .split("\n")
        .find((line) => line.startsWith(label))!
        .slice(22)
        .trim()
        .split(/ +/);
      expect(cells).toHaveLength(days.length);
      cells.forEach((cell, i) => {
        expect(cell.endsWith("◌"), `${label} on day ${days[i]}`).toBe(Number.parseInt(days[i]!, 10) > 913);
      });
    }
    for (const [, day, mark] of text.matchAll(/\(day (\d+)(◌?)\)/g)) expect(mark === "◌").toBe(Number(day) > 913);
    const csv = run(...far, "--outputs", "C3", "--grid", "0 day, 900 day, 920 day", "--csv")
      .stdout.trim()
      .split("\n");
    expect(csv.slice(1).map((line) => line.split(",").at(-1))).toEqual(["", "", "not observed"]);
    expect(JSON.parse(run(...far, "--json").stdout).runs[0].observed).toMatchObject({
      record: "taubmann_2025_longterm",
    });
    // Nobody has said how long: nothing was observed.
    expect(
      run("simulate", "--disease", "ssc", "--strategy", "rituximab", "--nominal", "--until", "60").stdout,
    ).toContain("◌ not observed: after day 0");
  });
  test("a published model, with its dose", () => {
    const peer = ["simulate", "--model", "park-2025", "--nominal", "--until", "200"];
    const { stdout, status } = run(
      ...peer,
      "--dose",
      "5e5 cell/kg",
      "--outputs",
      "Btotal,C",
      "--grid",
      "200 day",
      "--json",
    );
    expect(status).toBe(0);
    const { values, happenings } = JSON.parse(stdout);
    // doses.csv of the reference: 192.9824762 at half of the dose.
    expect(values.Btotal[0] / 192.9824762).toBeCloseTo(1, 5);
    expect(happenings.map(({ name }: { name: string }) => name)).toEqual([
      "S < theta",
      "S < theta",
      "B > bU",
      "S < theta",
    ]);
    expect(run(...peer).stdout).toContain("All constants are second hand");
  });
  test("every mistake of one command at once", () => {
    const { status, stderr, stdout } = run(
      ...words,
      ...["--dose", "rituximab: 1 g", "--outputs", "CARblod", "--grid", "3", "--weight", "135", "--set", "rhoo=fixed"],
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    for (const text of [
      "no strategy gives rituximab",
      'did you mean "CARblood"?',
      'write "3 day" if day is meant',
      "value 135 lies outside its bounds 40 … 130",
      'did you mean "rho"?',
    ])
      expect(stderr).toContain(text);
    const peer = run("simulate", "--model", "park-2025", "--disease", "iim", "--set", "kx9=fixed", "--outputs", "Q1");
    expect(peer.status).toBe(2);
    for (const text of ['does not know "iim"', 'did you mean "kx8"?', 'no model of this study has "Q1"'])
      expect(peer.stderr).toContain(text);
    expect(run("simulate", "--model", "park-2024").stderr).toContain('did you mean "park-2025"?');
    expect(run("simulate").stderr).toContain("--disease");
  });
});

describe("what a file is written in", () => {
  const good = readFileSync(join(packageRoot, "test/bad-studies/good.yaml"), "utf8");
  const put = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content);
    return name;
  };

  test("a study that is not UTF-8 is refused with the place of the byte, by check and by trial", () => {
    const latin = put("latin.yaml", Buffer.from(`# é\n${good}`, "latin1"));
    const wide = put("wide.yaml", Buffer.from(good, "utf16le"));
    for (const words of [
      ["check", latin],
      ["trial", latin, "--out", join(folder, "never")],
    ]) {
      const { status, stderr } = run(...words);
      expect(status).toBe(2);
      expect(stderr).toContain("latin.yaml:1:3");
      expect(stderr).toContain("not UTF-8: byte 0xE9 at byte offset 2");
    }
    expect(existsSync(join(folder, "never"))).toBe(false);
    expect(run("check", wide).stderr).toContain("the file is UTF-16, not UTF-8");
    const record = put("latin.json", Buffer.from('{"study": "é"}', "latin1"));
    expect(run("trial", "--from", record).stderr).toContain("byte 0xE9 at byte offset 11");
  });

  test("an evidence file too", () => {
    mkdirSync(join(folder, "evidence-latin/sources"), { recursive: true });
    put("evidence-latin/sources/a.yaml", Buffer.from("id: a\nabout: é\n", "latin1"));
    const { status, stderr } = run("check", "evidence-latin");
    expect(status).toBe(2);
    expect(stderr).toContain("a.yaml:2:8");
    expect(stderr).toContain("byte 0xE9");
  });

  test("a warning is printed, and is no failure", () => {
    const odd = put("odd.yaml", good.replace(/seed: \d+/, "seed: 010"));
    const { status, stdout, stderr } = run("check", odd);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "odd.yaml: no problems, 1 warning\n" });
    expect(stderr).toContain("warning: 010 is read as 10");
    const json = JSON.parse(run("check", odd, "--json").stdout);
    expect(json).toMatchObject({ fine: ["odd.yaml"], problems: [], warnings: [{ severity: "warning" }] });
  });
});
