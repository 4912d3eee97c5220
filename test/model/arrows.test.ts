/** The arrows of the model, which no import shows: biology reads and acts on biology only; a therapy and a disease read biology and their own, and act on biology through ports. */
import { expect, test } from "vitest";
import { immuneSystem } from "../../src/biology/index.js";
import { diseaseCatalogue, leukaemia } from "../../src/disease/index.js";
import { assemble, defineModule, type Module } from "../../src/engine/index.js";
import { modulesFor } from "../../src/population/index.js";
import { backgroundTherapies, therapies } from "../../src/therapy/index.js";

const PARTS = ["parameters", "controls", "derived", "states", "quantities", "ports"] as const;
const declaredBy = (modules: readonly Module[], parts: readonly (typeof PARTS)[number][] = PARTS): Set<string> =>
  new Set(modules.flatMap(({ declaration }) => parts.flatMap((part) => Object.keys(declaration[part] ?? {}))));

interface Room {
  readonly name: string;
  readonly modules: readonly Module[];
}
const biology: Room = { name: "biology", modules: immuneSystem };
const rooms: readonly Room[] = [
  ...therapies.map(({ id, modules }) => ({ name: `therapy ${id}`, modules })),
  ...diseaseCatalogue.map(({ id, modules }) => ({ name: `disease ${id}`, modules })),
  { name: "contrast leukaemia", modules: [leukaemia] },
];

/** Names that a room reads, or ports that it acts on, outside biology and itself. */
function faults({ name, modules }: Room): string[] {
  const readable = declaredBy([...biology.modules, ...modules]);
  const ports = declaredBy([...biology.modules, ...modules], ["ports"]);
  return modules.flatMap(({ name: module, declaration }) => [
    ...Object.keys(declaration.inputs ?? {})
      .filter((input) => !readable.has(input))
      .map((input) => `${name}: ${module} reads ${input}`),
    ...Object.keys(declaration.contributes ?? {})
      .filter((port) => !ports.has(port))
      .map((port) => `${name}: ${module} acts on ${port}`),
  ]);
}

test("biology reads and acts on nothing but biology, and stands alone", () => {
  expect(faults({ name: "biology", modules: immuneSystem })).toEqual([]);
  expect(assemble(immuneSystem).states.length).toBeGreaterThan(40);
});

test("a therapy knows biology and itself, a disease too, and neither the other", () => {
  expect(rooms.length).toBeGreaterThan(15);
  expect(rooms.flatMap(faults)).toEqual([]);
});

test("every therapy and every disease can be left out: each stands alone with the background, and any two together", () => {
  const background = backgroundTherapies.flatMap(({ modules }) => modules);
  const joined = (...lists: (readonly Module[])[]) => [...new Set([...immuneSystem, ...background, ...lists.flat()])];
  for (const one of rooms) {
    expect(() => assemble(joined(one.modules)), one.name).not.toThrow();
    for (const other of rooms)
      expect(() => assemble(joined(one.modules, other.modules)), `${one.name}, ${other.name}`).not.toThrow();
  }
});

test("what an arm does not give is nowhere in its model", () => {
  const { states, parameters } = assemble(modulesFor(diseaseCatalogue[0] as never, []));
  for (const foreign of ["Rc", "Oc", "Eb", "Bli", "MMT", "FIB", "Lb"]) {
    expect(states.map(({ name }) => name)).not.toContain(foreign);
  }
  expect(parameters.map(({ name }) => name)).not.toContain("rho");
});

test("finds what is planted", () => {
  const spy = defineModule("spy", {
    about: "reads what it should not know",
    inputs: { Rc: "mg" },
    quantities: { half: { unit: "mg", formula: "Rc*1", about: "half" } },
    contributes: { carLoss: { unit: "1/day", formula: "0{1/day}" } },
  });
  expect(faults({ name: "disease spy", modules: [spy] })).toEqual([
    "disease spy: spy reads Rc",
    "disease spy: spy acts on carLoss",
  ]);
});
