import { diseases } from "../../disease/index.js";
import type { ParameterDeclaration, SystemParameter } from "../../engine/index.js";
import { shares } from "../../statistics/index.js";
import type { Disease, Study } from "../../study/index.js";
import { curveOutputs, diseasesIn, type TrialCase, TrialModels } from "../../trial/index.js";
import type { ReportData } from "../data.js";

const SHOWN = 12;
const DISEASE = "disease";
/** So many patients are enough; more would only cost memory. */
const MOST = 3072;

/**
 * Which parameters the spread of the first arm's answer goes with: shares of the variance of the ranks of later disease activity, which remission and relapse follow.
 * Needs three times as many patients as parameters; with fewer nothing is claimed.
 */
export class AssumptionSample {
  private readonly list: {
    readonly disease: Disease;
    readonly parameters: ReadonlyMap<string, number>;
    readonly activity: number;
  }[] = [];
  /** Rows of the arm's model by disease: a disease may have a value and a reason of its own. */
  private readonly rows: ReadonlyMap<Disease, ReadonlyMap<string, SystemParameter>>;

  constructor(
    study: Study,
    private readonly days: readonly number[],
    private readonly arm: string,
  ) {
    const models = new TrialModels(study, "interpreter");
    this.rows = new Map(
      diseasesIn(study).map((disease) => [
        disease,
        new Map(models.systemOf(arm, disease).parameters.map((row) => [row.name, row])),
      ]),
    );
  }

  add({ patient, run }: TrialCase): void {
    if (run.arm !== this.arm || this.list.length >= MOST) return;
    const activity = this.laterActivity(run.curves);
    if (activity === null) return;
    this.list.push({
      disease: patient.disease,
      parameters: patient.parameters,
      activity,
    });
  }

  result(): ReportData["assumptions"] {
    const { list } = this;
    const outcome = "disease activity of the first arm, averaged from day 90 to the last day seen";
    const value = ({ disease, parameters }: (typeof list)[number], name: string) =>
      parameters.get(name) ?? this.rows.get(disease)!.get(name)?.value ?? 0;
    // What is drawn for other arms is no assumption of this one.
    const own = new Set([...this.rows.values()].flatMap((rows) => [...rows.keys()]));
    const names = [...new Set(list.flatMap(({ parameters }) => [...parameters.keys()]))].filter(
      (name) => own.has(name) && new Set(list.map((each) => value(each, name))).size > 10,
    );
    const caveat =
      "A share says which inputs the differences between virtual patients go with; it does not say how far the typical value of an input could be wrong. What rests on equations rather than on numbers is in no share.";
    if (names.length === 0 || list.length < 3 * names.length || this.days[this.days.length - 1]! < 180)
      return {
        method: `not estimated: ${list.length} patients are too few for ${names.length} parameters, or the study is too short (three times as many patients as parameters and 180 days are needed)`,
        outcome,
        rows: [],
        restShare: 100,
        chanceShare: 0,
        caveat,
      };
    // A parameter counts by its rank among patients of the same disease, so that it does not stand for the disease; the disease has entries of its own.
    const kinds = [...new Set(list.map(({ disease }) => disease))].sort();
    const x = [
      ...kinds.slice(1).map((kind) => Float64Array.from(list, ({ disease }) => (disease === kind ? 1 : 0))),
      ...names.map((name) =>
        ranksWithin(
          list.map(({ disease }) => disease),
          list.map((each) => value(each, name)),
        ),
      ),
    ];
    const found = shares(
      x,
      Float64Array.from(list, ({ activity }) => activity),
    );
    const diseaseShare = kinds.slice(1).reduce((sum, _, i) => sum + 100 * found.shares[i]!, 0);
    const ranked = [
      ...(kinds.length > 1 ? [{ name: DISEASE, share: diseaseShare }] : []),
      ...names.map((name, i) => ({ name, share: 100 * found.shares[kinds.length - 1 + i]! })),
    ].sort((a, b) => b.share - a.share);
    const others = ranked.slice(SHOWN).reduce((sum, { share }) => sum + share, 0);
    return {
      method: `squared standardised rank regression coefficients over ${list.length} patients, ranked within each disease, scaled to the adjusted R² (Iman & Conover; Saltelli & Marivoet); the rest is other parameters together with what ranks do not explain: interactions, chance of few cells, dropout`,
      outcome,
      rows: ranked.slice(0, SHOWN).map(({ name, share }) => {
        if (name === DISEASE)
          return {
            parameter: name,
            about: "which disease the patient has",
            level: "assumed",
            why: "what a disease replaces (weights of the drive, share of antibody from long-lived plasma cells), its tissue and its score",
            share,
          };
        return { parameter: name, ...passport(this.rows, name), share };
      }),
      restShare: others + 100 * found.rest,
      chanceShare: 0,
      caveat,
    };
  }

  /** Inflammation from day 90 on, averaged over time; null for a patient who was not seen so long. */
  private laterActivity(curves: Float64Array): number | null {
    const column = curveOutputs.indexOf("INF");
    let area = 0;
    let time = 0;
    for (let row = 1; row < this.days.length; row++) {
      const before = curves[(row - 1) * curveOutputs.length + column]!;
      const value = curves[row * curveOutputs.length + column]!;
      if (this.days[row - 1]! < 90 || Number.isNaN(value)) continue;
      const span = this.days[row]! - this.days[row - 1]!;
      area += 0.5 * span * (before + value);
      time += span;
    }
    return time > 0 ? area / time : null;
  }
}

/** Words, level and origin of a parameter; where diseases have rows of their own, each with the disease that it holds for. */
export function passport(
  rows: ReadonlyMap<Disease, ReadonlyMap<string, ParameterDeclaration>>,
  name: string,
): { readonly about: string; readonly level: string; readonly why: string } {
  const whys = new Map<string, Disease[]>();
  const levels = new Set<string>();
  let about = "";
  for (const [disease, byName] of rows) {
    const row = byName.get(name);
    if (!row) continue;
    about ||= row.about;
    levels.add(row.level);
    const why = row.level === "assumed" ? row.reason : `source ${row.source}`;
    whys.set(why, [...(whys.get(why) ?? []), disease]);
  }
  const many = whys.size > 1;
  return {
    about,
    level: [...levels].join(", "),
    why: [...whys]
      .map(([why, ids]) => (many ? `${ids.map((id) => diseases[id].short).join(", ")}: ${why}` : why))
      .join("; "),
  };
}

/** Rank of each value among those of its group, 0 … 1. */
function ranksWithin(groups: readonly string[], values: readonly number[]): Float64Array {
  const ranks = new Float64Array(values.length);
  for (const group of new Set(groups)) {
    const members = groups.flatMap((each, i) => (each === group ? [i] : []));
    members.sort((a, b) => values[a]! - values[b]!);
    members.forEach((member, place) => {
      ranks[member] = (place + 0.5) / members.length;
    });
  }
  return ranks;
}
