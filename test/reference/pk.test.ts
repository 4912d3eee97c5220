/** Dosing against real NONMEM output (printed to five digits) and exact solutions (40 digits). docs/notes/dosing.md */
import {
  assemble,
  defineModule,
  instantiateWasm,
  type Observation,
  planKernels,
  type RegimenEvent,
  Runner,
  simulateRegimen,
  withInputs,
} from "../../src/engine/index.js";
import { expectClose, type ReferenceCase, readTable, referenceSuite } from "./harness.js";

const because = { level: "assumed", reason: "of the reference case" } as const;
const number = (value: number, unit = "1/day") => ({ value, unit, bounds: [0, 1e9] as const, about: "x", ...because });
const amount = { unit: "1", about: "amount", initial: "0", tolerance: 1e-9 } as const;

/** Depot, centre and two tissues; times of the files are hours, and stand as days. Unused exchange is 0. */
const compartments = withInputs(
  defineModule("compartments", {
    about: "a linear model with up to three compartments and a depot",
    parameters: {
      ka: number(0),
      CL: number(1),
      V1: number(1, "1"),
      V2: number(1, "1"),
      V3: number(1, "1"),
      Q2: number(0),
      Q3: number(0),
    },
    // What a covariate changes in time.
    controls: { clearance: { unit: "1/day", about: "clearance now", initial: "CL" } },
    states: { depot: amount, central: amount, second: amount, third: amount },
    flows: {
      absorbed: { from: "depot", to: "central", rate: "ka*depot" },
      cleared: { from: "central", rate: "clearance/V1*central" },
      out2: { from: "central", to: "second", rate: "Q2/V1*central" },
      back2: { from: "second", to: "central", rate: "Q2/V2*second" },
      out3: { from: "central", to: "third", rate: "Q3/V1*central" },
      back3: { from: "third", to: "central", rate: "Q3/V3*third" },
    },
    quantities: { concentration: { unit: "1", formula: "central/V1", about: "concentration" } },
  }),
  ["depot", "central"],
);
const kernels = planKernels(assemble([compartments]), ["concentration"]);
const runner = new Runner(instantiateWasm(kernels), { rtol: 1e-12, atolScale: 1e-6, maxSteps: 100_000 });

/** What the control streams of the NONMEM runs have (their text is not in the folder; found by the first scenario and the same in all): lag, bioavailability and duration are those of compartment 2. */
const NONMEM = { ka: 1.5, CL: 1.1, V1: 20 };
const SCALE = 1000;
/** NONMEM prints five digits. */
const DIGITS = 6e-5;

type Row = Record<string, string>;
const value = (row: Row, ...names: string[]): number =>
  Number(names.map((name) => row[name]).find((text) => text !== undefined) ?? 0);

function eventOf(row: Row): RegimenEvent {
  const time = value(row, "time");
  const evid = value(row, "evid");
  if (evid === 3) return { time, reset: true };
  const second = value(row, "cmt") === 2;
  const rate = value(row, "rate");
  const ss = value(row, "ss");
  const [every, lag] = [value(row, "ii"), second ? value(row, "LAGT", "lagt") : 0];
  return {
    time,
    into: second ? "central" : "depot",
    amount: value(row, "amt"),
    additional: value(row, "addl"),
    lag,
    bioavailability: second ? value(row, "BIOAV", "bioav") : 1,
    ...(every > 0 ? { every } : {}),
    ...(rate > 0 ? { rate } : rate === -2 ? { duration: value(row, "DUR2", "dur2") } : {}),
    ...(ss > 0 ? { steadyState: ss === 1 ? ("reset" as const) : ("add" as const) } : {}),
    ...(evid === 4 ? { reset: true as const } : {}),
  };
}

/** One subject: doses and observations in the order of the file, so that one before a dose at the same time is told from one after it. */
function compare(rows: readonly Row[], wanted: readonly number[]): void {
  const isDose = (row: Row) => value(row, "evid") !== 0;
  const events = rows.filter(isDose).map(eventOf);
  const seen: { observation: Observation; wanted: number }[] = [];
  // A lag of an interval or more: NONMEM follows the model backwards until the dose arrives, below zero if need be. From then on the two agree.
  const heldBack = Math.max(
    0,
    ...rows
      .filter((row) => value(row, "ss") > 0 && value(row, "LAGT", "lagt") >= value(row, "ii"))
      .map((row) => value(row, "time") + value(row, "LAGT", "lagt")),
  );
  rows.forEach((row, i) => {
    const time = value(row, "time");
    if (isDose(row) || time < heldBack) return;
    const before = rows.slice(i + 1).some((later) => isDose(later) && value(later, "time") === time);
    seen.push({ observation: { time, when: before ? "before" : "after" }, wanted: wanted[i]! });
  });
  if (seen.length === 0) throw new Error("nothing to compare");
  const { end, rows: found } = simulateRegimen(runner, {
    events,
    observe: seen.map(({ observation }) => observation),
    parameters: NONMEM,
  });
  if (end.kind !== "completed") throw new Error(end.reason);
  seen.forEach(({ observation, wanted: one }, i) => {
    expectClose(`CP at ${observation.time}`, SCALE * found[i]![0]!, one, DIGITS, 1e-9);
  });
}

