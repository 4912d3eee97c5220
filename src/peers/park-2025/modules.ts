/**
 * The equations of Park, Mugundu & Singh 2025 (37 states, two switches), quirks included: docs/notes/peers.md lists them. B cells of the two pools are carried as the logarithm of their share of the
 * start, complexes per B cell: in these variables nothing underflows, and no floor is needed.
 */
import { defineModule, type FlowDeclaration, type Module, type StateDeclaration } from "../../engine/index.js";
import { bCells, bloodCounts, carT, disease } from "./parameters.js";

/** CD8+ and CD4+. */
const KINDS = ["8", "4"] as const;
type Kind = (typeof KINDS)[number];
/** Naive, central memory, effector memory, effector. */
const STAGES = ["n", "c", "m", "e"] as const;
const STAGE_WORDS = { n: "naive", c: "central memory", m: "effector memory", e: "effector" };
const SITES = {
  T: { where: "blood", sum: "T", expansion: "E" },
  M: { where: "marrow", sum: "M", expansion: "F" },
} as const;
const all = (site: keyof typeof SITES, kind: Kind): string =>
  STAGES.map((stage) => `${site}${kind}${stage}`).join(" + ");

function cells(site: keyof typeof SITES, kind: Kind): [string, StateDeclaration][] {
  return STAGES.map((stage) => [
    `${site}${kind}${stage}`,
    {
      unit: "cell/L",
      about: `CD${kind}+ ${STAGE_WORDS[stage]} CAR-T cells in ${SITES[site].where}`,
      initial: site === "T" ? `dose*wt*(f${kind}/100{%})*(f${stage}/100{%})/Vb` : "eps",
      tolerance: 1e-8,
      // What leaves one volume enters the other at another concentration, so the exchange is no flow between states.
      rate:
        site === "T"
          ? `kmb*(Vm/Vb)*M${kind}${stage} - kbm*T${kind}${stage}`
          : `kbm*(Vb/Vm)*T${kind}${stage} - kmb*M${kind}${stage}`,
    },
  ]);
}

function fates(site: keyof typeof SITES, kind: Kind): [string, FlowDeclaration][] {
  const name = (stage: string) => `${site}${kind}${stage}`;
  const next = { n: "c", c: "m", m: "e" } as const;
  return (["n", "c", "m"] as const).flatMap((stage, i): [string, FlowDeclaration][] => [
    [`mature_${name(stage)}`, { from: name(stage), to: name(next[stage]), rate: `m${i + 1}*${name(stage)}` }],
    [`expand_${name(stage)}`, { to: name(stage), rate: `${SITES[site].expansion}${kind}*${name(stage)}` }],
    ...(site === "T"
      ? ([[`lose_${name(stage)}`, { from: name(stage), rate: `lm*${name(stage)}` }]] as [string, FlowDeclaration][])
      : []),
  ]);
}

const carTCells = defineModule("park-2025-car-t", {
  about:
    "CD8+ and CD4+ CAR-T cells of four stages in blood and marrow: expansion by complexes, maturing, exchange; loss in blood only",
  inputs: { B0: "cell/L", P0: "cell/L", na: "1/cell", B: "cell/L", P: "cell/L", growthB: "1/day", growthP: "1/day" },
  parameters: carT,
  derived: {
    Vb: { unit: "L", formula: "Vb70*wt/70{kg}", about: "blood" },
    Vm: { unit: "L", formula: "Vm70*wt/70{kg}", about: "marrow" },
    kx4: { unit: "1/day", formula: "kx8/rx", about: "largest expansion rate of CD4+ CAR-T cells" },
    kon: { unit: "L/day", formula: "kon_s*86400{s/day}/NA", about: "association, per complex" },
    koff: { unit: "1/day", formula: "koff_s*86400{s/day}", about: "dissociation" },
  },
  states: Object.fromEntries([
    ...KINDS.flatMap((kind) => cells("T", kind)),
    ...KINDS.flatMap((kind) => cells("M", kind)),
    ...KINDS.flatMap((kind): [string, StateDeclaration][] => {
      const complexes = (state: string, site: "T" | "M", pool: "B" | "P") => ({
        unit: "1/cell",
        about: `complexes of CD${kind}+ CAR-T cells per B cell in ${SITES[site].where}`,
        initial: `eps/1{cell}/${pool}0`,
        tolerance: 1e-9,
        rate: `kon*(nc*${site}${kind} - ${state}${kind}*${pool})*(na - ${state}8 - ${state}4) - (koff + growth${pool})*${state}${kind}`,
      });
      return [
        [`x${kind}`, complexes("x", "T", "B")],
        [`y${kind}`, complexes("y", "M", "P")],
      ];
    }),
  ]),
  quantities: {
    ...Object.fromEntries(
      KINDS.flatMap((kind) => [
        [`T${kind}`, { unit: "cell/L", formula: all("T", kind), about: `CD${kind}+ CAR-T cells in blood` }],
        [`M${kind}`, { unit: "cell/L", formula: all("M", kind), about: `CD${kind}+ CAR-T cells in marrow` }],
        [
          `E${kind}`,
          {
            unit: "1/day",
            formula: `kx${kind}*x${kind}*B/(hx*T${kind} + x${kind}*B)`,
            about: `expansion of CD${kind}+ CAR-T cells in blood`,
          },
        ],
        [
          `F${kind}`,
          {
            unit: "1/day",
            formula: `kx${kind}*y${kind}*P/(hx*M${kind} + y${kind}*P)`,
            about: `expansion of CD${kind}+ CAR-T cells in marrow`,
          },
        ],
      ]),
    ),
    S: { unit: "cell/uL", formula: "(T8 + T4)*1e-6{L/uL}", about: "CAR-T cells in blood" },
    ...Object.fromEntries(
      STAGES.map((stage) => [
        `S${stage}`,
        {
          unit: "cell/uL",
          formula: `(T8${stage} + T4${stage})*1e-6{L/uL}`,
          about: `${STAGE_WORDS[stage]} CAR-T cells in blood`,
        },
      ]),
    ),
    Smarrow: { unit: "cell/L", formula: "M8 + M4", about: "CAR-T cells in marrow" },
    x: { unit: "1/cell", formula: "x8 + x4", about: "complexes per B cell in blood" },
    y: { unit: "1/cell", formula: "y8 + y4", about: "complexes per B cell in marrow" },
  },
  flows: Object.fromEntries([
    ...KINDS.flatMap((kind) => [...fates("T", kind), ...fates("M", kind)]),
    ...KINDS.map((kind): [string, FlowDeclaration] => [`lose_T${kind}e`, { from: `T${kind}e`, rate: `le*T${kind}e` }]),
  ]),
});

