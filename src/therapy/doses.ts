import type { Action, PatientView } from "../engine/index.js";
import { infuse, type Target } from "./car-t-product.js";

/** What is given, as actions in time. Days relative to infusion. One function per way of giving. */
const action = (at: number, label: string, change: (patient: PatientView) => void): Action => ({
  at,
  label,
  apply: (patient) => {
    change(patient);
    return true;
  },
});
const bolus = (at: number, label: string, state: string, amount: number) =>
  action(at, label, (p) => p.add(state, amount));

/** `cellsPerKg` in cell/kg. */
export const carTInfusion = (at: number, cellsPerKg: number, target: Target = "CD19"): Action =>
  action(at, "CAR-T infusion", (p) => infuse(p, cellsPerKg, target));

/** Fludarabine 25 mg/m² on three days from `first` on, cyclophosphamide 1 g/m² on the third. */
export const fludarabineCyclophosphamide = (first: number): Action[] => [
  ...[0, 1, 2].map((day) => bolus(first + day, "fludarabine", "Flu", 1)),
  bolus(first + 2, "cyclophosphamide", "Cy", 1),
];

/** `amount` in mg. */
export const rituximabInfusion = (at: number, amount: number): Action => bolus(at, "rituximab", "Rc", amount);

/** `perKg` in mg/kg; the unit dose of the model is 8 mg/kg. */
export const tocilizumabInfusion = (at: number, perKg: number): Action => bolus(at, "tocilizumab", "Toci", perKg / 8);

/** `amount` in mg; the unit dose of the model is 10 mg. */
export const dexamethasoneDose = (at: number, amount: number): Action => bolus(at, "dexamethasone", "Dex", amount / 10);

/** Intravenous immunoglobulin now, `gramPerKg`: raises IgG by 12.5 g/L per g/kg, and vaccine antibody with it (model-details section 12). */
export function giveImmunoglobulin(patient: PatientView, gramPerKg: number): void {
  patient.add("IgG", 12.5 * gramPerKg);
  patient.add("VAb", (100 * 12.5 * gramPerKg) / patient.constant("IgG0"));
}

/** Prednisolone from now on, mg/day. */
const setPrednisolone = (at: number, perDay: number): Action =>
  action(at, "prednisolone", (p) => p.control("predRate", perDay));

/** Mycophenolate from now on: taken or not. */
export const setMycophenolate = (at: number, taken: boolean): Action =>
  action(at, "mycophenolate", (p) => p.control("mmfOn", taken ? 1 : 0));

/** A taper from `start` mg/day to `end` mg/day in equal weekly steps over `over` days from day `from` on; the last step lands on `end`. */
export function prednisoloneTaper(start: number, end: number, from: number, over: number): Action[] {
  const steps = Math.max(1, Math.round(over / 7));
  return Array.from({ length: steps }, (_, k) =>
    setPrednisolone(from + ((k + 1) * over) / steps, k + 1 === steps ? end : start + ((end - start) * (k + 1)) / steps),
  );
}
