import { controlIndex } from "../solve/step-control.js";
import { KeptNumbers } from "./kept-numbers.js";
import type { Kernels } from "./kernels.js";
import type { LaneCode } from "./lane-code.js";
import type { LuPlan } from "./sparse-lu.js";

/** () : LU of the linear system. Each entry of L and U is one dot product, stored at once: rows kept in locals would spill on older V8. */
export function factorBody(code: LaneCode, { layout, lu, jacobianAt }: Kernels): LaneCode {
  const scale = code.number();
  code.at(layout.control + controlIndex("scale")).set(scale);
  const kept = new KeptNumbers(
    code,
    lu.entries.flatMap(({ products, scaleBy }) => [...products.flat(), ...(scaleBy >= 0 ? [scaleBy] : [])]),
  );
  const entryOf = (index: number) => kept.read(index, () => code.at(layout.lu + index));
  const pivot = code.number();
  lu.entries.forEach((entry, i) => {
    code.i32(0);
    let first = true;
    const take = () => {
      code.do(first ? "neg" : "sub");
      first = false;
    };
    if (entry.diagonal) {
      if (entry.diagonal === "scale") code.get(scale);
      else code.constant(1);
      first = false;
    }
    if (entry.source >= 0) {
      code.at(jacobianAt[entry.source]!);
      take();
    }
    for (const [l, u] of entry.products) {
      entryOf(l);
      entryOf(u);
      code.do("mul");
      take();
    }
    if (entry.diagonal) code.set(pivot).constant(1).get(pivot).do("div");
    if (entry.scaleBy >= 0) {
      entryOf(entry.scaleBy);
      code.do("mul");
    }
    kept.write(i);
    code.store(layout.lu + i);
  });
  return code;
}

/** (address of a vector) : forward and backward substitution, unrolled, in place. Hubs have places of their own. */
export function solveBody(code: LaneCode, { layout, lu, states }: Kernels): LaneCode {
  const n = states.length;
  const rows = substitutionRows(lu, n);
  const kept = new KeptNumbers(
    code,
    rows.flatMap(({ unknown, terms, empty }) => [
      ...(empty ? [] : [unknown]),
      ...terms.map(([, column]) => lu.order[column]!),
    ]),
  );
  const address = (unknown: number) => (unknown < n ? code.get(0) : code.i32(0));
  const place = (unknown: number) => (unknown < n ? unknown : layout.hubs + unknown - n);
  const read = (unknown: number) => kept.read(unknown, () => address(unknown).load(place(unknown)));
  for (const { unknown, terms, empty, pivot } of rows) {
    address(unknown);
    let first = empty;
    if (!empty) read(unknown);
    for (const [entry, column] of terms) {
      code.at(layout.lu + entry);
      read(lu.order[column]!);
      code.do("mul").do(first ? "neg" : "sub");
      first = false;
    }
    if (empty && terms.length === 0) code.constant(0);
    if (pivot >= 0) code.at(layout.lu + pivot).do("mul");
    kept.write(unknown);
    code.store(place(unknown));
  }
  return code;
}

/** The unknowns in the order in which they are computed, each from itself (or from 0) less products with others, times its pivot (−1: none). */
function substitutionRows(
  { order, lower, upper, pivot, zero }: LuPlan,
  states: number,
): { unknown: number; terms: readonly (readonly [number, number])[]; empty: boolean; pivot: number }[] {
  const forward = order.flatMap((unknown, k) => {
    const terms = lower[k]!.filter(([, column]) => !zero[column]);
    return terms.length > 0 ? [{ unknown, terms, empty: unknown >= states, pivot: -1 }] : [];
  });
  const backward = order.map((unknown, k) => ({ unknown, terms: upper[k]!, empty: zero[k]!, pivot: pivot[k]! }));
  return [...forward, ...backward.reverse()];
}
