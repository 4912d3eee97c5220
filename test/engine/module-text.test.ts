import { describe, expect, test } from "vitest";
import wabt from "wabt";
import { emitWasm, planKernels, printWasm } from "../../src/engine/index.js";
import { wholeModel } from "../../src/population/index.js";
import { stiffProblems } from "./stiff-problems.js";
import { kernelsOf } from "./tiny.js";

/** The text of a module, assembled by somebody else's assembler, is the module again. */
describe("the module as text", async () => {
  const tools = await wabt();
  const models = {
    ...Object.fromEntries(Object.entries(stiffProblems).map(([name, module]) => [name, kernelsOf(module)])),
    "whole model": planKernels(wholeModel(), ["IgG", "INF"]),
  };
  for (const [name, kernels] of Object.entries(models))
    for (const lanes of [1, 2] as const)
      test(`${name}, ${lanes} at a time: wabt assembles the same bytes`, () => {
        const bytes = emitWasm(kernels, lanes);
        const parsed = tools.parseWat("module.wat", printWasm(bytes), { simd: true });
        parsed.validate();
        const { buffer } = parsed.toBinary({ write_debug_names: true, canonicalize_lebs: true });
        // wabt also names locals; up to the names the two are the same.
        const end = sectionStart(bytes, 0);
        expect(Buffer.compare(Buffer.from(buffer.subarray(0, end)), Buffer.from(bytes.subarray(0, end)))).toBe(0);
        expect(sectionStart(buffer, 0)).toBe(end);
      });
});

/** Where the section with an id begins. */
function sectionStart(bytes: Uint8Array, id: number): number {
  let at = 8;
  while (at < bytes.length && bytes[at] !== id) {
    let size = 0;
    let weight = 1;
    let i = at + 1;
    for (; ; i++) {
      size += (bytes[i]! & 0x7f) * weight;
      weight *= 128;
      if (bytes[i]! < 0x80) break;
    }
    at = i + 1 + size;
  }
  return at;
}