const subjects = (rows: readonly Row[], id: string): Map<string, Row[]> => {
  const found = new Map<string, Row[]>();
  for (const row of rows) found.set(row[id]!, [...(found.get(row[id]!) ?? []), row]);
  return found;
};

referenceSuite<string>("pk/nonmem-dosing 1001", "pk/nonmem-dosing", () => {
  const output = subjects(readTable("pk/nonmem-dosing/1001-nm.csv"), "ID");
  const names = new Map(readTable("pk/nonmem-dosing/1001-run-key.csv").map((row) => [row["ID"], row["descr"]]));
  return [...subjects(readTable("pk/nonmem-dosing/1001.csv"), "ID")].map(
    ([id, rows]): ReferenceCase => ({
      name: `${id} ${names.get(id) ?? "?"}`,
      run: () =>
        compare(
          rows,
          output.get(id)!.map((row) => value(row, "CP")),
        ),
    }),
  );
});

referenceSuite<string>("pk/nmtest", "pk/nmtest.csv", () =>
  [...subjects(readTable("pk/nmtest.csv"), "id")].map(
    ([id, rows]): ReferenceCase => ({
      name: id,
      run: () =>
        compare(
          rows,
          rows.map((row) => value(row, "cp")),
        ),
    }),
  ),
);

/** A clearance that follows the weight: NONMEM uses a record's covariates for the time up to it. */
referenceSuite<string>("pk/nonmem-dosing 2001", "pk/nonmem-dosing", () => {
  const rows = readTable("pk/nonmem-dosing/2001.csv");
  const output = readTable("pk/nonmem-dosing/2001-nm.csv");
  return [
    {
      name: "clearance by weight",
      run: () => {
        const changes = output.flatMap((row, i) => {
          const next = output[i + 1];
          if (!next || value(next, "TIME") <= value(row, "TIME")) return [];
          return [
            {
              at: value(row, "TIME"),
              label: "weight",
              apply: (patient: { control(name: string, to: number): void }) => {
                patient.control("clearance", value(next, "CL"));
                return true;
              },
            },
          ];
        });
        const seen = rows
          .map((row, i) => ({ row, wanted: value(output[i]!, "CP") }))
          .filter(({ row }) => value(row, "evid") === 0);
        const { rows: found } = simulateRegimen(runner, {
          events: rows.filter((row) => value(row, "evid") !== 0).map(eventOf),
          observe: seen.map(({ row }) => ({ time: value(row, "time") })),
          parameters: NONMEM,
          actions: changes,
        });
        seen.forEach(({ row, wanted }, i) => {
          // The clearance of the file itself has five digits.
          expectClose(`CP at ${row["time"]}`, SCALE * found[i]![0]!, wanted, 3 * DIGITS, 1e-9);
        });
      },
    },
  ];
});

interface ExactDose {
  time?: number;
  amt: string;
  cmt: string;
  tinf?: string;
  lag?: string;
  F?: string;
  ii?: number | string;
  addl?: number;
}
interface ExactCase {
  name: string;
  params: Record<string, string>;
  doses?: ExactDose[];
  times?: number[];
  steadyStateDose?: ExactDose;
  timeAfterDose?: number[];
  conc: number[];
}

referenceSuite<{ cases: ExactCase[] }>("pk/analytic", "pk/analytic_pk.json", ({ cases }) =>
  cases.map(
    (one): ReferenceCase => ({
      name: one.name,
      run: () => {
        const dose = (each: ExactDose): RegimenEvent => ({
          time: each.time ?? 0,
          into: each.cmt,
          amount: Number(each.amt),
          ...(each.tinf === undefined ? {} : { duration: Number(each.tinf) }),
          lag: Number(each.lag ?? 0),
          bioavailability: Number(each.F ?? 1),
          ...(each.ii === undefined ? {} : { every: Number(each.ii) }),
          additional: each.addl ?? 0,
          ...(one.steadyStateDose ? { steadyState: "reset" as const } : {}),
        });
        const times = one.times ?? one.timeAfterDose!;
        const { end, rows } = simulateRegimen(runner, {
          events: (one.doses ?? [one.steadyStateDose!]).map(dose),
          observe: times.map((time) => ({ time })),
          parameters: Object.fromEntries(Object.entries(one.params).map(([name, text]) => [name, Number(text)])),
        });
        if (end.kind !== "completed") throw new Error(end.reason);
        const largest = Math.max(...one.conc);
        times.forEach((time, i) => {
          expectClose(`concentration at ${time}`, rows[i]![0]!, one.conc[i]!, 1e-9, 1e-12 * largest);
        });
      },
    }),
  ),
);
