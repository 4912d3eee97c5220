import { test } from "vitest";
import { instantiateWasm, planKernels, Runner } from "../../src/engine/index.js";
import { wholeModel } from "../../src/population/index.js";

test("neg", () => {
  const sys = wholeModel();
  const k = planKernels(sys, []);
  const b = instantiateWasm(k);
  const n = k.states.length;
  new Runner(b, { rtol: 1e-6 }).derive({});
  const w = k.layout.work;
  for (let i = 0; i < n; i++) {
    for (const v of [-1e-9, -1e-3, -1, 0]) {
      for (let j = 0; j < n; j++) b.memory[w + j] = b.memory[k.layout.initial + j]!;
      b.memory[w + i] = v * Math.max(Math.abs(b.memory[w + i]!), 1e-3);
      b.rates(w, w + n, 0);
      b.jacobian(w, 0);
      const bad = k.states.filter((_, j) => !Number.isFinite(b.memory[w + n + j]!));
      const badJ = k.jacobian
        .map((_, j) => j)
        .filter((j) => !Number.isFinite(b.memory[k.layout.jacobian + j]!))
        .map((j) => k.states[k.jacobianRows[j]!] + "/" + k.states[k.jacobianColumns[j]!]);
      if (bad.length || badJ.length) console.log(k.states[i], v, "rates", bad.join(), "J", badJ.slice(0, 6).join());
    }
  }
});
