import { controlIndex } from "../solve/step-control.js";
import type { Kernels } from "./kernels.js";
import type { LaneCode } from "./lane-code.js";

/** () : LU of the linear system. Each entry of L and U is one dot product, stored at once: rows kept in locals would spill on older V8. */
export function factorBody(code: LaneCode, { layout, lu, jacobianAt }: Kernels): LaneCode {
  const scale = code.number();
  code.at(layout.control + controlIndex("scale")).set(scale);
  lu.entries.forEach((entry, i) => {
    code.i32(0);
    let first = true;
    if (entry.diagonal) {
      if (entry.diagonal === "scale") code.get(scale);
      else code.constant(1);
      first = false;
    }
    if (entry.source >= 0) {
      code.at(jacobianAt[entry.source]!);
      code.do(first ? "neg" : "sub");
      first = false;
    }
    for (const [l, u] of entry.products) {
      code
        .at(layout.lu + l)
        .at(layout.lu + u)
        .do("mul")
        .do(first ? "neg" : "sub");
      first = false;
    }
    if (entry.diagonal) {
      const pivot = code.number();
      code.set(pivot).constant(1).get(pivot).do("div");
    }
    if (entry.scaleBy >= 0) code.at(layout.lu + entry.scaleBy).do("mul");
    code.store(layout.lu + i);
  });
  return code;
}

/** (address of a vector) : forward and backward substitution, unrolled, in place. Hubs have places of their own. */
export function solveBody(code: LaneCode, { layout, lu, states }: Kernels): LaneCode {
  const n = states.length;
  const address = (unknown: number) => (unknown < n ? code.get(0) : code.i32(0));
  const place = (unknown: number) => (unknown < n ? unknown : layout.hubs + unknown - n);
  const load = (unknown: number) => address(unknown).load(place(unknown));
  /** Takes products with unknowns off a number that is on the stack (or off 0). */
  const minus = (row: readonly (readonly [number, number])[], empty: boolean) => {
    let first = empty;
    for (const [entry, column] of row) {
      code.at(layout.lu + entry);
      load(lu.order[column]!).do("mul");
      code.do(first ? "neg" : "sub");
      first = false;
    }
  };
  lu.order.forEach((unknown, k) => {
    const row = lu.lower[k]!.filter(([, column]) => !lu.zero[column]);
    if (row.length === 0) return;
    address(unknown);
    if (unknown < n) load(unknown);
    minus(row, unknown >= n);
    code.store(place(unknown));
  });
  for (let k = lu.order.length - 1; k >= 0; k--) {
    const unknown = lu.order[k]!;
    address(unknown);
    if (!lu.zero[k]) load(unknown);
    minus(lu.upper[k]!, lu.zero[k]!);
    if (lu.zero[k] && lu.upper[k]!.length === 0) code.constant(0);
    code.at(layout.lu + lu.pivot[k]!).do("mul");
    code.store(place(unknown));
  }
  return code;
}
