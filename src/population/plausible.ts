/**
 * Why a draw cannot be a patient; null where it can. A refused draw is replaced by the next one of the same patient and counted.
 * `value` gives parameters and derived constants by name. What a therapy asks of its parameters stands with the therapy (`refuses`).
 */
export function implausible(value: (name: string) => number): string | null {
  for (const name of ["eN_m", "kN_bl", "kN_bs", "kB_bl", "kB_bs", "kB_bm", "kIgG", "bA"])
    if (!(value(name) > 0)) return `the steady state needs a negative rate (${name})`;
  if (!(value("peff") > 0 && value("peff") < value("pB")))
    return "memory B cells cannot renew as fast as they are lost (peff, pB)";
  if (!(value("fsel") > 0 && value("fsel") < 1)) return "selection of pre-B cells is not a fraction (fsel)";
  return null;
}
