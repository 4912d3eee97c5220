/** The published model against an independent program with located switches (Radau, rtol 1e-10). Tolerances are those of its README; what we ask of ourselves is tighter. */
import { expect } from "vitest";
import {
  assemble,
  defineModule,
  instantiateWasm,
  type Module,
  planKernels,
  Runner,
  type RunResult,
} from "../../src/engine/index.js";
import { park2025 } from "../../src/peers/index.js";
import { expectClose, isMissing, type ReferenceCase, readTable, referenceSuite } from "./harness.js";

/** Quantity by column. */
const COLUMNS: Readonly<Record<string, string>> = {
  cart_total_per_uL: "S",
  cart_naive_per_uL: "Sn",
  cart_central_memory_per_uL: "Sc",
  cart_effector_memory_per_uL: "Sm",
  cart_effector_per_uL: "Se",
  cart_marrow_per_L: "Smarrow",
  b_reactive_per_uL: "Breactive",
  b_total_per_uL: "Btotal",
  b_marrow_per_L: "P",
  ln_b_reactive_per_L: "lnBreactive",
  ln_b_marrow_per_L: "lnBmarrow",
  cd4_per_uL: "H4",
  cd8_per_uL: "H8",
  neutrophils_per_uL: "G",
  ifn_alpha_pg_per_mL: "IFN",
  anti_dsdna_IU_per_L: "U",
  c3_mg_per_L: "C",
  proteinuria_mg_per_g: "W",
  sledai_from_c3: "sledaiC3",
  sledai_from_ifn_alpha: "sledaiIFN",
  sledai_from_anti_dsdna: "sledaiDNA",
};
const OUTPUTS = [...Object.values(COLUMNS), "N"];
const column = (name: string) => OUTPUTS.indexOf(name);

/** Turning points and thresholds as events of a module beside the model: it changes nothing. The slope of the sum of CAR-T cells is written out by hand. */
const watcher: Module = defineModule("watcher", {
  about: "turning points of the reference summaries",
  inputs: {
    ...Object.fromEntries(["T8", "T4", "T8e", "T4e", "M8", "M4"].map((name) => [name, "cell/L"])),
    ...Object.fromEntries(["E8", "E4", "lm", "le", "kbm", "kmb", "p4", "o4"].map((name) => [name, "1/day"])),
    ...Object.fromEntries(["R3", "G", "A4", "H4", "Btotal"].map((name) => [name, "cell/uL"])),
    Vb: "L",
    Vm: "L",
    chemo4: "1",
    B0: "cell/L",
  },
  quantities: {
    slope: {
      unit: "cell/L/day",
      formula: ["8", "4"]
        .map((s) => `(E${s} - lm)*(T${s} - T${s}e) - le*T${s}e - kbm*T${s} + kmb*(Vm/Vb)*M${s}`)
        .join(" + "),
    },
  },
  events: {
    peak: { about: "CAR-T cells turn down", when: "slope < 0", set: {} },
    trough: { about: "CAR-T cells turn up", when: "slope > 0", set: {} },
    fall: { about: "B cells fall below 5 per µL", when: "Btotal < 5{cell/uL}", set: {} },
    rise: { about: "B cells rise above 5 per µL", when: "Btotal > 5{cell/uL}", set: {} },
    half: { about: "half of the B cells are gone", when: "Btotal < 0.5e-6{L/uL}*B0", set: {} },
    neutrophilsTurn: { about: "neutrophils turn up", when: "R3 > G", set: {} },
    cd4Turn: { about: "CD4+ cells turn up", when: "p4*(1 - chemo4)*A4 > o4*H4", set: {} },
  },
});
const kernels = planKernels(assemble([...park2025.modules, watcher]), OUTPUTS);
const TO = 730;

interface Seen {
  readonly result: RunResult;
  /** Outputs at an event. */
  readonly at: readonly { readonly name: string; readonly time: number; readonly values: readonly number[] }[];
  readonly value: (day: number, name: string) => number;
}

function follow(rtol: number, parameters: Record<string, number>, days: readonly number[]): Seen {
  const at: { name: string; time: number; values: readonly number[] }[] = [];
  const result = new Runner(instantiateWasm(kernels), { rtol }).run({
    parameters,
    from: 0,
    to: TO,
    actions: [],
    outputDays: days,
    onEvent: (name, patient) => {
      at.push({ name, time: patient.day, values: OUTPUTS.map((output) => patient.output(output)) });
      return false;
    },
  });
  if (result.end.kind !== "completed") throw new Error(JSON.stringify(result.end));
  return {
    result,
    at,
    value: (day, name) => result.outputs[days.indexOf(day) * OUTPUTS.length + column(name)]!,
  };
}

