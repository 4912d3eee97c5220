import type { Action } from "../../src/engine/index.js";
import { infusion } from "../../src/therapy/car-t/construct.js";
import { applyDose, type Target } from "../../src/therapy/index.js";
import { noBackground } from "./as-written.js";

/** The 24 scenarios of model-details section 8, as data. */
export interface Scenario {
  readonly name: string;
  /** What the cells recognise. */
  readonly target: Target;
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

/** An infusion by the product's own rule, or as section 5 writes it: Q is set to 1 for all cells, old and new (defect 13.3). */
const carT =
  (asWritten: boolean) =>
  (day: number, dose: number): Action => ({
    at: day,
    label: "CAR-T",
    apply: (p) => {
      for (const each of infusion(day, dose, { constant: (name) => p.constant(name) }, "", {})) applyDose(p, each);
      if (asWritten) p.set("Q", 1);
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
const every = (from: number, by: number, last: number) =>
  Array.from({ length: Math.floor((last - from) / by) + 1 }, (_, k) => from + k * by);

const scenario = (
  name: string,
  actions: readonly Action[],
  parameters: Record<string, number> = {},
  end = 720,
  target: Target = "CD19",
): Scenario => ({ name, target, end, parameters: { ...noBackground, ...parameters }, actions });

/** `defects` are those of section 13 that concern the protocol: 13.3 (Q at a dose). */
export function makeScenarios(defects: readonly string[]): readonly Scenario[] {
  const cells = carT(defects.includes("13.3"));
  const standard = (dose = 1e6) => [...lymphodepletion(0), cells(0, dose)];
  const leukaemic = (cells: number) => [leukaemia(cells, -10), ...standard()];
  return [
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
    scenario("CART noLD", [cells(0, 1e6)]),
    scenario("CART 1e5/kg", standard(1e5)),
    scenario("CART 3e6/kg", standard(3e6)),
    scenario("ALL 1e12", leukaemic(1e12), {}, 540),
    scenario("ALL 3e6/kg", [leukaemia(1e12, -10), ...standard(3e6)], {}, 540),
    scenario("ALL 1e10", leukaemic(1e10), {}, 540),
    scenario("ALL+toci", [...leukaemic(1e12), add("Toci", 8, 1)], {}, 540),
    scenario(
      "ALL+toci+dex",
      [...leukaemic(1e12), add("Toci", 8, 1), add("Dex", 8, 1), add("Dex", 9, 1), add("Dex", 10, 1)],
      {},
      540,
    ),
    scenario("BCMA CART", standard(), {}, 720, "BCMA"),
    scenario("DUAL CART", standard(), {}, 720, "CD19 and BCMA"),
    scenario(
      "mRNA BCMA x6",
      every(0, 7, 35).map((day) => cells(day, 5e7)),
      { kQ: 0.7, rho: 0.3, feng: 0.12, fmem: 0.1 },
      720,
      "BCMA",
    ),
    scenario("allo CART", standard(), { kRon: 0.15 }),
    scenario("iCasp9 d9", [...standard(), add("SSw", 9, 1)]),
    scenario("redose d300", [...standard(), ...lymphodepletion(300), add("R", 299, 1), cells(300, 1e6)]),
    scenario("redose naive", [...standard(), ...lymphodepletion(300), cells(300, 1e6)]),
    ...(["belimumab", "anifrolumab"] as const).map((drug) =>
      scenario(
        drug,
        every(0, 28, 700).map((day) => add(drug === "belimumab" ? "Bli" : "Ani", day, 1)),
      ),
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
}

/** SLE CART with another access to the sanctuary (section 9). */
export const sanctuaryAccess = (phiS: number): Scenario =>
  scenario("extinction", [...lymphodepletion(0), carT(false)(0, 1e6)], { phiS }, 365);

/** SLE CART with extra antigen (section 8). */
export const antigenScaling = (cells: number): Scenario =>
  scenario(
    "antigen",
    [...(cells > 0 ? [leukaemia(cells, -0.01)] : []), ...lymphodepletion(0), carT(false)(0, 1e6)],
    { KL: Math.max(3e12, 3 * cells + 1) },
    45,
  );

export { START };
