/** Which therapy an arm gives, as the ladder and the pooling name it. */
import { diseases } from "./diseases.js";
import type { Arm, Cohort } from "./record.js";

/**
 * `cd19-car-t`, `cd19-car-t-allogeneic`, `bcma-cd19-car-t`, `bcma-car-t-mrna`, `cd19-engager`, `rituximab`, …: made from the fields of the product. Null for placebo and for
 * withdrawal of a drug, which are not therapies under study, and where the record does not name the target.
 */
export function therapyOf({ product }: Pick<Arm, "product">): string | null {
  const targets = [...(product.target ?? [])].filter((target) => target !== "cd3").sort();
  const target = targets.join("-");
  switch (product.kind) {
    case "placebo":
    case "withdrawal":
      return null;
    case "car-t": {
      if (target === "") return null;
      const made =
        product.vector === "mrna"
          ? "-mrna"
          : product.source === "allogeneic"
            ? "-allogeneic"
            : product.source === "in-vivo"
              ? "-in-vivo"
              : "";
      return `${target}-car-t${made}`;
    }
    case "engager":
      return target === "" ? null : `${target}-engager`;
    case "caar-t":
      return target === "" ? "caar-t" : `${target}-caar-t`;
    default:
      return product.name === undefined
        ? target === ""
          ? product.kind
          : `anti-${target}`
        : product.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  }
}

/** A therapy as people say it: `bcma-cd19-car-t` is "BCMA + CD19 CAR-T". */
export function therapyName(therapy: string): string {
  const match = /^(.*?)-?(car-t|caar-t|engager)(?:-(mrna|allogeneic|in-vivo))?$/.exec(therapy);
  if (!match) return therapy.charAt(0).toUpperCase() + therapy.slice(1).replaceAll("-", " ");
  const [, targets = "", kind, made] = match;
  const target = /^(?:[a-z]+\d*)(?:-[a-z]+\d+)*$/.test(targets)
    ? targets.toUpperCase().replaceAll("-", " + ")
    : targets
        .replaceAll("-", " ")
        .replace(/^[a-z]+\d/, (word) => word.toUpperCase())
        .replace("specific b cells", "(B cells specific for it)");
  const words = { "car-t": "CAR-T", "caar-t": "CAAR-T", engager: "T-cell engager" }[kind as "car-t"];
  const how =
    made === undefined
      ? ""
      : { mrna: ", mRNA", allogeneic: ", allogeneic", "in-vivo": ", made in the body" }[made as "mrna"];
  return `${target} ${words}${how}`.trim();
}

/** Lupus nephritis counts as lupus: the records tell them apart, the ladder does not. */
export const ladderDisease = (disease: string): string => (disease === "ln" ? "sle" : disease);

/** Diseases in which the cells were developed, and are approved. */
export const CANCERS: ReadonlySet<string> = new Set([
  "b-all",
  "lbcl",
  "nhl",
  "myeloma",
  "b-cell-malignancy",
  "haematological-malignancy",
  "cancer",
]);

export const diseaseName = (disease: string): string =>
  (diseases as Readonly<Record<string, string>>)[disease] ?? disease;

/** Patients of a record that got a therapy in a disease; null where the record does not say. Patients treated again later count once. */
export function treated(cohort: Cohort, therapy: string, disease: string): number | null {
  const first = cohort.arms.filter(
    (arm) => arm.after === undefined || !cohort.arms.some((a) => therapyOf(a) === therapy && a.id === arm.after),
  );
  const own = first.filter((arm) => therapyOf(arm) === therapy);
  if (own.length === 0 || own.some((arm) => arm.except?.n === "unverified")) return null;
  const here = cohort.diseases.filter((d) => ladderDisease(d.disease) === disease);
  if (here.length === 0) return null;
  const onlyDisease = here.length === cohort.diseases.length;
  const onlyTherapy = own.length === cohort.arms.filter((arm) => arm.after === undefined).length;
  if (onlyDisease) {
    if (own.every((arm) => arm.n !== undefined)) return own.reduce((sum, arm) => sum + arm.n!, 0);
    return onlyTherapy ? (cohort.n ?? null) : null;
  }
  if (onlyTherapy && here.every((d) => d.n !== undefined)) return here.reduce((sum, d) => sum + d.n!, 0);
  return null;
}
