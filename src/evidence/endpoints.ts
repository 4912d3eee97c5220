/**
 * The controlled vocabulary of what a record may report. A row names one of these ids and adds its own definition
 * where the studies differ ("drug-free": without steroid? without hydroxychloroquine?).
 */
export interface Endpoint {
  /**
   * proportion: k of n; level: a value at a time; change: a difference from baseline; time: days until or lasting;
   * rate: events per patient and year; count: a total of things; finding: words, where no figure was given.
   */
  readonly kind: "proportion" | "level" | "change" | "time" | "rate" | "count" | "finding";
  readonly unit: string;
  readonly meaning: string;
  /** Studies define it differently, so a row must carry the definition, or say "not stated". */
  readonly definedByStudy?: true;
  /** Something that nobody wants: what a count cannot rule out is said before the count. */
  readonly harm?: true;
}

const proportion = (meaning: string): Endpoint => ({ kind: "proportion", unit: "1", meaning });
const level = (unit: string, meaning: string): Endpoint => ({ kind: "level", unit, meaning });
const change = (unit: string, meaning: string): Endpoint => ({ kind: "change", unit, meaning });
const time = (meaning: string, unit = "day"): Endpoint => ({ kind: "time", unit, meaning });
const finding = (meaning: string): Endpoint => ({ kind: "finding", unit: "1", meaning });
const harms = (endpoint: Endpoint): Endpoint => ({ ...endpoint, harm: true });
const byStudy = (endpoint: Endpoint): Endpoint => ({ ...endpoint, definedByStudy: true });

