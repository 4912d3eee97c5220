import type { Product } from "../../therapy/index.js";

/** The course of one patient in one arm: rows by day, columns by name; NaN after the end. Names that the arm's model does not have are absent. */
export interface Course {
  readonly names: readonly string[];
  readonly values: Float64Array;
}

/** What is written down of one patient in one arm. Plain data: it travels between workers. */
export interface ArmRun {
  readonly patient: number;
  readonly arm: string;
  readonly status: "completed" | "stopped" | "failed";
  /** Why it stopped or failed; empty when completed. */
  readonly reason: string;
  readonly endDay: number;
  /** Null in arms without leukapheresis. */
  readonly product: Product | null;
  /** Cells/kg over all infusions, as the study plans them and as given; null in arms without cells. */
  readonly cells: { readonly planned: number; readonly given: number } | null;
  /** Day of the first infusion of cells; null where there was none. */
  readonly infusionDay: number | null;
  readonly visits: readonly Visit[];
  readonly events: readonly TrialEvent[];
  /** Row-major: output days × curve outputs; NaN after the end. */
  readonly curves: Float64Array;
  /** Where the study asks for them: the course, and measures in the order of the study, NaN where there is none. */
  readonly course: Course | null;
  readonly measures: Float64Array | null;
  /** Where the study has a peer: curve days × common quantities. */
  readonly common: Float64Array | null;
  readonly accepted: number;
  readonly rejected: number;
  /** How far a state that should not be negative fell below zero, in units of its absolute tolerance. */
  readonly undershoot: number;
}

export interface Visit {
  readonly day: number;
  /** Items of the disease's score, with measurement error. */
  readonly items: Readonly<Record<string, number>>;
  readonly activity: number;
  /** The disease's remission, whatever the drugs. */
  readonly remission: boolean;
  /** The same without drugs: the drug-free remission of the report. */
  readonly drugFreeRemission: boolean;
  readonly drugFree: boolean;
  /** Better than at baseline by the disease's definition, at this visit. */
  readonly response: boolean;
  /** A response at two visits in a row, up to now. */
  readonly confirmedResponse: boolean;
  /** The relapse rule holds at this visit (not yet confirmed). */
  readonly relapsing: boolean;
  /** Prednisolone taken since the start of the run, mg. */
  readonly prednisoloneTaken: number;
  /** Autoreactive cells of both sites after the draw. */
  readonly clones: number;
}

/** What conduct itself writes down; rules write events under names of their own. */
export type ConductEvent = "crs" | "icans" | "licats" | "infection" | "relapse" | "dropout" | "manufacturing-failure";
export type EventName = ConductEvent | (string & {});

export interface TrialEvent {
  readonly day: number;
  readonly event: EventName;
  /** Grade, count or dose, by event; 1 where nothing is counted. */
  readonly value: number;
}
