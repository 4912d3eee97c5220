import type { Peer } from "../peer.js";
import { park2025Modules } from "./modules.js";
import { PAPER } from "./parameters.js";

export const park2025: Peer = {
  id: "park-2025",
  title: "Park 2025",
  citation: PAPER,
  diseases: ["sle"],
  therapy: "cd19-car-t",
  modules: park2025Modules,
  dose: "dose",
  weight: "wt",
  common: { carT: "S", bCells: "Btotal", antiDsDna: "dsDnaShare", c3: "C", sledaiByC3: "sledaiC3" },
  alone: {
    Sn: "naive CAR-T cells in blood",
    Sc: "central memory CAR-T cells in blood",
    Sm: "effector memory CAR-T cells in blood",
    Se: "effector CAR-T cells in blood",
    Smarrow: "CAR-T cells in marrow",
    P: "B cells in marrow",
    H4: "host CD4+ T cells",
    H8: "host CD8+ T cells",
    G: "neutrophils",
    IFN: "interferon-alpha",
    W: "proteinuria",
    sledaiIFN: "SLEDAI from interferon-alpha",
    sledaiDNA: "SLEDAI from anti-dsDNA",
  },
  cannot: [
    "an arm without cells: its reactive B cells have no homeostasis and would grow by 1.9 % a day",
    "a second infusion, an infusion after day 0, and anything before day 0",
    "other drugs and rules: it knows one dose and one lymphodepletion, at day 0",
  ],
  limits: [
    "All constants are second hand: read in a public transcription of paper and appendices. Fitted to five patients.",
    "CAR-T cells in marrow are never lost; the tail in blood is their leak (half-life about 420 days), so when B cells come back depends on a threshold of CAR-T cells that moves by six days for one per cent.",
    "Naive B cells may come back before the depletion, and CAR-T cells do not see them: no second depletion and no relapse can occur.",
    "Anti-dsDNA freezes when reactive B cells fall below 1 per µL, and that value sets C3, and SLEDAI from it, for good.",
    "Proteinuria is not at rest at day 0; SLEDAI from anti-dsDNA begins at 30.5 points, above what the paper plots.",
    "Lymphodepletion acts on day 0 and does not scale with weight; the neutrophil nadir depends on its reconstructed amount.",
  ],
};
