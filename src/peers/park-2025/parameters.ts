/**
 * Constants of Park, Mugundu & Singh 2025, all second hand: read in a public transcription of paper and appendices, not in the paper itself. Symbols are those of the
 * specification from which the equations were written. docs/notes/peers.md
 */
import { exp, type ParameterDeclaration, type Parameters } from "../../engine/index.js";

export const PAPER = "Park, Mugundu, Singh, Clin Transl Sci 2025;18(2):e70146, doi:10.1111/cts.70146";

const PROVENANCE = {
  table: "printed in Table 1",
  appendix: "appendix",
  text: "printed in the paper",
  digitised: "digitised by the transcription from a supplementary figure",
  reconstructed: "reconstructed by the transcription",
  weight: "reference weight of the transcription",
} as const;

interface Remarks {
  /** Standard deviation of the logarithm between patients. */
  readonly omega?: number;
  /** The paper took it from the literature and did not fit it. */
  readonly literature?: true;
  readonly note?: string;
}

/** A value fitted to the five patients of the paper is `fitted`; all else is `assumed` with where it was read. */
function row(
  value: number,
  unit: string,
  about: string,
  read: keyof typeof PROVENANCE,
  { omega, literature, note }: Remarks = {},
): ParameterDeclaration {
  const words = [PROVENANCE[read], literature ? "literature value of the paper" : undefined, note, "second hand"];
  const reason = words.filter((each) => each !== undefined).join("; ");
  const fitted = read === "table" && !literature;
  return {
    value,
    unit,
    about,
    bounds: [Math.min(0, 1000 * value), Math.max(0, 1000 * value)],
    ...(omega === undefined
      ? {}
      : { varies: { shape: "lognormal", cv: 100 * Math.sqrt(exp(omega * omega) - 1) } as const }),
    ...(fitted ? { level: "fitted", source: PAPER, reason } : { level: "assumed", source: PAPER, reason }),
  };
}

/** CAR-T cells, receptors, product and body. */
export const carT: Parameters = {
  kx8: row(1.8, "1/day", "largest first-order expansion rate of CD8+ CAR-T cells", "table", { omega: 0.05 }),
  rx: row(1.12, "1", "CD8+ over CD4+ largest expansion rate: kx4 = kx8 / rx", "appendix", {
    note: "from an earlier model cited in the paper's methods",
  }),
  hx: row(0.000019, "1/cell", "complexes per CAR-T cell at half of the largest expansion", "table", {
    omega: 0.2,
    note: "estimated first and then held; its omega is held too",
  }),
  m1: row(0.15, "1/day", "CAR-T differentiation naive -> central memory", "table"),
  m2: row(0.11, "1/day", "CAR-T differentiation central memory -> effector memory", "table"),
  m3: row(0.72, "1/day", "CAR-T differentiation effector memory -> effector", "table"),
  le: row(47.38, "1/day", "elimination of effector CAR-T cells in blood", "table"),
  lm: row(0.69, "1/day", "elimination of naive and both memory CAR-T cells in blood", "table", {
    note: "no counterpart in marrow",
  }),
  kbm: row(1.41, "1/day", "CAR-T transfer blood -> marrow", "table"),
  kmb: row(0.0017, "1/day", "CAR-T transfer marrow -> blood", "table"),
  nc: row(15000, "1/cell", "CAR density", "table", { literature: true }),
  kon_s: row(2.1e5, "L/mol/s", "FMC63 CAR with CD19 association", "table", { literature: true }),
  koff_s: row(0.0000681, "1/s", "FMC63 CAR with CD19 dissociation", "table", { literature: true }),
  NA: row(6.023e23, "1/mol", "as the published code writes it (not 6.022e23)", "appendix", {
    note: "part of the unit conversion of kon",
  }),
  Vb70: row(5, "L", "blood volume at 70 kg; scales linearly with weight", "table", { literature: true }),
  Vm70: row(1.6, "L", "marrow volume at 70 kg; scales linearly with weight", "table", { literature: true }),
  dose: row(1e6, "cell/kg", "CAR-T cells infused", "text", { note: "methods" }),
  f4: row(75.9, "%", "CD4+ share of the product", "text", { note: "methods; f4 + f8 = 98.9" }),
  f8: row(23.0, "%", "CD8+ share of the product", "text", { note: "methods" }),
  fn: row(7.29, "%", "naive share of the product", "text", { note: "methods; the four shares add up to 100.06" }),
  fc: row(22.1, "%", "central memory share of the product", "text", { note: "methods" }),
  fm: row(60.9, "%", "effector memory share of the product", "text", { note: "methods" }),
  fe: row(9.77, "%", "effector share of the product", "text", { note: "methods" }),
  wt: row(70, "kg", "body weight", "weight", { note: "individual weights are not published" }),
  eps: row(1e-12, "cell/L", "start value of marrow CAR-T and of the complexes", "appendix", {
    note: "stands for zero; avoids 0/0 at day 0",
  }),
};

/** B cells. */
export const bCells: Parameters = {
  kk: row(2.76, "1/day", "largest first-order killing rate of CD19+ B cells", "table", { omega: 0.087 }),
  hk: row(7.71, "1/cell", "complexes per B cell at half of the largest killing", "table"),
  theta: row(2.38, "cell/uL", "naive B cells come back only while total blood CAR-T is below this", "table", {
    omega: 0.81,
    note: "Table 1 labels it cells/L; the appendix code compares it with cells/uL; cells/uL is used",
  }),
  kn: row(1.58e6, "cell/L/day", "zero-order influx of naive B cells while the switch is on", "table", { omega: 1.04 }),
  bmax: row(449e6, "cell/L", "ceiling of all blood CD19+ B cells for the influx", "table", { omega: 0.81 }),
  B0: row(1.43e8, "cell/L", "reactive CD19+ B cells in blood at day 0", "table", { literature: true }),
  P0: row(1.5e9, "cell/L", "CD19+ B cells in marrow at day 0", "table", { literature: true }),
  g: row(0.0193, "1/day", "first-order proliferation of reactive and marrow B cells", "table", { literature: true }),
  na: row(14000, "1/cell", "CD19 density", "table", { literature: true }),
};

