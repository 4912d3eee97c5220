import type { Module, ParameterDeclaration, Variability } from "../engine/index.js";
import type { Constant } from "../quantity/index.js";
import { nearest } from "../reading/index.js";
import { inputProblem } from "./failure.js";
import { documentedModules, numberGroups, peerModuleNames, peerModules } from "./model-catalogue.js";

/** `parameter` differs between patients or may; `constant` does not; the others are computed. */
export type SymbolKind = "parameter" | "constant" | "control" | "derived" | "state" | "quantity" | "port";

/** One symbol with its words. Passport and value where it is a number of ours. */
export interface ModelSymbol {
  readonly symbol: string;
  readonly kind: SymbolKind;
  /** The module that declares it, or the owner of the constant. */
  readonly module: string;
  readonly about: string;
  readonly unit: string;
  readonly value?: number;
  readonly bounds?: readonly [number, number];
  readonly varies?: Variability;
  readonly level?: string;
  readonly source?: string;
  readonly reason?: string;
}

const PARTS = [
  ["controls", "control"],
  ["derived", "derived"],
  ["states", "state"],
  ["quantities", "quantity"],
  ["ports", "port"],
] as const;

function symbolsOf({ name: module, declaration }: Module): ModelSymbol[] {
  return [
    ...numbers(module, declaration.parameters ?? {}),
    ...PARTS.flatMap(([part, kind]) =>
      Object.entries(declaration[part] ?? {}).map(([symbol, { unit, about = "" }]) => ({
        symbol,
        kind,
        module,
        about,
        unit,
      })),
    ),
  ];
}

const numbers = (
  module: string,
  rows: Readonly<Record<string, Constant | ParameterDeclaration>>,
): readonly ModelSymbol[] =>
  Object.entries(rows).map(([symbol, row]) => ({
    symbol,
    kind: "bounds" in row ? "parameter" : "constant",
    module,
    ...row,
  }));

/** Every symbol of the model and every constant around it, module by module, in the order of declaration. */
const modelSymbols = (): readonly ModelSymbol[] => [
  ...documentedModules.flatMap(symbolsOf),
  ...numberGroups.flatMap(({ owner, numbers: rows }) => numbers(owner, rows)),
];

/**
 * Symbols that a pattern finds: one with `*` stands for whole symbols or modules; else the exact symbol or module, and only where there is none the text
 * within symbols, modules and words, whatever the case. A published model is found by its id, or one of its modules by name. Throws `InputProblems` where nothing is found.
 */
export function findSymbols(pattern?: string): readonly ModelSymbol[] {
  const all = modelSymbols();
  if (pattern === undefined) return all;
  const ofPeer = peerModules(pattern).flatMap(symbolsOf);
  if (ofPeer.length > 0) return ofPeer;
  const found = pattern.includes("*") ? wild(all, pattern) : plain(all, pattern);
  if (found.length > 0) return found;
  const names = [...new Set([...all.flatMap(({ symbol, module }) => [symbol, module]), ...peerModuleNames])];
  const meant = nearest(pattern, names);
  throw inputProblem(
    "pattern",
    `no symbol, module or words with "${pattern}"`,
    meant ? `did you mean "${meant.name}"?` : 'write a symbol such as predDose0, a part of its words, or "W_*"',
  );
}

function plain(all: readonly ModelSymbol[], pattern: string): readonly ModelSymbol[] {
  const exact = all.filter(({ symbol, module }) => symbol === pattern || module === pattern);
  if (exact.length > 0) return exact;
  const low = pattern.toLowerCase();
  return all.filter(({ symbol, module, about }) =>
    [symbol, module, about].some((text) => text.toLowerCase().includes(low)),
  );
}

function wild(all: readonly ModelSymbol[], pattern: string): readonly ModelSymbol[] {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  const whole = new RegExp(`^${parts.join(".*")}$`);
  return all.filter(({ symbol, module }) => whole.test(symbol) || whole.test(module));
}

/** The first symbol of that name, wherever it is declared. */
export const symbolNamed = (name: string): ModelSymbol | undefined =>
  modelSymbols().find(({ symbol, kind }) => symbol === name && kind !== "constant");
