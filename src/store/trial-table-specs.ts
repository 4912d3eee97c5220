/** The tables of a trial: every column with its type, unit and meaning. Documentation and SQL read the same declarations. */
import { DISEASE_IDS } from "../study/index.js";
import { defineTable } from "./table.js";

export const patients = defineTable({
  name: "patients",
  about: "one virtual patient; the same in every arm",
  columns: [
    { name: "patient", type: "int32", unit: "1", about: "number of the patient over all replicates" },
    { name: "replicate", type: "int32", unit: "1", about: "number of the replicate" },
    { name: "disease", type: "string", unit: "", about: DISEASE_IDS.join(", ") },
    { name: "age", type: "float64", unit: "year", about: "age" },
    { name: "weight", type: "float64", unit: "kg", about: "body weight" },
    { name: "prior_lines", type: "int32", unit: "1", about: "therapies that failed before" },
    { name: "prednisolone", type: "float64", unit: "mg/day", about: "prednisolone on coming in" },
    { name: "mycophenolate", type: "boolean", unit: "", about: "on mycophenolate on coming in" },
    {
      name: "baseline_activity",
      type: "float64",
      unit: "1",
      about: "activity of the disease's score at screening, 0 to 1",
    },
    {
      name: "refused_draws",
      type: "int32",
      unit: "1",
      about: "draws refused before this patient: implausible or not eligible",
    },
  ],
} as const);

export const parameters = defineTable({
  name: "parameters",
  about: "one parameter of one virtual patient that differs from nominal",
  columns: [
    { name: "patient", type: "int32", unit: "1", about: "number of the patient" },
    { name: "parameter", type: "string", unit: "", about: "symbol of the parameter in the model" },
    { name: "value", type: "float64", unit: "1", about: "value, in the parameter's own unit" },
  ],
} as const);

export const runs = defineTable({
  name: "runs",
  about: "one patient in one arm",
  columns: [
    { name: "patient", type: "int32", unit: "1", about: "number of the patient" },
    { name: "arm", type: "string", unit: "", about: "arm of the study" },
    { name: "status", type: "string", unit: "", about: "completed, stopped (dropout) or failed (numerics)" },
    { name: "reason", type: "string", unit: "", about: "why it stopped or failed" },
    { name: "end_day", type: "float64", unit: "day", about: "last day that was simulated" },
    { name: "infusion_day", type: "float64", unit: "day", about: "first infusion of cells" },
    { name: "cells_planned", type: "float64", unit: "cell/kg", about: "cells over all infusions, as planned" },
    { name: "cells_given", type: "float64", unit: "cell/kg", about: "cells over all infusions, as given" },
    { name: "cells_per_kg", type: "float64", unit: "cell/kg", about: "dose that was manufactured" },
    { name: "vein_to_vein", type: "float64", unit: "day", about: "leukapheresis to infusion" },
    { name: "batches", type: "int32", unit: "1", about: "batches that were made" },
    { name: "steps", type: "int32", unit: "1", about: "accepted steps of the integration" },
    { name: "rejected_steps", type: "int32", unit: "1", about: "rejected steps of the integration" },
    {
      name: "undershoot",
      type: "float64",
      unit: "1",
      about: "how far a state that should not be negative fell below zero, in units of its absolute tolerance",
    },
  ],
} as const);

export const visits = defineTable({
  name: "visits",
  about: "one visit of one patient in one arm: what was seen, with measurement error",
  columns: [
    { name: "patient", type: "int32", unit: "1", about: "number of the patient" },
    { name: "arm", type: "string", unit: "", about: "arm of the study" },
    { name: "day", type: "float64", unit: "day", about: "day of the visit" },
    { name: "activity", type: "float64", unit: "1", about: "activity of the disease's score, 0 to 1" },
    { name: "inactive", type: "boolean", unit: "", about: "remission of the disease, whatever the drugs" },
    {
      name: "drug_free",
      type: "boolean",
      unit: "",
      about: "no background therapy, and off every drug that counts as taken",
    },
    { name: "remission", type: "boolean", unit: "", about: "drug-free remission" },
    { name: "response", type: "boolean", unit: "", about: "response by the disease's definition" },
    { name: "relapsing", type: "boolean", unit: "", about: "the relapse rule holds at this visit, not yet confirmed" },
    {
      name: "clones",
      type: "float64",
      unit: "cell",
      about: "autoreactive cells of both sites; latent, nobody sees it",
    },
  ],
} as const);

export const items = defineTable({
  name: "items",
  about: "one item of the disease's score at one visit",
  columns: [
    { name: "patient", type: "int32", unit: "1", about: "number of the patient" },
    { name: "arm", type: "string", unit: "", about: "arm of the study" },
    { name: "day", type: "float64", unit: "day", about: "day of the visit" },
    { name: "item", type: "string", unit: "", about: "name of the item" },
    { name: "value", type: "float64", unit: "1", about: "value, in the item's own unit" },
  ],
} as const);

