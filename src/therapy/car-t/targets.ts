import { defineModule, type Module, type Parameters } from "../../engine/index.js";

/** What a CAR-T product recognises. */
export type Target = "CD19" | "BCMA" | "CD19 and BCMA";

const ABOUT = {
  W_pre: "targetability of pro- and pre-B cells",
  W_nai: "targetability of naive B cells",
  W_mem: "targetability of memory B cells",
  W_A: "targetability of autoreactive B cells",
  W_pb: "targetability of plasmablasts",
  W_sl: "targetability of short-lived plasma cells",
  W_ll: "targetability of long-lived plasma cells",
  W_leuk: "targetability of malignant cells with CD19",
  W_neg: "targetability of malignant cells without CD19",
  KAgX: "multiplier of KAg for the product's antigen",
};
type Symbol = keyof typeof ABOUT;

const formulas = (of: Readonly<Record<Symbol, string>>) =>
  Object.fromEntries(
    (Object.keys(ABOUT) as Symbol[]).map((symbol) => [symbol, { formula: of[symbol], about: ABOUT[symbol] }]),
  );

const cd19Parameters = {
  w19_PB: {
    value: 0.9,
    unit: "1",
    about: "CD19 targetability of plasmablasts",
    bounds: [0.5, 1],
    level: "assumed",
    reason: "remembered from the general literature, not verified",
  },
  w19_SL: {
    value: 0.5,
    unit: "1",
    about: "CD19 targetability of short-lived plasma cells",
    bounds: [0.2, 0.8],
    varies: { shape: "uniform" },
    level: "assumed",
    reason: "remembered from the general literature, not verified",
  },
  w19_LL: {
    value: 0,
    unit: "1",
    about: "CD19 targetability of long-lived plasma cells",
    bounds: [0, 0.1],
    level: "assumed",
    reason:
      "remembered from the general literature, not verified; CD19- LLPC spared (Hill 2019; Tur 2024 plasma cells unchanged)",
  },
} as const satisfies Parameters;

const bcmaParameters = {
  wB_mem: {
    value: 0.05,
    unit: "1",
    about: "BCMA targetability of memory B",
    bounds: [0, 0.3],
    level: "assumed",
    reason: "remembered from the general literature, not verified",
  },
  wB_A: {
    value: 0.3,
    unit: "1",
    about: "BCMA targetability of activated autoreactive B",
    bounds: [0, 0.8],
    level: "assumed",
    reason: "remembered from the general literature, not verified",
  },
  KAgBx: {
    value: 0.1,
    unit: "1",
    about: "BCMA CAR: KAg multiplier (higher antigen density on plasma cells)",
    bounds: [0.02, 1],
    level: "assumed",
    reason:
      "tuned so that the whole model behaves; keeps BCMA CAR expansion in the tens of cells/uL despite few targets",
  },
  wB_PB: {
    value: 0.7,
    unit: "1",
    about: "BCMA targetability of plasmablasts",
    bounds: [0.3, 1],
    level: "assumed",
    reason: "remembered from the general literature, not verified",
  },
} as const satisfies Parameters;

const cd19Module = defineModule("car-t-cd19", { about: "targetability by CD19", parameters: cd19Parameters });
const bcmaModule = defineModule("car-t-bcma", { about: "targetability by BCMA", parameters: bcmaParameters });

/** Targetability of each class of cells by each target (model-details section 1, table W), as formulas of the target's own parameters. */
export const targets: Readonly<
  Record<
    Target,
    {
      /** The target's own numbers, shared by all products that recognise it. */
      readonly parameters: Parameters;
      readonly modules: readonly Module[];
      readonly targetability: Readonly<Record<string, { readonly formula: string; readonly about: string }>>;
    }
  >
> = {
  CD19: {
    parameters: cd19Parameters,
    modules: [cd19Module],
    targetability: formulas({
      W_pre: "1",
      W_nai: "1",
      W_mem: "1",
      W_A: "1",
      W_pb: "w19_PB",
      W_sl: "w19_SL",
      W_ll: "w19_LL",
      W_leuk: "1",
      W_neg: "0",
      KAgX: "1",
    }),
  },
  BCMA: {
    parameters: bcmaParameters,
    modules: [bcmaModule],
    targetability: formulas({
      W_pre: "0",
      W_nai: "0",
      W_mem: "wB_mem",
      W_A: "wB_A",
      W_pb: "wB_PB",
      W_sl: "1",
      W_ll: "1",
      W_leuk: "0",
      W_neg: "0",
      KAgX: "KAgBx",
    }),
  },
  // CD19-negative leukaemia carries neither antigen (model-details 13.4).
  "CD19 and BCMA": {
    parameters: {},
    modules: [],
    targetability: formulas({
      W_pre: "1",
      W_nai: "1",
      W_mem: "1",
      W_A: "1",
      W_pb: "1",
      W_sl: "1",
      W_ll: "1",
      W_leuk: "1",
      W_neg: "0",
      KAgX: "1",
    }),
  },
};
