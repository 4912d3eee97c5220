/**
 * Sparse LU of W = s·I − J (with rows and columns of hubs: 1 on their diagonal) for a fixed pattern, without pivoting: the order is chosen once (Markowitz count on the diagonal), fill is found once, and the
 * result is a list of operations that both backends carry out in the same order.
 */
export interface LuPlan {
  /** Pivot order: position k eliminates unknown `order[k]`. */
  readonly order: readonly number[];
  /** Entries of L (strictly lower) and U (upper, diagonal stored as its reciprocal), in order of computation. */
  readonly entries: readonly LuEntry[];
  /** Row k of the forward substitution: entries of L as [entry, column position]. */
  readonly lower: readonly (readonly (readonly [number, number])[])[];
  /** Row k of the backward substitution: entries of U right of the diagonal as [entry, column position]. */
  readonly upper: readonly (readonly (readonly [number, number])[])[];
  /** Entry that holds the reciprocal of the k-th pivot. */
  readonly pivot: readonly number[];
  /** Whether unknown k is 0 after the forward substitution whatever the right-hand side: a hub that no state before it reaches. */
  readonly zero: readonly boolean[];
}

export interface LuEntry {
  /** Index into the list of Jacobian values, −1 for fill and for a diagonal without one. */
  readonly source: number;
  /** On the diagonal: the scale of a state, 1 of a hub. */
  readonly diagonal: "scale" | "one" | null;
  /** The value is W − Σ entry[l]·entry[u]. */
  readonly products: readonly (readonly [number, number])[];
  /** Entries of L are multiplied by this reciprocal pivot; −1 for entries of U. */
  readonly scaleBy: number;
}

/**
 * `rows[i]`, `columns[i]`: place of the i-th Jacobian value in an n × n matrix. Unknowns from `states` on are hubs, whose right-hand side is 0.
 */
export function planLu(n: number, rows: readonly number[], columns: readonly number[], states = n): LuPlan {
  const order = markowitz(n, rows, columns);
  const position = new Array<number>(n);
  order.forEach((unknown, k) => {
    position[unknown] = k;
  });
  const source = new Map<number, number>();
  const pattern: Set<number>[] = Array.from({ length: n }, (_, k) => new Set([k]));
  rows.forEach((row, i) => {
    const r = position[row]!;
    const c = position[columns[i]!]!;
    pattern[r]!.add(c);
    source.set(r * n + c, i);
  });
  for (let k = 0; k < n; k++)
    for (let r = k + 1; r < n; r++) if (pattern[r]!.has(k)) for (const c of pattern[k]!) if (c > k) pattern[r]!.add(c);

  const index = new Map<number, number>();
  const entries: LuEntry[] = [];
  const pivot: number[] = [];
  for (let r = 0; r < n; r++) {
    const columnsOfRow = [...pattern[r]!].sort((x, y) => x - y);
    for (const c of columnsOfRow) {
      const products: [number, number][] = [];
      for (const k of columnsOfRow) {
        if (k >= Math.min(r, c)) break;
        const u = index.get(k * n + c);
        if (u !== undefined) products.push([index.get(r * n + k)!, u]);
      }
      index.set(r * n + c, entries.length);
      if (r === c) pivot.push(entries.length);
      entries.push({
        source: source.get(r * n + c) ?? -1,
        diagonal: r !== c ? null : order[r]! < states ? "scale" : "one",
        products,
        scaleBy: c < r ? pivot[c]! : -1,
      });
    }
  }
  const part = (keep: (r: number, c: number) => boolean) =>
    pattern.map((columnsOfRow, r) =>
      [...columnsOfRow]
        .filter((c) => keep(r, c))
        .sort((x, y) => x - y)
        .map((c) => [index.get(r * n + c)!, c] as const),
    );
  const lower = part((r, c) => c < r);
  const zero: boolean[] = [];
  order.forEach((unknown, k) => {
    zero.push(unknown >= states && lower[k]!.every(([, c]) => zero[c]));
  });
  // What was computed last comes last in each row, so that the rest of the row need not wait for it.
  const upper = part((r, c) => c > r).map((row) => row.reverse());
  return { order, entries, lower, upper, pivot, zero };
}

/** Greedy minimum of r·c + (r + c)/4 over the diagonal, with r and c the other entries of row and column: fill and work of all stages. Ties go to the lower index. */
function markowitz(n: number, rows: readonly number[], columns: readonly number[]): number[] {
  const inRow: Set<number>[] = Array.from({ length: n }, (_, k) => new Set([k]));
  const inColumn: Set<number>[] = Array.from({ length: n }, (_, k) => new Set([k]));
  rows.forEach((row, i) => {
    inRow[row]!.add(columns[i]!);
    inColumn[columns[i]!]!.add(row);
  });
  const left = new Set(Array.from({ length: n }, (_, k) => k));
  const order: number[] = [];
  while (left.size > 0) {
    let best = -1;
    let cost = Number.POSITIVE_INFINITY;
    for (const k of left) {
      const r = inRow[k]!.size - 1;
      const c = inColumn[k]!.size - 1;
      const found = r * c + 0.25 * (r + c);
      if (found < cost) {
        cost = found;
        best = k;
      }
    }
    order.push(best);
    left.delete(best);
    for (const r of inColumn[best]!)
      if (r !== best)
        for (const c of inRow[best]!)
          if (c !== best) {
            inRow[r]!.add(c);
            inColumn[c]!.add(r);
          }
    for (const r of inColumn[best]!) inRow[r]!.delete(best);
    for (const c of inRow[best]!) inColumn[c]!.delete(best);
  }
  return order;
}
