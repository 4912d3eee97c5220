/** Model code names evidence by id only; every id exists, and every number of the model says where it comes from. */
import { join } from "node:path";
import { expect, it } from "vitest";
import { diseases } from "../src/disease/index.js";
import type { ParameterDeclaration } from "../src/engine/index.js";
import { loadEvidenceFrom } from "../src/evidence/load-node.js";
import { allModules } from "../src/population/index.js";
import { formatProblems } from "../src/quantity/index.js";
import { manufacturingParameters } from "../src/therapy/index.js";

const loaded = await loadEvidenceFrom(join(import.meta.dirname, "../evidence"));
if (!loaded.ok) throw new Error(formatProblems(loaded.problems));
const { sources, cohorts } = loaded.evidence;

/** Every parameter of the model with its place, `b-cells › output`. The clinical scores name their sources in words, not by id. */
const parameters: readonly (readonly [place: string, parameter: ParameterDeclaration])[] = [
  ...allModules.map(({ name, declaration }) => [name, declaration.parameters ?? {}] as const),
  ["manufacturing", manufacturingParameters] as const,
  ...Object.entries(diseases).map(([id, disease]) => [id, disease.overrides] as const),
].flatMap(([part, all]) => Object.entries(all).map(([name, parameter]) => [`${part} › ${name}`, parameter] as const));

/** `muller_2024_nejm`: words, a year, and perhaps more words, joined by `_`. */
const COHORT = /\b[a-z][a-z0-9]*(?:_[a-z0-9]+)*_(?:19|20)\d\d(?:_[a-z0-9]+)*\b/g;

/** What is wrong with where a number comes from. */
function faultOf({ level, source, reason }: ParameterDeclaration): string | undefined {
  if (source !== undefined && !sources.has(source) && !cohorts.has(source)) return `unknown source "${source}"`;
  if (level !== "assumed" && source === undefined) return `is ${level}, and names no source`;
  if (level === "assumed" && !reason?.trim()) return "is assumed, and gives no reason";
  const own = cohorts.get(source ?? "") ?? [...cohorts.values()].filter((cohort) => cohort.source === source);
  if ([own].flat().length > 0 && [own].flat().every(({ use }) => use === "validate"))
    return `is set from "${source}", which is for prediction only`;
  const held = (reason ?? "").match(COHORT)?.filter((id) => cohorts.get(id)?.use === "validate") ?? [];
  if (held.length > 0) return `its reason names what is for prediction only: ${held.join(", ")}`;
  const strangers = (reason ?? "").match(COHORT)?.filter((id) => !cohorts.has(id)) ?? [];
  return strangers.length > 0 ? `its reason names unknown cohorts: ${strangers.join(", ")}` : undefined;
}

it("finds parameters in every part", () => {
  expect(sources.size).toBeGreaterThan(0);
  expect(cohorts.size).toBeGreaterThan(0);
  expect(parameters.length).toBeGreaterThan(250);
  for (const part of ["b-cells", "car-t", "organ-inflammation", "manufacturing", "iim"])
    expect(
      parameters.some(([place]) => place.startsWith(`${part} ›`)),
      part,
    ).toBe(true);
});

it("names only evidence that exists, and has a source or a reason for every parameter", () => {
  const faults = parameters.flatMap(([place, parameter]) => faultOf(parameter)?.replace(/^/, `${place}: `) ?? []);
  expect(faults).toEqual([]);
});

it("finds each fault that is planted", () => {
  const [source] = sources.keys();
  const [cohort] = cohorts.keys();
  const held = [...cohorts.values()].find(({ use }) => use === "validate")!;
  const about = { value: 1, unit: "1", about: "planted", bounds: [0, 2] } as const;
  const fault = (passport: object) => faultOf({ ...about, ...passport } as ParameterDeclaration);
  expect(fault({ level: "measured", source })).toBeUndefined();
  expect(fault({ level: "fitted", source: cohort, reason: `as in ${cohort}` })).toBeUndefined();
  expect(fault({ level: "measured", source: "nobody-1999" })).toBe('unknown source "nobody-1999"');
  expect(fault({ level: "measured", source: held.source })).toContain("for prediction only");
  expect(fault({ level: "fitted", source: held.id })).toContain("for prediction only");
  expect(fault({ level: "assumed", reason: `as in ${held.id}` })).toContain("for prediction only");
  expect(fault({ level: "animal" })).toBe("is animal, and names no source");
  expect(fault({ level: "assumed", reason: " " })).toBe("is assumed, and gives no reason");
  expect(fault({ level: "assumed", reason: "as in nobody_1999_nejm, by hand" })).toContain("nobody_1999_nejm");
});