const switchTimes = ({ result }: Seen, name: string) =>
  result.happenings.filter((each) => each.kind === "switch" && each.name === name).map(({ time }) => time);

referenceSuite<string>("park-2025/typical", "park-2025/typical.csv", () => {
  const rows = readTable("park-2025/typical.csv");
  const days = rows.map(({ day }) => Number(day));
  const names = Object.keys(rows[0]!).filter((name) => name !== "day");
  if (names.some((name) => !(name in COLUMNS))) throw new Error(`unknown column among ${names.join(", ")}`);
  return [
    [1e-9, 1e-6, 1e-5],
    [1e-5, 1e-4, 1e-3],
  ].flatMap(([rtol, relative, logarithm]) => {
    const seen = follow(rtol!, {}, days);
    return names.map(
      (name): ReferenceCase => ({
        name: `${name} at rtol ${rtol}`,
        run: () => {
          let worst = 0;
          rows.forEach((row, i) => {
            const wanted = Number(row[name]);
            const value = seen.value(days[i]!, COLUMNS[name]!);
            const inLogs = name.startsWith("ln_");
            if (!inLogs && wanted <= 1e-9) return;
            worst = Math.max(worst, inLogs ? Math.abs(value - wanted) : Math.abs(value / wanted - 1));
            expectClose(`day ${days[i]}`, value, wanted, inLogs ? 0 : relative!, inLogs ? logarithm! : 0);
          });
          expect(worst).toBeGreaterThan(0);
        },
      }),
    );
  });
});

const grid = (step: number, to = TO): number[] => Array.from({ length: to / step + 1 }, (_, i) => i * step);
/** Each column of a row of `subjects.csv`, and what we say. */
function summary(seen: Seen, theta: number): Record<string, number | null> {
  const { at, value } = seen;
  const named = (name: string) => at.filter((each) => each.name === name);
  const S = column("S");
  const atEnd = { time: TO, values: OUTPUTS.map((name) => value(TO, name)) };
  const atStart = { time: 0, values: OUTPUTS.map((name) => value(0, name)) };
  const highest = [atStart, ...named("peak"), atEnd].reduce((a, b) => (b.values[S]! > a.values[S]! ? b : a));
  const least = (candidates: readonly { values: readonly number[] }[], name: string) =>
    Math.min(...[atStart, ...candidates, atEnd].map(({ values }) => values[column(name)]!));
  const two = grid(2);
  const onGrid = two.reduce((best, day) => (value(day, "S") > value(best, "S") ? day : best), 0);
  const before = named("trough").filter(({ time }) => time < highest.time);
  const gates = switchTimes(seen, "S < theta");
  const first = (name: string, after = 0) => named(name).find(({ time }) => time > after)?.time ?? null;
  const total = column("Btotal");
  const risesFrom = highest.values[total]! > 5 ? null : first("rise", highest.time);
  return {
    peak_per_uL: highest.values[S]!,
    tmax_day: highest.time,
    peak_on_2day_grid_per_uL: value(onGrid, "S"),
    tmax_on_2day_grid: onGrid,
    cart_lowest_before_peak_per_uL: Math.min(...[atStart, ...before, highest].map(({ values }) => values[S]!)),
    b_total_at_peak_per_uL: highest.values[total]!,
    b_naive_day90_per_uL: value(90, "N") * 1e-6,
    b_total_day730_per_uL: value(TO, "Btotal"),
    fall_below_5_per_uL_day: first("fall"),
    return_above_5_per_uL_day: risesFrom,
    release_off_day: switchTimes(seen, "B > bU")[0] ?? null,
    reconstitution_switches: gates.length,
    last_reconstitution_switch_day: gates.at(-1) ?? null,
    reconstitution_on_day730: value(TO, "S") < theta ? 1 : 0,
    anti_dsdna_day730_IU_per_L: value(TO, "U"),
    c3_day90_mg_per_L: value(90, "C"),
    proteinuria_day90_mg_per_g: value(90, "W"),
    neutrophil_min_per_uL: least(named("neutrophilsTurn"), "G"),
    cd4_min_per_uL: least(named("cd4Turn"), "H4"),
  };
}

