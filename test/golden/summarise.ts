import { instantiateWasm, type Kernels, planKernels, Runner, type System } from "../../src/engine/index.js";
import { outcomeConstants } from "../../src/trial/index.js";
import { type Scenario, START } from "./scenarios.js";

/** Numbers of model-details sections 6, 7 and 9, from outputs on the grid of section 5. */
export type Summary = Record<string, number | boolean | null>;

const OUTPUTS = [
  "CARblood",
  "copies",
  "Bblood",
  "Bln",
  "Bsp",
  "Bbm",
  "Nl",
  "Bl",
  "AL",
  "AS",
  "AAb",
  "VAb",
  "IgG",
  "IgM",
  "BAFF",
  "IL15",
  "IL7",
  "T",
  "IFN",
  "IL6",
  "CRP",
  "FER",
  "EA",
  "Temp",
  "sig",
  "ANC",
  "C3",
  "SLEDAI",
  "grow",
  "hAL",
  "hAS",
  "hS",
] as const;
type Output = (typeof OUTPUTS)[number];

/** SLEDAI-2K from which a rise is a relapse, points (model-details section 7.8). */
const RELAPSE_THRESHOLD = 6;

export interface Curves {
  readonly days: number[];
  readonly of: Record<Output, Float64Array>;
}

export function planScenarios(system: System): Kernels {
  return planKernels(system, [...OUTPUTS]);
}

/** Start + k·0.25 d in each segment and its end; a time of an event occurs twice, before (by a dense output a hair earlier) and after. */
function grid(scenario: Scenario): { days: number[]; asked: number[] } {
  const events = [...new Set(scenario.actions.map((a) => a.at))]
    .filter((at) => at > START && at < scenario.end)
    .sort((a, b) => a - b);
  const days: number[] = [];
  const asked: number[] = [];
  let start = START;
  for (const end of [...events, scenario.end]) {
    for (let k = 0; start + k * 0.25 < end; k++) {
      days.push(start + k * 0.25);
      asked.push(start + k * 0.25);
    }
    days.push(end);
    asked.push(end === scenario.end ? end : end - 1e-9);
    start = end;
  }
  return { days, asked };
}

export function runScenario(
  kernels: Kernels,
  scenario: Scenario,
  rtol = 1e-8,
): { curves: Curves; constant: (name: string) => number } {
  const runner = new Runner(instantiateWasm(kernels), { rtol, atolScale: rtol / 1e-6 });
  const { days, asked } = grid(scenario);
  const result = runner.run({
    parameters: scenario.parameters,
    from: START,
    to: scenario.end,
    actions: scenario.actions,
    outputDays: asked,
  });
  if (result.end.kind !== "completed") throw new Error(`${scenario.name}: ${JSON.stringify(result.end)}`);
  const width = OUTPUTS.length;
  const of = {} as Record<Output, Float64Array>;
  OUTPUTS.forEach((name, i) => {
    of[name] = Float64Array.from(days, (_, row) => result.outputs[row * width + i]!);
  });
  const nominal = new Map(kernels.parameters.map((name, i) => [name, kernels.nominal[i]!]));
  const derived = runner.derive(scenario.parameters);
  return {
    curves: { days, of },
    constant: (name) => scenario.parameters[name] ?? derived.get(name) ?? nominal.get(name)!,
  };
}

