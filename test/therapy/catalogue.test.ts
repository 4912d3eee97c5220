/** The catalogue of therapies: every one that can be given does something, on states that its arm's model has, and no word means two things. */
import { describe, expect, it } from "vitest";
import { type AnyDisease, diseases } from "../../src/disease/index.js";
import { type Action, assemble, interpret, planKernels, Runner, type System } from "../../src/engine/index.js";
import { modulesFor } from "../../src/population/index.js";
import { type Dose, doseAction, givenTherapies, rules, therapies, therapyOf } from "../../src/therapy/index.js";

/** The typical lupus patient, or another disease's: the model of an arm that gives nothing else. */
const modelWith = (id: string, disease: AnyDisease = diseases.sle) => assemble(modulesFor(disease, [therapyOf(id)]));
const immuneStates = assemble(modulesFor(diseases.sle, [])).states.map(({ name }) => name);

function dosesOf(id: string, system: System): readonly Dose[] {
  const { dose, give } = therapyOf(id);
  const value = (name: string) => system.parameters.find((row) => row.name === name)!.value;
  return give!(0, (dose?.usual ?? null) as never, { constant: value });
}

/** Over twelve weeks and all states of the immune system and the disease (not those of the drug itself): the largest difference that the doses make, relative to the value. */
function largestChange(id: string): number {
  const system = modelWith(id);
  const runner = new Runner(interpret(planKernels(system, immuneStates)), { rtol: 1e-6 });
  const outputDays = Array.from({ length: 43 }, (_, i) => i * 2);
  const run = (actions: Action[]) => {
    const result = runner.run({ from: 0, to: 84, actions, outputDays });
    expect(result.end.kind).toBe("completed");
    return result.outputs;
  };
  const without = run([]);
  return run(dosesOf(id, system).map(doseAction)).reduce((most, a, i) => {
    const b = without[i]!;
    return Math.max(most, Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), 1e-3));
  }, 0);
}

/** Cells are made from what is collected: that is all it does. */
const acting = givenTherapies.filter(({ course }) => course !== "collection").map(({ id }) => id);

describe("every therapy that can be given", () => {
  it.each(acting)("%s changes the immune system of the typical patient", (id) =>
    expect(largestChange(id)).toBeGreaterThan(0.01),
  );

  it.each(givenTherapies.map(({ id }) => id))("%s acts on nothing that its own model lacks, in any disease", (id) => {
    for (const disease of Object.values(diseases)) {
      const system = modelWith(id, disease);
      const states = system.states.map(({ name }) => name);
      const controls = system.controls.map(({ name }) => name);
      for (const each of dosesOf(id, system)) {
        if ("into" in each) expect(states).toContain(each.into);
        else if ("blend" in each) for (const name of [each.blend, ...each.among]) expect(states).toContain(name);
        else expect(controls).toContain(each.control);
      }
    }
  });

  it.each(givenTherapies.filter(({ dose }) => dose).map(({ id }) => id))(
    "%s: twice the dose puts in twice as much",
    (id) => {
      const system = modelWith(id);
      const { dose, give } = therapyOf(id);
      const who = { constant: (name: string) => system.parameters.find((row) => row.name === name)!.value };
      const total = (each: number) =>
        give!(0, each as never, who).reduce((sum, x) => sum + ("amount" in x ? x.amount : 0), 0);
      expect(total(2 * dose!.low) / total(dose!.low)).toBeCloseTo(2, 10);
    },
  );
});

describe("words", () => {
  const plain = (word: string) => word.toLowerCase().replace(/[\s_]+/g, "-");
  const all = therapies as readonly { id: string; alsoCalled?: readonly string[] }[];
  it("ids and other names of therapies mean one therapy each", () => {
    const meant = new Map<string, string>();
    for (const { id, alsoCalled } of all)
      for (const word of [id, ...(alsoCalled ?? [])].map(plain)) {
        expect(meant.get(word) ?? id, `"${word}"`).toBe(id);
        meant.set(word, id);
      }
  });
  it("ids and other names of diseases mean one disease each", () => {
    const meant = new Map<string, string>();
    for (const { id, label, short, alsoCalled } of Object.values(diseases) as readonly {
      id: string;
      label: string;
      short: string;
      alsoCalled?: readonly string[];
    }[])
      for (const word of [id, label, short, ...(alsoCalled ?? [])].map(plain)) {
        expect(meant.get(word) ?? id, `"${word}"`).toBe(id);
        meant.set(word, id);
      }
  });
  it("every rule brings what it names, and therapies of rules are in the catalogue", () => {
    for (const { brings } of rules) for (const each of brings) expect(therapyOf(each.id)).toBe(each);
  });
});
