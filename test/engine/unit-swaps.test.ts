import { expect, test } from "vitest";
import { defineModule, ModelError, type ModuleDeclaration } from "../../src/engine/index.js";
import { allModules } from "../../src/population/index.js";
import { parseUnit, sameUnit } from "../../src/quantity/index.js";
import { stream } from "../../src/statistics/index.js";

/** All modules as one, so that every name is known everywhere and only units can refuse a swap. */
const whole: Record<string, Record<string, unknown>> = {};
for (const { declaration } of allModules)
  for (const part of ["parameters", "controls", "derived", "states", "quantities", "flows"] as const)
    whole[part] = { ...whole[part], ...declaration[part] };
// A module cannot contribute to itself: here ports are inputs, and what is contributed is a quantity of the port's unit.
for (const { name: module, declaration } of allModules) {
  for (const [port, { unit }] of Object.entries(declaration.ports ?? {}))
    whole["inputs"] = { ...whole["inputs"], [port]: unit };
  for (const [port, contribution] of Object.entries(declaration.contributes ?? {}))
    whole["quantities"]![`${port}_from_${module.replaceAll("-", "_")}`] = { ...contribution, about: "contribution" };
}
const declaration = { about: "everything", ...whole } as unknown as ModuleDeclaration;
const { about: _, inputs: __, parameters, ...rest } = declaration;
const text = JSON.stringify(rest);

/** Parameters that no formula mentions: read by actions and summaries in code, where units are not checked. */
const used = Object.keys(parameters!).filter((name) => new RegExp(`\\b${name}\\b`).test(text));

const swapped = (a: string, b: string): ModuleDeclaration =>
  JSON.parse(
    JSON.stringify(declaration, (key, value) =>
      ["formula", "rate", "initial"].includes(key) && typeof value === "string"
        ? value.replace(new RegExp(`\\b(${a}|${b})\\b`, "g"), (name) => (name === a ? b : a))
        : value,
    ),
  );

test("the model itself has no unit problem", () => {
  expect(() => defineModule("everything", declaration)).not.toThrow();
  console.log(
    `parameters in formulas: ${used.length}; read in code only: ${Object.keys(parameters!)
      .filter((n) => !used.includes(n))
      .join(", ")}`,
  );
});

test("200 random swaps of two parameters of different unit are all refused", () => {
  const random = stream(20261121, 0, "unit swaps");
  const unit = (name: string) => parseUnit(parameters![name]!.unit);
  const pick = () => used[Math.floor(random.uniform() * used.length)]!;
  const accepted: string[] = [];
  for (let n = 0; n < 200; ) {
    const [a, b] = [pick(), pick()];
    if (sameUnit(unit(a), unit(b))) continue;
    n++;
    try {
      defineModule("everything", swapped(a, b));
      accepted.push(`${a} (${parameters![a]!.unit}) ↔ ${b} (${parameters![b]!.unit})`);
    } catch (error) {
      expect(error).toBeInstanceOf(ModelError);
      for (const problem of (error as ModelError).problems) expect(problem.excerpt).toContain("^");
    }
  }
  expect(accepted).toEqual([]);
});