export function summarise(
  { days, of }: Curves,
  constant: (name: string) => number,
  extinction: (c: Curves, constant: (name: string) => number) => number,
): Summary {
  const post = days.findIndex((day) => day >= 0 && day === 0);
  const first = days.findIndex((day) => day >= 0);
  const from = post >= 0 ? post : first;
  const at = (name: Output, day: number): number => {
    const x = of[name];
    if (day >= days[days.length - 1]!) return x[x.length - 1]!;
    // The last point at or before the day: at an event this is the value after it.
    let i = 0;
    while (i + 1 < days.length && days[i + 1]! <= day) i++;
    if (days[i] === day) return x[i]!;
    const w = (day - days[i]!) / (days[i + 1]! - days[i]!);
    return x[i]! * (1 - w) + x[i + 1]! * w;
  };
  const extreme = (name: Output, better: (a: number, b: number) => boolean, start = from) => {
    let best = start;
    for (let i = start; i < days.length; i++) if (better(of[name][i]!, of[name][best]!)) best = i;
    return { value: of[name][best]!, day: days[best]!, index: best };
  };
  const max = (name: Output) => extreme(name, (a, b) => a > b);
  const min = (name: Output, start = from) => extreme(name, (a, b) => a < b, start);
  const s: Summary = {};
  const car = max("CARblood");
  s["car_peak_per_uL"] = car.value;
  s["car_peak_day"] = car.value > 0 ? car.day : -10;
  s["car_peak_copies_ug"] = max("copies").value;
  s["car_d28"] = at("CARblood", 28);
  s["car_d90"] = at("CARblood", 90);
  s["B0"] = of.Bblood[0]!;
  s["B_d0"] = at("Bblood", 0);
  s["B_nadir"] = min("Bblood").value;
  let below: number | null = null;
  for (let i = from; i < days.length && below === null; i++) if (of.Bblood[i]! < 1) below = days[i]!;
  s["B_below1_day"] = below;
  let back: number | null = null;
  if (below !== null)
    for (let i = from; i < days.length && back === null; i++)
      if (days[i]! > below + 5 && of.Bblood[i]! > outcomeConstants.returned.value) back = days[i]!;
  s["B_return_day"] = back;
  for (const day of [180, 365]) s[`B_d${day}`] = at("Bblood", day);
  for (const [place, name] of [
    ["LN", "Bln"],
    ["SP", "Bsp"],
    ["BM", "Bbm"],
  ] as const) {
    s[`${place}_min`] = min(name).value;
    s[`${place}_d90`] = at(name, 90);
  }
  let lymph = Number.POSITIVE_INFINITY;
  let clones = Number.POSITIVE_INFINITY;
  for (let i = from; i < days.length; i++) {
    lymph = Math.min(lymph, of.Nl[i]! + of.Bl[i]!);
    clones = Math.min(clones, of.AL[i]! + of.AS[i]!);
  }
  s["LN_B_cells_min"] = lymph;
  s["A_min"] = clones;
  s["A_d365"] = (at("AL", 365) + at("AS", 365)) / constant("A0");
  for (const day of [30, 90, 180, 365]) s[`AAb_d${day}`] = at("AAb", day);
  for (const day of [90, 365]) s[`VAb_d${day}`] = at("VAb", day);
  s["IgG_d0"] = at("IgG", 0);
  s["IgG_min"] = min("IgG").value;
  s["IgG_d90"] = at("IgG", 90);
  s["IgG_d365"] = at("IgG", 365);
  s["IgM_min"] = min("IgM").value;
  s["IgM_d365"] = at("IgM", 365);
  s["BAFF_max"] = max("BAFF").value;
  s["IL15_d0"] = at("IL15", 0);
  s["IL7_d0"] = at("IL7", 0);
  s["T_d0"] = at("T", 0);
  s["T_d28"] = at("T", 28);
  s["IFN_peak"] = max("IFN").value;
  s["IL6_peak"] = max("IL6").value;
  s["IL6_day"] = max("IL6").day;
  s["CRP_peak"] = max("CRP").value;
  s["CRP_day"] = max("CRP").day;
  s["FER_peak"] = max("FER").value;
  s["Tmax"] = max("Temp").value;
  s["EA_peak"] = max("EA").value;
  let hottest = 0;
  let signal = 0;
  for (let i = 0; i < days.length; i++)
    if (days[i]! >= 0 && days[i]! <= 30) {
      hottest = Math.max(hottest, of.Temp[i]!);
      signal = Math.max(signal, of.sig[i]!);
    }
  s["CRS"] =
    hottest < 38
      ? 0
      : 1 +
        Number(signal > constant("IL6g2")) +
        Number(signal > constant("IL6g3")) +
        Number(signal > constant("IL6g4"));
  s["ANC_nadir"] = min("ANC", 0).value;
  s["ANC_nadir_day"] = min("ANC", 0).day;
  let low = 0;
  for (let i = 0; i + 1 < days.length; i++) if (of.ANC[i]! < 0.5) low += days[i + 1]! - days[i]!;
  s["neutropenia_days"] = low;
  s["C3_0"] = of.C3[0]!;
  s["C3_d90"] = at("C3", 90);
  s["SLEDAI_0"] = of.SLEDAI[0]!;
  for (const day of [30, 90, 180, 365]) s[`SLEDAI_d${day}`] = at("SLEDAI", day);
  s["SLEDAI_end"] = of.SLEDAI[days.length - 1]!;
  const best = min("SLEDAI");
  s["SLEDAI_min"] = best.value;
  s["responder"] = best.value <= 0.5 * of.SLEDAI[0]!;
  let relapse: number | null = null;
  if (s["responder"])
    for (let i = best.index + 1; i < days.length && relapse === null; i++)
      if (of.SLEDAI[i]! > Math.max(RELAPSE_THRESHOLD, best.value + 4)) relapse = days[i]!;
  s["relapse_day"] = relapse;
  s["p_extinct"] = extinction({ days, of }, constant);
  return s;
}

/** p_extinct of a scenario: as section 9 has it (no W.A in the sanctuary: defect 13.2), or with the hazard of the equation. */
export const pExtinct =
  (asWritten: boolean) =>
  (curves: Curves, constant: (name: string) => number): number =>
    extinctionProbability(
      curves,
      constant,
      365,
      "both",
      (i) => constant("dA") + (asWritten ? curves.of.hS[i]! : curves.of.hAS[i]!) + constant("kSL"),
    );

/** Section 9: Kendall's formula by the trapezoid rule; both sites to day 365, or the sanctuary alone. `dS` is the death in the sanctuary. */
export function extinctionProbability(
  { days, of }: Curves,
  constant: (name: string) => number,
  until: number,
  sites: "both" | "sanctuary",
  dS: (i: number) => number,
): number {
  const from = days.lastIndexOf(0);
  const one = (death: (i: number) => number, founders: number): number => {
    let R = 0;
    let integral = 0;
    for (let i = from; i + 1 < days.length && days[i + 1]! <= until; i++) {
      const dt = days[i + 1]! - days[i]!;
      const before = Math.exp(Math.min(R, 600));
      const net = (k: number) => death(k) - of.grow[k]!;
      R += 0.5 * dt * (net(i) + net(i + 1));
      const after = Math.exp(Math.min(R, 600));
      integral += 0.5 * dt * (of.grow[i]! * before + of.grow[i + 1]! * after);
    }
    const survive = Math.min(1 / (Math.exp(Math.min(R, 600)) + integral), 1 - 1e-12);
    return (1 - survive) ** founders;
  };
  const sanctuary = one(dS, of.AS[from]!);
  if (sites === "sanctuary") return sanctuary;
  return sanctuary * one((i) => constant("dA") + of.hAL[i]!, of.AL[from]!);
}