export const endpoints = {
  // Who was treated
  age: level("year", "age"),
  female: proportion("women and girls"),
  "disease-duration": time("time since diagnosis or onset", "year"),
  "prior-lines": level("1", "earlier therapies that failed"),
  "prior-treatment": byStudy(proportion("had received the named drugs")),
  "autoantibody-positive": byStudy(proportion("positive for the named autoantibody")),

  "b-cell-count": level("cell/uL", "B cells in blood"),
  "bilag-global": level("point", "BILAG global score"),
  "complement-low": byStudy(proportion("complement below the named limit")),

  // Response
  "clinical-response": byStudy(proportion("response by the study's own rule")),
  "low-disease-activity": byStudy(proportion("low disease activity by the study's own rule")),
  "clinical-improvement": byStudy(proportion("improvement without a score")),
  "event-free": byStudy(proportion("alive and free of the named events")),
  "event-or-death": harms(byStudy(proportion("had one of the named events, or died"))),
  "doris-remission": proportion("lupus remission by DORIS"),
  lldas: proportion("lupus low disease activity state"),
  sledai: level("point", "SLEDAI-2K"),
  "sledai-zero": proportion("SLEDAI-2K of 0"),
  "bilag-a": proportion("at least one BILAG A score"),
  "renal-response": byStudy(proportion("renal response, complete or partial")),
  "complete-renal-response": byStudy(proportion("complete renal response")),
  "tis-major": proportion("myositis: major response, total improvement score of at least 60"),
  "eustar-ai-decreased": proportion("systemic sclerosis: EUSTAR activity index below baseline"),
  "eustar-ai": level("point", "systemic sclerosis: EUSTAR activity index"),
  "eustar-ai-inactive": proportion("systemic sclerosis: EUSTAR activity index below 2.5"),
  "eustar-ai-change": change("point", "systemic sclerosis: change of the EUSTAR activity index"),
  mrss: level("point", "modified Rodnan skin score"),
  "mrss-change": change("%", "relative change of the modified Rodnan skin score"),
  "fvc-change": change("mL", "change of forced vital capacity"),
  "acr-criss": level("%", "systemic sclerosis: ACR CRISS, the probability of improvement"),
  "digital-ulcers-resolved": proportion("digital ulcers gone, of those who had them"),
  "drug-free": byStudy(proportion("without immunosuppressive treatment, whatever the activity")),
  "drug-free-remission": byStudy(proportion("in remission without immunosuppressive treatment")),
  relapse: harms(byStudy(proportion("disease activity back after a response"))),
  "relapse-renal": harms(byStudy(proportion("relapse of lupus nephritis"))),
  flare: harms(byStudy(proportion("flare by the study's index"))),
  "flare-rate": byStudy({ kind: "rate", unit: "event/year", meaning: "flares per patient and year" }),
  "flare-moderate-or-severe": harms(byStudy(proportion("moderate or severe flare"))),
  "flare-severe": harms(byStudy(proportion("severe flare"))),
  "rescue-cyclophosphamide": proportion("needed cyclophosphamide as rescue"),
  remission: byStudy(proportion("remission by the study's own rule")),
  "sledai-change": change("point", "change of SLEDAI-2K"),
  "sri-4": proportion("lupus: SLE responder index 4"),
  bicla: byStudy(proportion("lupus: response by BICLA")),
  upcr: level("mg/g", "protein to creatinine in urine"),
  "renal-event-or-death": harms(byStudy(proportion("renal event or death"))),
  "treatment-failure": harms(byStudy(proportion("failure of treatment by the study's own rule"))),
  das28: byStudy(level("point", "rheumatoid arthritis: disease activity score of 28 joints")),
  "das28-change": byStudy(change("point", "rheumatoid arthritis: change of DAS28")),
  acr20: proportion("rheumatoid arthritis: ACR20 response"),
  acr50: proportion("rheumatoid arthritis: ACR50 response"),
  acr70: proportion("rheumatoid arthritis: ACR70 response"),
  mmt8: level("point", "myositis: manual muscle test of 8 groups"),
  "definition-of-improvement": byStudy(proportion("myositis: met the study's definition of improvement")),
  "time-to-improvement": byStudy(time("time until improvement")),
  "physician-global-change": byStudy(change("point", "change of the physician's global assessment")),
  "mg-adl": level("point", "myasthenia: activities of daily living"),
  "mg-adl-change": change("point", "myasthenia: change of MG-ADL"),
  "mg-adl-responder": byStudy(proportion("myasthenia: response by MG-ADL")),
  "mg-composite-responder": byStudy(proportion("myasthenia: response by the MG Composite")),
  qmg: level("point", "quantitative myasthenia gravis score"),
  "qmg-change": change("point", "change of the quantitative myasthenia gravis score"),
  "minimal-symptom-expression": proportion("myasthenia: minimal symptom expression, MG-ADL of 0 or 1"),
  "attack-free": byStudy(proportion("free of attacks over the time named")),
  "attack-rate": byStudy({ kind: "rate", unit: "event/year", meaning: "attacks or relapses per patient and year" }),
  "confirmed-progression": byStudy(proportion("progression of disability, confirmed")),
  "timed-walk-change": byStudy(change("%", "relative change of the time that a walk takes")),
  edss: level("point", "expanded disability status scale"),
  "muscle-strength": byStudy(level("point", "sum of a manual muscle test")),
  "sf36-physical": level("%", "quality of life, SF-36, physical part, of the best score"),
  "sf36-mental": level("%", "quality of life, SF-36, mental part, of the best score"),
  "health-care-cost": byStudy(finding("direct cost of care, in words")),
  "drug-started": byStudy(proportion("started the named drugs again")),
  "overall-survival": proportion("alive"),
  "overall-response": byStudy(proportion("cancer: response, complete or partial")),
  "complete-response": byStudy(proportion("cancer: complete response")),
  "clinical-course": byStudy(finding("the course in words, where no figure was given")),
  "redose-response": byStudy(proportion("response to a further infusion")),

  // CAR-T and B cells
  "car-t-peak-day": time("day of the highest CAR-T count in blood"),
  "car-t-peak": level("cell/uL", "highest CAR-T count in blood"),
  "car-t-peak-share": level("%", "highest share of CAR-T among circulating T cells"),
  "car-t-detectable": byStudy(proportion("CAR-T still found")),
  "car-t-persistence": byStudy(time("how long CAR-T were found in blood")),
  "b-cell-aplasia-onset-day": time("first day without B cells in blood"),
  "b-cell-aplasia-duration": byStudy(time("how long blood stayed without B cells")),
  "b-cell-return-day": byStudy(time("day of B-cell return in blood")),
  "b-cells-zero": proportion("reached 0 B cells per µL of blood"),
  "b-cells-zero-day": time("first day with 0 B cells per µL of blood"),
  "b-cells-zero-duration": time("how long blood stayed at 0 B cells per µL"),
  "b-cells-depleted": byStudy(proportion("blood B cells depleted by the study's threshold")),
  "b-cells-undetectable": proportion("no B cells detected in blood"),
  "b-cells-detectable": proportion("B cells detected in blood"),
  "returning-b-cells": finding("phenotype of the B cells that return"),
  "lymph-node-b-cells-cleared": proportion("no B cells left in the lymph-node biopsy"),
  "lymph-node-follicles-disrupted": proportion("follicular architecture of the lymph node lost"),
  "lymph-node-other-cells": finding("what happened to other cells of the lymph node"),
  "anti-car-immunity": finding("immune response against the CAR or its cells"),
  "tissue-b-cells": byStudy(finding("B cells in tissue, in words")),
  "cd4-count": level("cell/uL", "CD4 T cells in blood"),

  // Antibodies
  "dsdna-negative": proportion("anti-dsDNA antibodies negative"),
  autoantibodies: finding("course of the autoantibodies"),
  complement: finding("course of complement"),
  "vaccine-antibodies": finding("course of vaccine antibodies"),
  igg: level("g/L", "total IgG in serum"),
  "igg-change": change("%", "relative change of total IgG"),
  "igg-low": byStudy(proportion("IgG below the named limit")),
  "igg-nadir-day": time("day of the lowest IgG"),
  "autoantibody-change": byStudy(change("%", "relative change of the named autoantibody")),
  "immunoglobulin-replaced": proportion("received immunoglobulin"),
  "measles-igg-change": change("%", "relative change of measles IgG"),

  // Harm
  "crs-any": harms(proportion("cytokine release syndrome, any grade")),
  "crs-grade-1": harms(proportion("cytokine release syndrome, worst grade 1")),
  "crs-grade-2": harms(proportion("cytokine release syndrome, worst grade 2")),
  "crs-grade-3-or-more": harms(proportion("cytokine release syndrome, grade 3 or more")),
  "crs-grade-3": harms(proportion("cytokine release syndrome, worst grade 3")),
  "crs-grade-4": harms(proportion("cytokine release syndrome, worst grade 4")),
  "icans-any": harms(proportion("ICANS, any grade")),
  "icans-grade-1": harms(proportion("ICANS, worst grade 1")),
  "icans-grade-2": harms(proportion("ICANS, worst grade 2")),
  "icans-grade-3": harms(proportion("ICANS, worst grade 3")),
  "icans-grade-4": harms(proportion("ICANS, worst grade 4")),
  "icans-grade-3-or-more": harms(proportion("ICANS, grade 3 or more")),
  "tocilizumab-given": proportion("received tocilizumab"),
  "licats-any": harms(proportion("LICATS, any grade")),
  "licats-more-than-one": harms(proportion("LICATS with more than one manifestation")),
  "licats-events": { kind: "count", unit: "event", meaning: "LICATS events in all patients" },
  "licats-grade-1": harms(proportion("LICATS of grade 1")),
  "licats-grade-2": harms(proportion("LICATS of grade 2")),
  "licats-grade-3": harms(proportion("LICATS of grade 3")),
  "licats-onset-day": time("day on which LICATS began"),
  "licats-duration": time("how long LICATS lasted"),
  "licats-sequelae": harms(proportion("LICATS with sequelae")),
  "infection-any": harms(byStudy(proportion("infection, any"))),
  "infection-severe": harms(byStudy(proportion("severe or serious infection"))),
  "infection-hospitalised": harms(byStudy(proportion("infection with admission to hospital"))),
  "infection-outpatient": harms(byStudy(proportion("infection treated without admission"))),
  "infection-rate": byStudy({ kind: "rate", unit: "event/year", meaning: "infections per patient and year" }),
  "neutropenia-grade-3-or-more": harms(proportion("neutropenia, grade 3 or more")),
  "late-neutropenia-grade-4": harms(byStudy(proportion("neutropenia of grade 4 after the first weeks"))),
  "thrombocytopenia-grade-3-or-more": harms(proportion("low platelets, grade 3 or more")),
  "anaemia-grade-3-or-more": harms(proportion("anaemia, grade 3 or more")),
  "cytopenia-grade-3-or-more": harms(byStudy(proportion("low blood counts, grade 3 or more"))),
  "withdrawn-for-harm": harms(byStudy(proportion("left the study because of harm"))),
  "immune-related-event": harms(byStudy(proportion("late event of immune cause"))),
  "neurotoxicity-any": harms(byStudy(proportion("neurological event, any grade, by a scale older than ICANS"))),
  "neurotoxicity-grade-3-or-more": harms(
    byStudy(proportion("neurological event, grade 3 or more, by a scale older than ICANS")),
  ),
  "serious-adverse-event": harms(proportion("a serious adverse event")),
  "adverse-event-grade-3-or-more": harms(proportion("an adverse event of grade 3 or more")),
  "dose-limiting-toxicity": harms(proportion("dose-limiting toxicity")),
  "graft-versus-host": harms(proportion("graft-versus-host disease")),
  "infusion-reaction": harms(proportion("reaction to the infusion")),
  "adverse-events": byStudy(finding("adverse events in words, where no figure was given")),
  "second-malignancy": harms(byStudy(proportion("a second cancer after treatment"))),
  "t-cell-malignancy": harms(byStudy(proportion("T-cell cancer after treatment"))),
  "car-positive-malignancy": harms(byStudy(proportion("the CAR gene found in the T-cell cancer"))),
  "t-cell-malignancy-reports": { kind: "count", unit: "event", meaning: "reports of T-cell malignancy" },
  "second-malignancy-reports": { kind: "count", unit: "event", meaning: "reports of a second primary malignancy" },
  "non-relapse-mortality": harms(byStudy(proportion("died of something else than the disease"))),
  "treatment-related-mortality": harms(byStudy(proportion("died of the treatment"))),
  death: harms(proportion("died, of any cause")),
  "infection-share-of-deaths": byStudy(proportion("deaths caused by infection, of the named deaths")),

  // Trials, not patients
  "registered-trials": byStudy(proportion("registered trials of the named kind, of all that were counted")),
} satisfies Record<string, Endpoint>;

export type EndpointId = keyof typeof endpoints;
export const endpointIds = Object.keys(endpoints) as readonly EndpointId[];
export const isEndpointId = (id: string): id is EndpointId => Object.hasOwn(endpoints, id);
export const endpointOf = (id: EndpointId): Endpoint => endpoints[id];
