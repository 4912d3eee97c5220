/** Where cells live: b blood, l lymph nodes and mucosal tissue, s spleen, m marrow. */
export const PLACES = ["b", "l", "s", "m"] as const;
export type Place = (typeof PLACES)[number];
/** Places outside blood. */
export const TISSUES = ["l", "s", "m"] as const;
export type Tissue = (typeof TISSUES)[number];

export const placeName: Readonly<Record<Place, string>> = { b: "blood", l: "lymph node", s: "spleen", m: "marrow" };

/** One entry per key, made from a template. */
export function each<K extends string, V>(
  keys: readonly K[],
  make: (key: K) => readonly [string, V],
): Record<string, V> {
  return Object.fromEntries(keys.map(make));
}
