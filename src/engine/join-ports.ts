import { formatUnit, sameUnit, type Unit } from "../quantity/index.js";
import { parseFormula } from "./formula.js";
import { EXPORTING_PARTS, type Formula, type ModelProblem, type Module, type PortDeclaration } from "./module.js";

/** One module's share of a port. */
export interface Contribution {
  readonly module: string;
  readonly formula: Formula;
}

export interface JoinedPort {
  readonly name: string;
  readonly module: string;
  readonly unit: Unit;
  readonly declaration: PortDeclaration;
  /** `(first) + (second)`; the neutral element where nobody contributes. */
  readonly formula: Formula;
  readonly contributions: readonly Contribution[];
}

export interface JoinedPorts {
  readonly ports: readonly JoinedPort[];
  /** Contributions to ports of absent modules, as `module › port`. */
  readonly dropped: ReadonlySet<string>;
}

/** Key of a contribution among those dropped. */
export const contributionKey = (module: string, port: string): string => `${module} › ${port}`;

/** Gives every contribution to its port. `modules` in the order in which contributions are to be joined; a port of `absent` drops what it is given. */
export function joinPorts(
  modules: readonly Module[],
  absent: readonly Module[],
  problems: ModelProblem[],
): JoinedPorts {
  const ownersOf = (port: string, among: readonly Module[]) =>
    among.filter(({ declaration }) => Object.hasOwn(declaration.ports ?? {}, port));
  const dropped = new Set<string>();
  const given = new Map<string, Contribution[]>();
  for (const module of modules)
    for (const [port, { unit }] of Object.entries(module.declaration.contributes ?? {})) {
      const where = `${module.name} › contributes › ${port}`;
      const [owner, ...others] = ownersOf(port, modules);
      if (!owner) {
        const what = notAPort(port, module, modules, absent);
        if (what === null) dropped.add(contributionKey(module.name, port));
        else problems.push({ where, what });
        continue;
      }
      if (others.length > 0)
        problems.push({
          where,
          what: `is a port of ${[owner, ...others].map(({ name }) => `"${name}"`).join(" and of ")}`,
        });
      const wanted = owner.units.get(port)!;
      if (!sameUnit(module.contributed.get(port)!, wanted))
        problems.push({ where, what: `is in ${unit}, but the port of "${owner.name}" takes ${formatUnit(wanted)}` });
      const formula = module.formulas.get(`contributes.${port}`)!;
      given.set(port, [...(given.get(port) ?? []), { module: module.name, formula }]);
    }
  const ports = modules.flatMap((module) =>
    Object.entries(module.declaration.ports ?? {}).map(([name, declaration]) => {
      const contributions = given.get(name) ?? [];
      const formula = join(declaration, contributions);
      return { name, module: module.name, unit: module.units.get(name)!, declaration, formula, contributions };
    }),
  );
  return { ports, dropped };
}

function join({ join: how }: PortDeclaration, contributions: readonly Contribution[]): Formula {
  if (contributions.length === 1) return contributions[0]!.formula;
  const texts = contributions.map(({ formula }) => `(${formula.text})`);
  const text = texts.join(how === "sum" ? " + " : " * ") || (how === "sum" ? "0" : "1");
  return { text, tree: parseFormula(text) };
}

/** Why no present module takes a contribution; null where an absent one would. */
function notAPort(port: string, giver: Module, modules: readonly Module[], absent: readonly Module[]): string | null {
  for (const { name, declaration } of modules)
    for (const part of EXPORTING_PARTS)
      if (Object.hasOwn(declaration[part] ?? {}, port)) return `is no port: it stands in the ${part} of "${name}"`;
  const known = [...modules, ...absent].filter((module) => module !== giver);
  if (absent.some(({ declaration }) => Object.hasOwn(declaration.ports ?? {}, port))) return null;
  const unit = giver.contributed.get(port)!;
  const alike = known.flatMap(({ declaration, units }) =>
    Object.keys(declaration.ports ?? {}).filter((name) => sameUnit(units.get(name)!, unit)),
  );
  const hint = alike.length > 0 ? `; ports in ${formatUnit(unit)}: ${[...new Set(alike)].sort().join(", ")}` : "";
  return `no module has this port${hint}`;
}
