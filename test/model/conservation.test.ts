/** What leaves one place enters another: over all flows of the catalogue, with births, deaths and open ends taken out, the total of every connected group stays. */
import { expect, test } from "vitest";
import { immuneSystem } from "../../src/biology/index.js";
import { diseaseModules, leukaemia } from "../../src/disease/index.js";
import {
  assemble,
  defineModule,
  instantiateWasm,
  type Module,
  type ModuleDeclaration,
  planKernels,
  Runner,
  type System,
} from "../../src/engine/index.js";
import { therapyModules } from "../../src/therapy/index.js";

const everything: readonly Module[] = [...immuneSystem, ...therapyModules, ...diseaseModules, leukaemia];

/** The module with its closed flows alone: no rates, no open ends, what it contributes at 0 flow unchanged. */
function flowsOnly({ name, declaration }: Module): Module {
  const states = Object.fromEntries(
    Object.entries(declaration.states ?? {}).map(([state, { rate: _, ...rest }]) => [state, rest]),
  );
  const flows = Object.fromEntries(Object.entries(declaration.flows ?? {}).filter(([, f]) => f.from && f.to));
  return defineModule(name, { ...declaration, states, flows } as ModuleDeclaration);
}

/** Groups of states that flows connect. */
function groups({ flows, states }: System): string[][] {
  const group = new Map(states.map(({ name }) => [name, new Set([name])]));
  for (const { from, to } of flows) {
    const merged = new Set([...group.get(from!)!, ...group.get(to!)!]);
    for (const name of merged) group.set(name, merged);
  }
  return [...new Set(group.values())].map((names) => [...names]).filter((names) => names.length > 1);
}

/** Largest relative change of a group's total over 100 days, from states that are far from any balance. */
function worstLeak(modules: readonly Module[]): { leak: number; groups: string[][]; moved: number } {
  const system = assemble(modules);
  const found = groups(system);
  const names = system.states.map(({ name }) => name);
  const outputs = found.flat();
  const runner = new Runner(instantiateWasm(planKernels(system, outputs)), { rtol: 1e-10, atolScale: 1e-4 });
  const { outputs: values, end } = runner.run({
    from: 0,
    to: 100,
    actions: [
      {
        at: 0,
        label: "out of balance",
        apply: (p) => {
          names.forEach((name, i) => {
            if (outputs.includes(name)) p.set(name, 1e6 * (1 + (i % 7)));
          });
          return true;
        },
      },
    ],
    outputDays: [0, 1, 10, 100],
  });
  expect(end.kind).toBe("completed");
  let leak = 0;
  let moved = 0;
  for (const group of found) {
    const at = (row: number) =>
      group.reduce((sum, name) => sum + values[row * outputs.length + outputs.indexOf(name)]!, 0);
    for (const row of [1, 2, 3]) leak = Math.max(leak, Math.abs(at(row) / at(0) - 1));
    const first = values[outputs.indexOf(group[0]!)]!;
    if (Math.abs(values[3 * outputs.length + outputs.indexOf(group[0]!)]! / first - 1) > 1e-3) moved++;
  }
  return { leak, groups: found, moved };
}

test("no flow of the catalogue makes or loses anything", () => {
  const { leak, groups: found, moved } = worstLeak(everything.map(flowsOnly));
  console.log(
    `${found.length} groups of states, ${found.flat().length} states; largest change of a total ${leak.toExponential(1)}`,
  );
  // B cells and their plasma cells, clones, neutrophils, each CAR-T product, each antibody, leukaemia.
  expect(found.length).toBeGreaterThanOrEqual(10);
  expect(moved).toBeGreaterThan(found.length / 2);
  expect(leak).toBeLessThan(1e-9);
});

test("finds a flow that leaks", () => {
  const leaky = everything.map((module) => {
    const only = flowsOnly(module);
    if (module.name !== "blood-counts") return only;
    const { states } = only.declaration;
    return defineModule(module.name, {
      ...only.declaration,
      states: { ...states, Tr1: { ...states!["Tr1"]!, rate: "-1e-6{1/day}*Tr1" } },
    });
  });
  expect(worstLeak(leaky).leak).toBeGreaterThan(1e-7);
});