const bCellPools = defineModule("park-2025-b-cells", {
  about:
    "Reactive B cells of blood and B cells of marrow, killed by complexes; naive B cells that come back while CAR-T cells are few",
  inputs: { S: "cell/uL", x: "1/cell", y: "1/cell" },
  parameters: bCells,
  states: {
    lnB: {
      unit: "1",
      about: "logarithm of reactive B cells in blood over those at day 0",
      initial: "0",
      tolerance: 1e-6,
      signed: true,
      rate: "growthB",
    },
    lnP: {
      unit: "1",
      about: "logarithm of B cells in marrow over those at day 0",
      initial: "0",
      tolerance: 1e-6,
      signed: true,
      rate: "growthP",
    },
    N: {
      unit: "cell/L",
      about: "naive B cells in blood that have come back",
      initial: "0",
      tolerance: 1,
      // Where the drawn ceiling lies below the B cells they become negative, as in the published model.
      signed: true,
      rate: "if(S < theta, kn*(1 - (B + N)/bmax), 0)",
    },
  },
  quantities: {
    B: { unit: "cell/L", formula: "B0*exp(lnB)", about: "reactive B cells in blood" },
    P: { unit: "cell/L", formula: "P0*exp(lnP)", about: "B cells in marrow" },
    growthB: { unit: "1/day", formula: "g - kk*x/(hk + x)", about: "net growth of reactive B cells in blood" },
    growthP: { unit: "1/day", formula: "g - kk*y/(hk + y)", about: "net growth of B cells in marrow" },
    Breactive: { unit: "cell/uL", formula: "B*1e-6{L/uL}", about: "reactive B cells in blood" },
    Btotal: { unit: "cell/uL", formula: "(B + N)*1e-6{L/uL}", about: "all B cells in blood" },
    lnBreactive: { unit: "1", formula: "log(B0/1{cell/L}) + lnB", about: "logarithm of reactive B cells per litre" },
    lnBmarrow: { unit: "1", formula: "log(P0/1{cell/L}) + lnP", about: "logarithm of B cells of marrow per litre" },
  },
});

const precursors = (kind: Kind): Record<string, StateDeclaration> => ({
  [`A${kind}`]: {
    unit: "cell/uL",
    about: `precursors of host CD${kind}+ T cells`,
    initial: `s${kind}/p${kind}`,
    tolerance: 1e-6,
    rate: `s${kind}`,
  },
  [`H${kind}`]: { unit: "cell/uL", about: `host CD${kind}+ T cells`, initial: `H${kind}start`, tolerance: 1e-9 },
});

