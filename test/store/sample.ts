import { defineTable, type Row, type Table, TableBuilder } from "../../src/store/index.js";

/** A table with a column of every type, and random values that are hard to keep. */
export const VISITS = defineTable({
  name: "visits",
  about: "one visit of one virtual patient in one arm",
  columns: [
    { name: "patient", type: "int32", unit: "1", about: "number of the patient in the replicate" },
    { name: "arm", type: "string", unit: "", about: "arm" },
    { name: "day", type: "float64", unit: "day", about: "days since infusion" },
    { name: "b_cells", type: "float64", unit: "cell/uL", about: "B cells in blood; NULL where not drawn" },
    { name: "in_remission", type: "boolean", unit: "", about: "DORIS remission without drugs" },
    { name: "note", type: "string", unit: "", about: "free text" },
  ],
});
export type Visit = Row<typeof VISITS>;

/** Small seeded generator (mulberry32): tests must not depend on the room that makes random numbers. */
export function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const FLOATS = [Number.NaN, Infinity, -Infinity, 0, -0, 5e-324, -1.7976931348623157e308, 0.1, 2 ** 53];
const TEXTS = ["", "reset", "continued", "π ≈ 3", "🧬 CAR-T", "\uFEFFmark", "a\0b", "'quoted\", \n", "x".repeat(500)];

export function randomVisit(draw: () => number, row: number): Visit {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(draw() * values.length)]!;
  return {
    patient: draw() < 0.1 ? pick([-2147483648, 2147483647, 0, -1]) : row,
    arm: pick(["reset", "rituximab", "continued"]),
    day: draw() < 0.3 ? pick(FLOATS) : draw() * 730 - 28,
    b_cells: draw() < 0.5 ? pick(FLOATS) : pick([1, 2, 3]),
    in_remission: draw() < 0.5,
    note: draw() < 0.9 ? `note ${Math.floor(draw() * 1e6)}` : pick(TEXTS),
  };
}

export function visits(rows: number, seed = 1): Table<typeof VISITS> {
  const draw = random(seed);
  const builder = new TableBuilder(VISITS);
  for (let row = 0; row < rows; row++) builder.append(randomVisit(draw, row));
  return builder.build();
}
