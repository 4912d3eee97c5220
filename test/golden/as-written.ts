import { assemble, defineModule, type Module, type ModuleDeclaration, type System } from "../../src/engine/index.js";
import type { Target } from "../../src/therapy/index.js";
import { goldenModules } from "./model.js";

/** An equation as model-details sections 3–4 write it, in place of the corrected one. The key is the defect of section 13. */
interface Patch {
  readonly defect: string;
  readonly module: string;
  readonly part: "states" | "quantities" | "derived";
  readonly name: string;
  readonly formula: string;
}

export const patches: readonly Patch[] = [
  {
    defect: "13.1",
    module: "car-t-cells",
    part: "states",
    name: "X",
    formula: "-dX*X",
  },
  {
    defect: "13.5",
    module: "car-t-killing",
    part: "quantities",
    name: "A_l",
    formula: "W_nai*Nl + W_mem*(Bl + fA_l*AL) + W_pb*fPB_l*(1 - fPBb)*PB",
  },
  {
    defect: "13.5",
    module: "car-t-killing",
    part: "quantities",
    name: "A_s",
    formula: "W_nai*Ns + W_mem*(Bs + (1 - fA_l)*AL) + W_pb*fPB_s*(1 - fPBb)*PB + W_sl*fSL_s*SL",
  },
  {
    defect: "13.6",
    module: "car-t-rejection",
    part: "states",
    name: "R",
    formula: "kRon*CAR/(KRload + CAR)*positive(T)*(1 + Rmem*R) - dR*R - fRld*ldT*R",
  },
  { defect: "13.7", module: "car-t-cells", part: "quantities", name: "loss", formula: "carLoss" },
  { defect: "13.7", module: "leukaemia", part: "states", name: "Lneg", formula: "gL*Lneg - effMalignantNeg*Lneg" },
  {
    defect: "13.8",
    module: "blood-counts",
    part: "states",
    name: "Prol",
    formula: "ktr*Prol*(1 - edr)*(1 - inh)*(ANC0/max(ANC, 1e-3{Gcell/L}))^gam",
  },
  { defect: "13.9", module: "plasma-cells", part: "states", name: "LLv", formula: "-(dLLv + effLL + dar)*LLv" },
  {
    defect: "CRP",
    module: "inflammatory-cytokines",
    part: "states",
    name: "CRP",
    formula: "dCRP*(CRP0 + CRPmax*(hill(sig, KCRP, nCRP) - hill(IL60, KCRP, nCRP)) - CRP)",
  },
  { defect: "13.4", module: "car-t-killing", part: "derived", name: "W_neg", formula: "1" },
];

/** Background therapy does not exist in the document's sections 1–5. */
export const noBackground = { predDose0: 0, mmf0: 0 } as const;

/** The model with the given defects put back; all of them unless stated. */
export function asWritten(defects: readonly string[] = patches.map((p) => p.defect), target: Target = "CD19"): System {
  return assemble(
    goldenModules(target).map((module) =>
      patched(
        module,
        patches.filter(
          (p) =>
            p.module === module.name &&
            defects.includes(p.defect) &&
            // It concerns the product with two targets alone.
            (p.defect !== "13.4" || target === "CD19 and BCMA"),
        ),
      ),
    ),
  );
}

function patched(module: Module, list: readonly Patch[]): Module {
  if (list.length === 0) return module;
  const declaration = structuredClone(module.declaration) as unknown as {
    -readonly [K in keyof ModuleDeclaration]: Record<string, Record<string, unknown>>;
  };
  for (const { part, name, formula } of list) {
    const entry = declaration[part]?.[name];
    if (!entry) throw new Error(`${module.name} has no ${part} ${name}`);
    entry[part === "states" ? "rate" : "formula"] = formula;
  }
  return defineModule(module.name, declaration as unknown as ModuleDeclaration);
}
