import type { Module } from "../engine/index.js";

/** What two structures may both know, in the unit in which they are compared. Values stand side by side, and are never averaged. */
export const COMMON = {
  carT: { title: "CAR-T cells in blood", unit: "cell/uL" },
  bCells: { title: "B cells in blood", unit: "cell/uL" },
  antiDsDna: { title: "Anti-dsDNA, share of the model's own baseline", unit: "%" },
  c3: { title: "Complement C3", unit: "mg/L" },
  sledaiByC3: { title: "SLEDAI from C3 alone", unit: "point" },
} as const;
export type CommonQuantity = keyof typeof COMMON;
export const commonQuantities = Object.keys(COMMON) as CommonQuantity[];

/** The regression of Park 2025 (appendix, second hand), applied to the C3 of every structure, so that the scores differ by C3 alone. Points, of C3 in mg/L. */
export const sledaiByC3 = (c3: number): number => 16.99 - 0.01 * c3;

/** A published model of other origin, written in our engine. docs/notes/peers.md */
export interface Peer {
  readonly id: string;
  readonly title: string;
  readonly citation: string;
  /** Ids of diseases and of the therapy that it is about. */
  readonly diseases: readonly string[];
  readonly therapy: string;
  readonly modules: readonly Module[];
  /** Parameters that a study sets: cells per kg, body weight in kg. */
  readonly dose: string;
  readonly weight: string;
  /** Its quantities in the units of `COMMON`. */
  readonly common: Readonly<Partial<Record<CommonQuantity, string>>>;
  /** What it alone has, by state or quantity. */
  readonly alone: Readonly<Record<string, string>>;
  /** Why an arm cannot be followed by it, beside that it gives no such cells once at day 0. */
  readonly cannot: readonly string[];
  /** What is odd in it and kept as published: shown wherever its numbers are. */
  readonly limits: readonly string[];
}