const counts = defineModule("park-2025-blood-counts", {
  about:
    "Lymphodepletion, host CD4+ and CD8+ T cells with precursors, neutrophils with a chain of transit compartments",
  inputs: { Vb: "L" },
  parameters: bloodCounts,
  derived: {
    ktr: { unit: "1/day", formula: "4/mtt", about: "rate of each step of the chain" },
    H4start: { unit: "cell/uL", formula: "s4/o4", about: "steady host CD4+ T cells" },
    H8start: { unit: "cell/uL", formula: "s8/o8", about: "steady host CD8+ T cells" },
  },
  states: {
    D: { unit: "mg", about: "lymphodepletion signal", initial: "D0", tolerance: 1e-9 },
    ...precursors("4"),
    ...precursors("8"),
    Q: {
      unit: "cell/uL",
      about: "proliferating neutrophil precursors",
      initial: "G0",
      tolerance: 1e-6,
      rate: "ktr*Q*((1 - chemoG)*(G0/G)^gg - 1)",
    },
    ...Object.fromEntries(
      ["R1", "R2", "R3", "G"].map((name, i): [string, StateDeclaration] => [
        name,
        {
          unit: "cell/uL",
          about: name === "G" ? "neutrophils in blood" : `neutrophils in transit, compartment ${i + 1}`,
          initial: "G0",
          tolerance: 1e-6,
          rate: `ktr*(${i === 0 ? "Q" : `R${i}`} - ${name})`,
        },
      ]),
    ),
  },
  quantities: {
    chemo4: { unit: "1", formula: "e4*(D/Vb)/(c4 + D/Vb)", about: "effect of lymphodepletion on CD4+ precursors" },
    chemo8: { unit: "1", formula: "e8*(D/Vb)/(c8 + D/Vb)", about: "effect of lymphodepletion on CD8+ precursors" },
    chemoG: {
      unit: "1",
      formula: "eg*(D/Vb)/(cg + D/Vb)",
      about: "effect of lymphodepletion on neutrophil precursors",
    },
  },
  flows: {
    chemotherapyOut: { from: "D", rate: "kd*D" },
    mature4: { from: "A4", to: "H4", rate: "p4*(1 - chemo4)*A4" },
    mature8: { from: "A8", to: "H8", rate: "p8*(1 - chemo8)*A8" },
    lose4: { from: "H4", rate: "o4*H4" },
    lose8: { from: "H8", rate: "o8*H8" },
  },
});

const lupus = defineModule("park-2025-lupus", {
  about: "Interferon-alpha, anti-dsDNA, complement C3, proteinuria, and SLEDAI from each of the first three",
  inputs: {
    B: "cell/L",
    B0: "cell/L",
    G: "cell/uL",
    G0: "cell/uL",
    H4: "cell/uL",
    H8: "cell/uL",
    H4start: "cell/uL",
    H8start: "cell/uL",
    Vb: "L",
    wt: "kg",
  },
  parameters: disease,
  derived: {
    Istart: { unit: "pg/L", formula: "I0*1000{mL/L}", about: "interferon-alpha at day 0" },
    c3in: { unit: "mg/L/day", formula: "24{h/day}*sc*wt/Vb", about: "C3 synthesis per blood volume" },
    kc: { unit: "1/day", formula: "c3in/C0", about: "C3 consumption" },
    Vu: { unit: "dL/day", formula: "0.24{dL/kg/day}*wt", about: "urine" },
    // The published model mixes mg/dL with mg/g and leaves out a time: the factor makes up for it.
    kw: { unit: "1/day", formula: "sw/(Vu*W0)*1{dL/g/day}", about: "loss of proteinuria" },
  },
  states: {
    I: {
      unit: "pg/L",
      about: "interferon-alpha",
      initial: "Istart",
      tolerance: 1e-6,
      rate: "ki*(Istart*(U/U0)*(G/G0) - I)",
    },
    U: {
      unit: "IU/L",
      about: "anti-dsDNA",
      initial: "U0",
      tolerance: 1e-6,
      rate: "if(B > bU, ka*(B*(H4/H4start)*(I/Istart)^gi4 - B0*U/U0), 0)",
    },
    C: { unit: "mg/L", about: "complement C3", initial: "C0", tolerance: 1e-6, rate: "c3in - kc*C*(U/U0)^gc" },
    W: {
      unit: "mg/g",
      about: "proteinuria, per gram of creatinine",
      initial: "W0",
      tolerance: 1e-6,
      rate: "kw*(W0*(C0/C)^gw*(I/Istart)^gi8*exp(H8/H8start + G/G0) - W)",
    },
  },
  quantities: {
    IFN: { unit: "pg/mL", formula: "I*0.001{L/mL}", about: "interferon-alpha" },
    dsDnaShare: { unit: "%", formula: "U/U0*100{%}", about: "anti-dsDNA, share of day 0" },
    sledaiC3: { unit: "point", formula: "qc0 + qc1*C", about: "SLEDAI from C3" },
    sledaiIFN: { unit: "point", formula: "qi0 + qi1*IFN", about: "SLEDAI from interferon-alpha" },
    sledaiDNA: { unit: "point", formula: "qu0 + qu1*U*0.001{L/mL}", about: "SLEDAI from anti-dsDNA" },
  },
});

export const park2025Modules: readonly Module[] = [carTCells, bCellPools, counts, lupus];
