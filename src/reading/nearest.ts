/** The known name that a misspelt one was probably meant to be. */
export interface Nearest {
  readonly name: string;
  /** One slip of the finger, another case, `_` for `-`: near enough to read the rest as if it were meant. */
  readonly sure: boolean;
}

export function nearest(written: string, known: readonly string[]): Nearest | undefined {
  const plain = plainName(written);
  if (plain === "") return undefined;
  let best: { name: string; distance: number } | undefined;
  for (const name of known) {
    const distance = editDistance(plain, plainName(name));
    if (distance > Math.max(plain.length, name.length) * 0.4) continue;
    if (!best || distance < best.distance) best = { name, distance };
  }
  if (best) return { name: best.name, sure: best.distance <= 1 };
  const part = known.filter((name) => Math.min(plain.length, name.length) >= 4 && holds(plainName(name), plain));
  return part.length === 1 ? { name: part[0]!, sure: false } : undefined;
}

const holds = (a: string, b: string): boolean => a.includes(b) || b.includes(a);

/** `taperTo`, `Taper_To` and `taper to` are all `taper-to`. */
const plainName = (name: string): string =>
  name
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/[_\s]+/g, "-")
    .toLowerCase();

/** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 40) return Math.abs(a.length - b.length);
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let distance = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        distance = Math.min(distance, before[j - 2]! + 1);
      row.push(distance);
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}