/** Whether a column is a day, and then how far a late switch may move it. */
const isDay = (name: string) => /_day$/.test(name);
referenceSuite<string>("park-2025/subjects", "park-2025/subjects.csv", () => {
  const typical = readTable("park-2025/parameters.csv");
  const symbolOf = new Map(typical.map((row) => [row["name"]!, row["symbol"]!]));
  const theta = Number(typical.find(({ symbol }) => symbol === "theta")!["value"]);
  return readTable("park-2025/subjects.csv").map(
    (row): ReferenceCase => ({
      name: `subject ${row["subject"]}`,
      run: () => {
        const drawn = Object.entries(row).filter(([name]) => symbolOf.has(name));
        const parameters = Object.fromEntries(drawn.map(([name, value]) => [symbolOf.get(name)!, Number(value)]));
        // The engine's ordinary tolerance, that of every study in `studies/`.
        const seen = follow(1e-5, parameters, grid(1));
        const found = summary(seen, parameters["theta"] ?? theta);
        const shift = Number(row["last_switch_shift_days_per_percent"] || 0);
        const problems: string[] = [];
        for (const [name, value] of Object.entries(row)) {
          if (name === "subject" || symbolOf.has(name) || name.startsWith("last_switch_shift")) continue;
          if (!(name in found)) throw new Error(`unknown column ${name}`);
          const own = found[name]!;
          if (isMissing(value) || own === null) {
            if (!(isMissing(value) && own === null)) problems.push(`${name} is ${own}, expected "${value}"`);
            continue;
          }
          const wanted = Number(value);
          // README: days to 1e-4 + 1e-3 of the shift, and what a moved switch lets in of naive B cells.
          const days = 1e-4 + 1e-3 * shift;
          const kn = (parameters["kn"] ?? 1.58e6) * 1e-6;
          const absolute = isDay(name) ? days : /^b_(naive|total)/.test(name) ? kn * days : 0;
          const relative = isDay(name) ? 0 : 1e-4;
          const excess = Math.abs(own - wanted) / (absolute + relative * Math.abs(wanted) || 1);
          if (excess > 1) problems.push(`${name} is ${own}, expected ${wanted}`);
        }
        if (problems.length > 0) throw new Error(problems.join("; "));
      },
    }),
  );
});

referenceSuite<string>("park-2025/doses", "park-2025/doses.csv", () =>
  readTable("park-2025/doses.csv").map(
    (row): ReferenceCase => ({
      name: `${row["percent_of_1e6_per_kg"]} %`,
      run: () => {
        const half = grid(0.5);
        const seen = follow(1e-8, { dose: 1e4 * Number(row["percent_of_1e6_per_kg"]) }, half);
        const short = grid(0.5, 200);
        const found = summary(seen, 2.38);
        const best = short.reduce((a, b) => (seen.value(b, "S") > seen.value(a, "S") ? b : a), 0);
        const enough = short.find((day) => seen.value(day, "Btotal") <= 0.5 * seen.value(0, "Btotal"))!;
        const pairs: [string, number, number][] = [
          ["peak_per_uL", found["peak_per_uL"]!, 0],
          ["tmax_day", found["tmax_day"]!, 1e-4],
          ["peak_on_half_day_grid_per_uL", seen.value(best, "S"), 0],
          ["tmax_on_half_day_grid", best, 0],
          ["half_b_cells_day", seen.at.find(({ name }) => name === "half")!.time, 1e-4],
          ["half_b_cells_day_on_half_day_grid", enough, 0],
          ["b_total_day200_per_uL", seen.value(200, "Btotal"), 0],
          ["b_naive_day200_per_uL", seen.value(200, "N") * 1e-6, 0],
        ];
        for (const [name, value, absolute] of pairs) expectClose(name, value, Number(row[name]), 1e-6, absolute);
        const switches = switchTimes(seen, "S < theta");
        const wanted = row["reconstitution_switch_days"]!.split(" ").map(Number);
        expect(switches).toHaveLength(wanted.length);
        wanted.forEach((day, i) => {
          expectClose(`switch ${i + 1}`, switches[i]!, day, 0, 1e-5);
        });
      },
    }),
  ),
);
