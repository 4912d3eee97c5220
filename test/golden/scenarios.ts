import type { Action, PatientView } from "../../src/engine/index.js";

/** The 24 scenarios of model-details section 8, as data. */
export interface Scenario {
  readonly name: string;
  readonly end: number;
  readonly parameters: Readonly<Record<string, number>>;
  readonly actions: readonly Action[];
}

const START = -10;

const add = (state: string, at: number, amount: number): Action => ({
  at: Math.max(at, START),
  label: `${state} ${amount}`,
  apply: (p) => {
    p.add(state, amount);
    return true;
  },
});
const lymphodepletion = (day: number): Action[] => [
  add("Flu", day - 5, 1),
  add("Flu", day - 4, 1),
  add("Flu", day - 3, 1),
  add("Cy", day - 3, 1),
];

/** As section 5 writes it: Q is set to 1 for all cells, old and new (defect 13.3). */
const carT = (
  day: number,
  dose: number,
  rearm: (p: PatientView, old: number, n: number) => void = (p) => p.set("Q", 1),
): Action => ({
  at: day,
  label: "CAR-T",
  apply: (p) => {
    const n = dose * p.constant("BW") * p.constant("feng");
    const old = ["Eb", "El", "Es", "Em", "Mb", "Mt"].reduce((sum, s) => sum + p.get(s), 0);
    p.set("Fit", (p.get("Fit") * old + n) / (old + n));
    rearm(p, old, n);
    const memory = p.constant("fmem");
    p.add("Eb", n * (1 - memory));
    p.add("Mb", n * memory);
    return true;
  },
});
export const leukaemia = (cells: number, at: number): Action => ({
  at: Math.max(at, START),
  label: "leukaemia",
  apply: (p) => {
    p.set("Lm", 0.95 * cells);
    p.set("Lb", 0.05 * cells);
    return true;
  },
});
const controls = (values: (p: PatientView) => Record<string, number>): Action => ({
  at: START,
  label: "target",
  apply: (p) => {
    for (const [name, value] of Object.entries(values(p))) p.control(name, value);
    return true;
  },
});
export const bcma = controls((p) => ({
  W_pre: 0,
  W_nai: 0,
  W_mem: p.constant("wB_mem"),
  W_A: p.constant("wB_A"),
  W_pb: p.constant("wB_PB"),
  W_sl: 1,
  W_ll: 1,
  W_leuk: 0,
  W_neg: 0,
  KAgX: p.constant("KAgBx"),
}));
const dual = controls(() => ({ W_pb: 1, W_sl: 1, W_ll: 1, W_neg: 1 }));
const every = (from: number, by: number, last: number) =>
  Array.from({ length: Math.floor((last - from) / by) + 1 }, (_, k) => from + k * by);

const scenario = (
  name: string,
  actions: readonly Action[],
  parameters: Record<string, number> = {},
  end = 720,
): Scenario => ({ name, end, parameters, actions });
const standard = (dose = 1e6) => [...lymphodepletion(0), carT(0, dose)];

export const extinctionParameters = (phiS: number) => scenario("extinction", standard(), { phiS }, 365);

export const scenarios: readonly Scenario[] = [
  scenario("baseline", [], {}, 365),
  scenario("SLE CART", standard()),
  scenario("SLE RTX", [add("Rc", 0, 1000), add("Rc", 14, 1000)]),
  scenario("SLE OBI", [add("Rc", 0, 1000), add("Rc", 14, 1000)], {
    rtx_hl: 0.025,
    rtx_hs: 0.14,
    rtx_hm: 0.09,
    rtxCL: 0.2,
  }),
  scenario("FluCy", lymphodepletion(0)),
  scenario("CART noLD", [carT(0, 1e6)]),
  scenario("CART 1e5/kg", standard(1e5)),
  scenario("CART 3e6/kg", standard(3e6)),
  scenario("ALL 1e12", [leukaemia(1e12, -10), ...standard()], {}, 540),
  scenario("ALL 3e6/kg", [leukaemia(1e12, -10), ...standard(3e6)], {}, 540),
  scenario("ALL 1e10", [leukaemia(1e10, -10), ...standard()], {}, 540),
  scenario("ALL+toci", [leukaemia(1e12, -10), ...standard(), add("Toci", 8, 1)], {}, 540),
  scenario(
    "ALL+toci+dex",
    [leukaemia(1e12, -10), ...standard(), add("Toci", 8, 1), add("Dex", 8, 1), add("Dex", 9, 1), add("Dex", 10, 1)],
    {},
    540,
  ),
  scenario("BCMA CART", [bcma, ...standard()]),
  scenario("DUAL CART", [dual, ...standard()]),
  scenario("mRNA BCMA x6", [bcma, ...every(0, 7, 35).map((day) => carT(day, 5e7))], {
    kQ: 0.7,
    rho: 0.3,
    feng: 0.12,
    fmem: 0.1,
  }),
  scenario("allo CART", standard(), { kRon: 0.15 }),
  scenario("iCasp9 d9", [...standard(), add("SSw", 9, 1)]),
  scenario("redose d300", [...standard(), ...lymphodepletion(300), add("R", 299, 1), carT(300, 1e6)]),
  scenario("redose naive", [...standard(), ...lymphodepletion(300), carT(300, 1e6)]),
  scenario(
    "belimumab",
    every(0, 28, 700).map((day) => add("Bli", day, 1)),
  ),
  scenario(
    "anifrolumab",
    every(0, 28, 700).map((day) => add("Ani", day, 1)),
  ),
  scenario(
    "FcRn",
    every(0, 14, 154).map((day) => add("FcRi", day, 1)),
    {},
    360,
  ),
  scenario(
    "dara",
    every(0, 7, 49).map((day) => add("Dara", day, 1)),
  ),
];

export const antigenScaling = (cells: number): Scenario =>
  scenario(
    "antigen",
    [...(cells > 0 ? [leukaemia(cells, -0.01)] : []), ...standard()],
    { KL: Math.max(3e12, 3 * cells + 1) },
    45,
  );

export { START };
