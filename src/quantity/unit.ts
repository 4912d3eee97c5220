/**
 * A unit is a product of powers of base dimensions and a scale: `g/L` and `pg/mL` share a dimension and differ in scale.
 * Equality asks for both, so a sum of `g/L` and `pg/mL` is an error and never a silent conversion.
 * Codes follow UCUM where it has one; counts of things (`cell`, `copy`, `point`, `dose`) are dimensions of their own,
 * because a count of cells added to a count of copies is a mistake.
 */
export interface Unit {
  /** Exponent of each base dimension; zero exponents are left out. */
  readonly dimensions: Readonly<Record<string, number>>;
  /** Factor to the base units (day, metre, gram, mole, degC, …). */
  readonly scale: number;
}

export class UnitError extends Error {
  constructor(
    message: string,
    /** Position of the fault in the unit's text. */
    readonly offset: number,
  ) {
    super(message);
  }
}

const base = (name: string, scale = 1): Unit => ({ dimensions: { [name]: 1 }, scale });
export const ONE: Unit = { dimensions: {}, scale: 1 };

/** Volume in m³, mass in g, amount in mol, time in days, temperature in °C (differences only). */
const SYMBOLS: Readonly<Record<string, Unit>> = {
  "1": ONE,
  "%": { dimensions: {}, scale: 0.01 },
  day: base("time"),
  d: base("time"),
  week: base("time", 7),
  month: base("time", 365.25 / 12),
  year: base("time", 365.25),
  h: base("time", 1 / 24),
  min: base("time", 1 / 1440),
  s: base("time", 1 / 86400),
  m: base("length"),
  L: { dimensions: { length: 3 }, scale: 1e-3 },
  dL: { dimensions: { length: 3 }, scale: 1e-4 },
  mL: { dimensions: { length: 3 }, scale: 1e-6 },
  uL: { dimensions: { length: 3 }, scale: 1e-9 },
  kg: base("mass", 1e3),
  g: base("mass"),
  mg: base("mass", 1e-3),
  ug: base("mass", 1e-6),
  ng: base("mass", 1e-9),
  pg: base("mass", 1e-12),
  mol: base("amount"),
  nmol: base("amount", 1e-9),
  U: base("enzyme"),
  IU: base("international unit"),
  degC: base("temperature"),
  cell: base("cell"),
  Gcell: base("cell", 1e9),
  copy: base("copy"),
  point: base("point"),
  dose: base("dose"),
  event: base("event"),
};

/** Every unit symbol that is understood, for messages and documentation. */
export const unitSymbols: readonly string[] = Object.keys(SYMBOLS);

export function multiplyUnits(a: Unit, b: Unit): Unit {
  const dimensions: Record<string, number> = { ...a.dimensions };
  for (const [name, power] of Object.entries(b.dimensions)) {
    const sum = (dimensions[name] ?? 0) + power;
    if (Math.abs(sum) < 1e-12) delete dimensions[name];
    else dimensions[name] = sum;
  }
  return { dimensions, scale: a.scale * b.scale };
}

/** `power` may be fractional; a unit with dimensions and a scale other than one is raised with both. */
export function powerUnit(a: Unit, power: number): Unit {
  const dimensions: Record<string, number> = {};
  for (const [name, p] of Object.entries(a.dimensions)) if (p * power !== 0) dimensions[name] = p * power;
  return { dimensions, scale: a.scale ** power };
}

export const divideUnits = (a: Unit, b: Unit): Unit => multiplyUnits(a, powerUnit(b, -1));

export function sameDimension(a: Unit, b: Unit): boolean {
  const names = new Set([...Object.keys(a.dimensions), ...Object.keys(b.dimensions)]);
  for (const name of names) if (Math.abs((a.dimensions[name] ?? 0) - (b.dimensions[name] ?? 0)) > 1e-9) return false;
  return true;
}

/** Same dimension and same scale (to 1e-9, for products of decimal prefixes). */
export const sameUnit = (a: Unit, b: Unit): boolean => sameDimension(a, b) && Math.abs(a.scale / b.scale - 1) < 1e-9;

export const isDimensionless = (a: Unit): boolean => sameDimension(a, ONE);

/** `cell/uL/day`, `1/day`, `mg^2/m^3`; factors are read from left to right, `/` binds the next factor only. */
export function parseUnit(text: string): Unit {
  let unit = ONE;
  let at = 0;
  let divide = false;
  const factor = /\s*(%|1|[A-Za-z]+)(?:\^(-?\d+(?:\.\d+)?))?\s*/y;
  while (true) {
    factor.lastIndex = at;
    const match = factor.exec(text);
    if (!match) throw new UnitError(`expected a unit in "${text}"`, at);
    const symbol = match[1]!;
    const known = Object.hasOwn(SYMBOLS, symbol) ? SYMBOLS[symbol] : undefined;
    if (!known) throw new UnitError(`unknown unit "${symbol}"`, at);
    const raised = powerUnit(known, match[2] === undefined ? 1 : Number(match[2]));
    unit = multiplyUnits(unit, divide ? powerUnit(raised, -1) : raised);
    at = factor.lastIndex;
    if (at >= text.length) return unit;
    const operator = text[at];
    if (operator !== "/" && operator !== "*" && operator !== "·")
      throw new UnitError(`expected "/" or "*" in "${text}"`, at);
    divide = operator === "/";
    at += 1;
  }
}

/** A readable text of a unit built by arithmetic: `cell·uL^-1·day^-1` with the scale in front where no symbol has it. */
export function formatUnit(unit: Unit): string {
  for (const [symbol, known] of Object.entries(SYMBOLS)) if (sameUnit(unit, known)) return symbol;
  const names: Record<string, string> = {
    time: "day",
    mass: "g",
    length: "m",
    amount: "mol",
    temperature: "degC",
    enzyme: "U",
    "international unit": "IU",
  };
  let rest = unit.scale;
  const parts = Object.entries(unit.dimensions)
    .sort(([, a], [, b]) => b - a)
    .map(([name, power]) => {
      let symbol = names[name] ?? name;
      let shown = power;
      if (name === "length" && power % 3 === 0) {
        const factors: [string, number][] = [
          ["L", 1e-3],
          ["mL", 1e-6],
          ["uL", 1e-9],
          ["m", 1],
        ];
        const [picked, scale] = factors.find(([, s]) => Math.abs(rest / s ** (power / 3) - 1) < 1e-9) ?? ["L", 1e-3];
        if (picked !== "m") {
          symbol = picked;
          shown = power / 3;
          rest /= scale ** shown;
        }
      }
      return shown === 1 ? symbol : `${symbol}^${shown}`;
    });
  const scale = Math.abs(rest - 1) < 1e-9 ? "" : `${Number(rest.toPrecision(6))} `;
  return scale + (parts.join("·") || "1");
}