/** host T cells, neutrophils, chemotherapy. */
export const bloodCounts: Parameters = {
  kd: row(1.39, "1/day", "elimination of the lymphodepletion signal", "table"),
  p4: row(0.0007, "1/day", "CD4+ precursor -> CD4+ T cell", "table", { literature: true }),
  s4: row(210.18, "cell/uL/day", "zero-order input of CD4+ precursors", "table", { omega: 0.68 }),
  o4: row(1.02, "1/day", "loss of host CD4+ T cells", "table", { omega: 0.15 }),
  e4: row(0.85, "1", "largest chemotherapy effect on CD4+ exit", "table"),
  c4: row(0.15, "mg/L", "signal at half effect on CD4+", "table", { note: "estimated first and then held" }),
  p8: row(0.00045, "1/day", "CD8+ precursor -> CD8+ T cell", "table", { literature: true }),
  s8: row(525.59, "cell/uL/day", "zero-order input of CD8+ precursors", "table"),
  o8: row(1.49, "1/day", "loss of host CD8+ T cells", "table", { omega: 0.5 }),
  e8: row(0.96, "1", "largest chemotherapy effect on CD8+ exit", "table"),
  c8: row(0.067, "mg/L", "signal at half effect on CD8+", "table", { note: "estimated first and then held" }),
  G0: row(5617.22, "cell/uL", "steady neutrophil count and initial value of the whole chain", "table", { omega: 0.29 }),
  mtt: row(4.35, "day", "mean transit time of the chain; ktr = 4 / mtt", "table", {
    omega: 0.2,
    note: "literature value; its omega is held too",
  }),
  gg: row(0.14, "1", "exponent of the feedback on proliferation", "table"),
  eg: row(27.32, "1", "largest chemotherapy effect on neutrophil proliferation", "table", {
    omega: 0.26,
    note: "above 1: proliferation becomes a loss",
  }),
  cg: row(1203.42, "mg/L", "signal at half effect on neutrophils", "table", { note: "estimated first and then held" }),
  D0: row(1935, "mg", "lymphodepletion signal at day 0; not scaled with weight", "reconstructed", {
    note: "(3 x 25 + 1000) mg/m2 x 1.8 m2; results nearly insensitive, except neutrophils",
  }),
};

/** interferon, anti-dsDNA, C3, proteinuria, scores. */
export const disease: Parameters = {
  ka: row(15875.77, "IU/cell/day", "release of anti-dsDNA per reactive B cell", "table", {
    omega: 0.4,
    note: "sets only the (instantaneous) speed; see quirks",
  }),
  ki: row(23.04, "1/day", "degradation of IFN-alpha", "table", {
    omega: 0.2,
    note: "literature value; its omega is held too",
  }),
  npdc: row(1146788.991, "cell/L", "plasmacytoid dendritic cells in blood", "appendix", {
    note: "cancels out of every equation",
  }),
  gc: row(0.1, "1", "exponent of anti-dsDNA on C3 consumption", "table"),
  sc: row(1.5, "mg/kg/h", "zero-order C3 synthesis", "table", { literature: true }),
  gw: row(1.09, "1", "exponent of C3 on proteinuria", "table"),
  sw: row(1000, "mg/day", "zero-order urinary protein input", "appendix", {
    note: "Table 1 prints 100; only 1000 gives the published decline",
  }),
  gi4: row(0.09, "1", "exponent of IFN-alpha on anti-dsDNA release", "table"),
  gi8: row(0.8, "1", "exponent of IFN-alpha on proteinuria", "table"),
  U0: row(470000, "IU/L", "anti-dsDNA at day 0", "digitised", {
    note: "median of five patients read off a supplementary figure",
  }),
  I0: row(21, "pg/mL", "IFN-alpha at day 0", "digitised", {
    note: "median of five patients; the state is in pg/L (x 1000)",
  }),
  C0: row(555, "mg/L", "complement C3 at day 0", "digitised", { note: "median of five patients" }),
  W0: row(3060, "mg/g", "urinary protein at day 0", "digitised", {
    note: "median of five patients; the five: 8100 6570 3060 2010 75",
  }),
  bU: row(1e6, "cell/L", "release needs more reactive B cells in blood than this (1/uL)", "appendix"),
  qc0: row(16.99, "point", "SLEDAI from C3", "appendix", { note: "regression on literature data" }),
  qc1: row(-0.01, "point*L/mg", "SLEDAI from C3", "appendix", { note: "regression on literature data" }),
  qi0: row(4.21, "point", "SLEDAI from IFN-alpha", "appendix", { note: "regression on literature data" }),
  qi1: row(0.08, "point*mL/pg", "SLEDAI from IFN-alpha", "appendix", { note: "regression on literature data" }),
  qu0: row(6.96, "point", "SLEDAI from anti-dsDNA", "appendix", {
    note: "regression on literature data; disagrees with the plotted line",
  }),
  qu1: row(0.05, "point*mL/IU", "SLEDAI from anti-dsDNA", "appendix", {
    note: "regression on literature data; disagrees with the plotted line",
  }),
};
