import { defineModule, type ParameterDeclaration } from "../engine/index.js";
import { defineTherapy } from "./therapy.js";

/** Names of the parameters of an anti-CD20 antibody, without the prefix that tells two antibodies apart. */
type Parameter = "CL" | "V1" | "V2" | "Q" | "hb" | "ECb" | "hill" | "ECt" | "hl" | "hs" | "hm";

export interface AntiCd20 {
  readonly label: string;
  readonly about: string;
  readonly evidence: string;
  readonly alsoCalled: readonly string[];
  /** In front of the symbols: pharmacokinetics (`rtxCL`), effects (`rtx_hb`), states (`Rc`, `Rp`). */
  readonly symbols: { readonly kinetics: string; readonly effect: string; readonly state: string };
  readonly parameters: Readonly<Record<Parameter, ParameterDeclaration>>;
}

const KINETICS: readonly Parameter[] = ["CL", "V1", "V2", "Q"];

/** Anti-CD20 antibody: two compartments; kill in blood steep and fast, in tissue slow. Source: model-details sections 3, 4 (equations 61, 62). */
export function antiCd20<const Id extends string>(id: Id, antibody: AntiCd20) {
  const { symbols, label } = antibody;
  const name = (parameter: Parameter) =>
    `${KINETICS.includes(parameter) ? symbols.kinetics : symbols.effect}${parameter}`;
  const [central, peripheral] = [`${symbols.state}c`, `${symbols.state}p`];
  const plasma = `C${symbols.kinetics}`;
  const out = `${name("Q")}/${name("V1")}*${central}`;
  const tissue = (parameter: Parameter) => ({
    unit: "1/day",
    formula: `${name(parameter)}*hill(${plasma}, ${name("ECt")})`,
  });
  const module = defineModule(id, {
    about: label,
    parameters: Object.fromEntries(
      Object.entries(antibody.parameters).map(([parameter, row]) => [name(parameter as Parameter), row]),
    ),
    quantities: {
      [plasma]: { unit: "mg/L", formula: `${central}/${name("V1")}`, about: "plasma concentration" },
    },
    contributes: {
      rb: { unit: "1/day", formula: `${name("hb")}*hill(${plasma}, ${name("ECb")}, ${name("hill")})` },
      r_l: tissue("hl"),
      r_s: tissue("hs"),
      r_m: tissue("hm"),
    },
    states: {
      [central]: {
        unit: "mg",
        about: `${label}, central`,
        initial: "0",
        tolerance: 1e-6,
        rate: `-${name("CL")}/${name("V1")}*${central}`,
      },
      [peripheral]: { unit: "mg", about: `${label}, peripheral`, initial: "0", tolerance: 1e-6 },
    },
    flows: {
      [`${central}ToTissue`]: { from: central, to: peripheral, rate: out },
      [`${central}FromTissue`]: { from: peripheral, to: central, rate: `${name("Q")}/${name("V2")}*${peripheral}` },
    },
  });
  return defineTherapy(id, {
    label,
    about: antibody.about,
    evidence: antibody.evidence,
    alsoCalled: antibody.alsoCalled,
    modules: [module],
    dose: { unit: "mg", low: 1, high: 5000, usual: 1000 },
    give: (at, dose) => [{ at, label, into: central, amount: dose }],
  });
}
