import type { PatientView } from "../engine/index.js";

/** What a CAR-T product recognises: the targetability of each class of cells (model-details section 1, table W), as controls of the model. */
export type Target = "CD19" | "BCMA" | "CD19 and BCMA";

type Targetability = (constant: (name: string) => number) => Readonly<Record<string, number>>;

const targetability: Readonly<Record<Target, Targetability>> = {
  CD19: (c) => ({
    W_pre: 1,
    W_nai: 1,
    W_mem: 1,
    W_A: 1,
    W_pb: c("w19_PB"),
    W_sl: c("w19_SL"),
    W_ll: c("w19_LL"),
    W_leuk: 1,
    W_neg: 0,
    KAgX: 1,
  }),
  BCMA: (c) => ({
    W_pre: 0,
    W_nai: 0,
    W_mem: c("wB_mem"),
    W_A: c("wB_A"),
    W_pb: c("wB_PB"),
    W_sl: 1,
    W_ll: 1,
    W_leuk: 0,
    W_neg: 0,
    KAgX: c("KAgBx"),
  }),
  // CD19-negative leukaemia carries neither antigen (model-details 13.4).
  "CD19 and BCMA": () => ({
    W_pre: 1,
    W_nai: 1,
    W_mem: 1,
    W_A: 1,
    W_pb: 1,
    W_sl: 1,
    W_ll: 1,
    W_leuk: 1,
    W_neg: 0,
    KAgX: 1,
  }),
};

const CELLS = ["Eb", "El", "Es", "Em", "Mb", "Mt"] as const;

/**
 * An infusion of `cellsPerKg`: the share `feng` of it founds the expansion, in blood, the share `fmem` of that as memory cells.
 * Fitness and CAR expression become the mean over old and new cells (model-details section 5, 13.3).
 */
export function infuse(patient: PatientView, cellsPerKg: number, target: Target): void {
  for (const [name, value] of Object.entries(targetability[target]((name) => patient.constant(name))))
    patient.control(name, value);
  const fresh = cellsPerKg * patient.constant("BW") * patient.constant("feng");
  let old = 0;
  for (const name of CELLS) old += patient.get(name);
  for (const name of ["Fit", "Q"]) patient.set(name, (patient.get(name) * old + fresh) / (old + fresh));
  const memory = patient.constant("fmem");
  patient.add("Eb", fresh * (1 - memory));
  patient.add("Mb", fresh * memory);
}