export const events = defineTable({
  name: "events",
  about: "one event of one patient in one arm",
  columns: [
    { name: "patient", type: "int32", unit: "1", about: "number of the patient" },
    { name: "arm", type: "string", unit: "", about: "arm of the study" },
    { name: "day", type: "float64", unit: "day", about: "day of the event" },
    { name: "event", type: "string", unit: "", about: "crs, icans, licats, infection, relapse, rescue, dropout, …" },
    { name: "value", type: "float64", unit: "1", about: "grade, count or dose, by event" },
  ],
} as const);

export const outcomes = defineTable({
  name: "outcomes",
  about: "the numbers of one patient in one arm that endpoints read; NULL where it did not happen",
  columns: [
    { name: "patient", type: "int32", unit: "1", about: "number of the patient" },
    { name: "arm", type: "string", unit: "", about: "arm of the study" },
    { name: "car_t_peak", type: "float64", unit: "cell/uL", about: "highest CAR-T count in blood" },
    { name: "car_t_peak_day", type: "float64", unit: "day", about: "days after infusion of that count" },
    { name: "depleted_day", type: "float64", unit: "day", about: "first day with blood B cells below 1/µL" },
    { name: "return_day", type: "float64", unit: "day", about: "first day above 5/µL after that" },
    { name: "naive_share", type: "float64", unit: "1", about: "naive share of blood B cells on that day" },
    { name: "lymph_node_90", type: "float64", unit: "1", about: "lymph-node B cells at day 90, fraction of baseline" },
    { name: "autoantibody_90", type: "float64", unit: "%", about: "autoantibody at day 90, % of baseline" },
    { name: "vaccine_365", type: "float64", unit: "%", about: "vaccine antibody at 12 months, % of baseline" },
    { name: "igg_min", type: "float64", unit: "g/L", about: "lowest IgG" },
    { name: "neutropenia", type: "float64", unit: "day", about: "days with neutrophils below 0.5e9/L, first 60 days" },
    { name: "crs", type: "int32", unit: "1", about: "highest CRS grade" },
    { name: "icans", type: "int32", unit: "1", about: "highest ICANS grade" },
    { name: "infections", type: "int32", unit: "1", about: "serious infections" },
    { name: "relapse_day", type: "float64", unit: "day", about: "confirmed relapse" },
    { name: "rescue_day", type: "float64", unit: "day", about: "background therapy taken up again" },
    { name: "prednisolone", type: "float64", unit: "g", about: "prednisolone taken from day 0" },
    {
      name: "relapse_unconfirmed",
      type: "boolean",
      unit: "",
      about: "the relapse rule held at the last visit seen, with no visit after it to confirm",
    },
    { name: "remission_day", type: "float64", unit: "day", about: "first visit in drug-free remission" },
    {
      name: "remission_end_day",
      type: "float64",
      unit: "day",
      about: "loss of drug-free remission, or end of observation",
    },
    { name: "remission_lost", type: "boolean", unit: "", about: "whether that was a loss" },
  ],
} as const);

export const curves = defineTable({
  name: "curves",
  about: "median and 5–95 % band of a quantity on one day in one arm, as drawn in the report",
  columns: [
    { name: "curve", type: "string", unit: "", about: "id of the curve" },
    { name: "arm", type: "string", unit: "", about: "arm of the study" },
    { name: "day", type: "float64", unit: "day", about: "day" },
    { name: "median", type: "float64", unit: "1", about: "median, in the unit of the curve" },
    { name: "low", type: "float64", unit: "1", about: "5th percentile" },
    { name: "high", type: "float64", unit: "1", about: "95th percentile" },
  ],
} as const);

export const numbers = defineTable({
  name: "numbers",
  about: "one number of the report, as in summary.json",
  columns: [
    { name: "name", type: "string", unit: "", about: "dotted name" },
    { name: "value", type: "float64", unit: "1", about: "value, in `unit`" },
    { name: "low", type: "float64", unit: "1", about: "lower end of the interval" },
    { name: "high", type: "float64", unit: "1", about: "upper end of the interval" },
    { name: "unit", type: "string", unit: "", about: "unit of the three" },
  ],
} as const);

export const trajectories = defineTable({
  name: "trajectories",
  about: "one value of one patient's course in one arm; only where the study asks for trajectories",
  columns: [
    { name: "patient", type: "int32", unit: "1", about: "number of the patient" },
    { name: "arm", type: "string", unit: "", about: "arm of the study" },
    { name: "day", type: "float64", unit: "day", about: "day" },
    { name: "name", type: "string", unit: "", about: "state, quantity or constant of the model" },
    { name: "value", type: "float64", unit: "1", about: "value, in the unit of that name" },
  ],
} as const);

export const measures = defineTable({
  name: "measures",
  about: "one measure of one patient in one arm, NULL where there is none; only where the study asks for measures",
  columns: [
    { name: "patient", type: "int32", unit: "1", about: "number of the patient" },
    { name: "arm", type: "string", unit: "", about: "arm of the study" },
    { name: "measure", type: "string", unit: "", about: "name of the measure in the study" },
    { name: "value", type: "float64", unit: "1", about: "value, in the unit that the report gives" },
  ],
} as const);

/** Declarations of the tables that every trial has. */
export const trialTableSpecs = [patients, parameters, runs, visits, items, events, outcomes, curves, numbers];

/** With those that a study may ask for. */
export const allTableSpecs = [...trialTableSpecs, trajectories, measures];
