/** The form of one file under `evidence/`: a source (who said it) or a cohort (what was seen). Unknown keys are errors. */
import { z } from "zod";

/** `verified`: read in a stored page; `secondary`: another text says so; `unverified`: from memory, never shown as a fact. */
export const verification = z.enum(["verified", "secondary", "unverified"]);
export type Verification = z.infer<typeof verification>;

const text = z.string().trim().min(1);
const slug = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "expected lower case, digits and hyphens");
const sourceId = slug;
const cohortId = z.string().regex(/^[a-z0-9]+(?:_[a-z0-9]+)*$/, "expected lower case, digits and underscores");
const finite = z.number();
const count = z.number().int().min(0);
const days = z.array(z.number().int()).min(1);

/** How far a block is verified; `except` names the fields of the block that stand on another footing. */
const checked = {
  verification,
  except: z.record(z.string(), verification).optional(),
  /** Where somebody read it, where that is another text than the source of the record. */
  read: text.optional(),
};

const identifiers = z.strictObject({
  doi: z.string().optional(),
  pmid: z.string().optional(),
  pmcid: z.string().optional(),
  /** A model in BioModels, a number in BioNumbers, an open repository: where the values were read instead of the paper. */
  biomodels: z.string().optional(),
  bionumbers: z.string().optional(),
  repository: z.string().optional(),
  /** Identifiers that came from memory. They are printed without a link. */
  unverified: z.array(z.string()).optional(),
  /** The day on which somebody followed them, or "not checked". */
  checked: z.string(),
});

export const sourceSchema = z.strictObject({
  id: sourceId,
  kind: z.enum(["article", "abstract", "dataset", "label", "textbook", "model", "unverified-knowledge"]),
  about: text,
  authors: text.optional(),
  title: text.optional(),
  journal: text.optional(),
  /** Volume and page as far as known. */
  locator: text.optional(),
  year: z.number().int().optional(),
  identifiers: identifiers.optional(),
  /** What was in fact read: the page, an abstract, a transcription, nothing. */
  read: text,
  verification,
  doubts: z.array(text).optional(),
});
export type Source = z.infer<typeof sourceSchema>;

const spread = z.union([
  z.strictObject({ kind: z.enum(["sd", "se"]), value: finite }),
  /** `interval`: two ends were given without saying what they are. */
  z.strictObject({ kind: z.enum(["iqr", "range", "ci95", "interval"]), low: finite, high: finite }),
]);
export type Spread = z.infer<typeof spread>;

const timepoint = z.strictObject({
  value: finite,
  unit: text,
  /** The time is the median follow-up of what was seen "at last follow-up". */
  at: z.literal("last-follow-up").optional(),
});

/** One published figure. Exactly one of `k` (with `n`), `percent` alone, `value`, `values`, a `spread` of two ends alone, `finding` carries it. */
export const rowSchema = z.strictObject({
  id: slug,
  /** The study's definition, where definitions differ. */
  definition: text.optional(),
  /** `all`, a disease code, or an arm or subset of this record. */
  population: slug,
  timepoint: timepoint.optional(),
  k: count.optional(),
  n: z.number().int().min(1).optional(),
  /** The percentage as printed. */
  percent: finite.optional(),
  statistic: z
    .enum(["mean", "median", "single", "total", "rate", "difference", "risk-ratio", "rate-ratio", "hazard-ratio"])
    .optional(),
  value: finite.optional(),
  /** One value per patient, in tiny groups. */
  values: z.array(finite).min(1).optional(),
  unit: text.optional(),
  spread: spread.optional(),
  /** The value is a limit or approximate: "within 7 days", "more than 18 months", "about day 180". */
  bound: z.enum(["at-most", "at-least", "about"]).optional(),
  finding: text.optional(),
  /** What `n` counts; patients where absent. */
  per: z.enum(["patient", "event"]).optional(),
  /** The population that the figure compares with. */
  versus: slug.optional(),
  p: z.number().min(0).max(1).optional(),
  /** What people died of; "not stated" where the text does not say. */
  cause: text.optional(),
  /** How a figure was computed that the publication does not print. */
  derived: text.optional(),
  note: text.optional(),
  ...checked,
});
export type Row = z.infer<typeof rowSchema>;

const product = z.strictObject({
  kind: z.enum([
    "car-t",
    /** T cells that carry the autoantigen and so meet the B cells that make the autoantibody. */
    "caar-t",
    "antibody",
    "engager",
    "small-molecule",
    "glucocorticoid",
    "placebo",
    "withdrawal",
    "stem-cell-transplant",
  ]),
  name: text.optional(),
  target: z.array(slug).min(1).optional(),
  source: z.enum(["autologous", "allogeneic", "in-vivo"]).optional(),
  costimulation: z.array(slug).min(1).optional(),
  vector: slug.optional(),
  ...checked,
});

/** Days count from the first infusion or dose, which is day 0. */
const dose = z.strictObject({ value: finite, unit: text, days: days.optional(), ...checked });
const drug = z.strictObject({
  drug: slug,
  value: finite.optional(),
  unit: text.optional(),
  days: days.optional(),
  note: text.optional(),
  ...checked,
});

const arm = z.strictObject({
  id: slug,
  n: z.number().int().min(1).optional(),
  /** Where `n` is on another footing than the record. */
  except: z.strictObject({ n: verification }).optional(),
  /** The same patients as that arm, later. */
  after: slug.optional(),
  product,
  doses: z.array(dose).optional(),
  /** An empty list: none was given. Absent: not recorded. */
  conditioning: z.array(drug).optional(),
  /** Given to everybody beside the product. */
  background: z.array(drug).optional(),
});

/** What a randomised trial found on its primary endpoint. A record may hold two trials, or two parts of one. */
const primaryEndpoint = z.strictObject({
  trial: text,
  /** `not-recorded`: nobody has read what came out. `mixed`: met by the rule for one part and missed for another. */
  result: z.enum(["met", "missed", "mixed", "not-recorded"]),
  definition: text.optional(),
  /** Figures of both sides, in words. */
  finding: text.optional(),
  note: text.optional(),
  /** Date of what was read, as far as it is known. */
  asOf: text.optional(),
  read: text,
  verification,
});
export type PrimaryEndpoint = z.infer<typeof primaryEndpoint>;

/** One side of a conflict: what a text says, and which text. */
const said = z.strictObject({ says: text, from: text, verification });

export const cohortSchema = z.strictObject({
  id: cohortId,
  source: sourceId,
  about: text,
  role: z.enum([
    "car-t",
    "tissue",
    "engager",
    "comparator",
    "oncology-contrast",
    "pooled",
    "review",
    "safety",
    "landscape",
  ]),
  /** What was read of the publication. */
  read: z.enum(["abstract", "secondary", "memory"]),
  /** For prediction only: no parameter, prior, bound or threshold may be set from it. */
  use: z.literal("validate").optional(),
  design: z.strictObject({
    kind: z.enum([
      "case-report",
      "case-series",
      "single-arm-trial",
      "randomised-trial",
      "observational",
      "post-hoc",
      "registry",
      "systematic-review",
      "pharmacovigilance",
      "review",
    ]),
    phase: z.string().optional(),
    setting: z.literal("expanded-access").optional(),
    blinding: z.enum(["open", "double"]).optional(),
    allocation: z.string().optional(),
    centres: z.number().int().min(1).optional(),
    /** The cohort whose patients are looked at again. */
    of: cohortId.optional(),
  }),
  registrations: z.array(z.string()).optional(),
  /** The day on which somebody looked them up in the registry; absent: nobody did. */
  registrationsChecked: z.iso.date().optional(),
  /** Cohorts of one group share patients, or may: never add them together. */
  overlap: cohortId.optional(),
  /** Cohorts all of whose patients are in this one. */
  contains: z.array(cohortId).optional(),
  /** Records of other groups some of whose patients may be in this one. */
  mayShare: z.array(cohortId).min(1).optional(),
  n: z.number().int().min(1).optional(),
  diseases: z
    .array(z.strictObject({ disease: slug, about: text.optional(), n: z.number().int().min(1).optional() }))
    .min(1),
  arms: z.array(arm).min(1),
  /** Arms that a randomised trial was made to judge; the others are what they were compared with. */
  underStudy: z.array(slug).min(1).optional(),
  primaryEndpoints: z.array(primaryEndpoint).min(1).optional(),
  subsets: z.array(z.strictObject({ id: slug, about: text, n: z.number().int().min(1).optional() })).optional(),
  followup: z
    .strictObject({
      median: finite.optional(),
      mean: finite.optional(),
      low: finite.optional(),
      high: finite.optional(),
      /** Length fixed by the protocol. */
      planned: finite.optional(),
      unit: text,
      ...checked,
    })
    .optional(),
  baseline: z.array(rowSchema).optional(),
  endpoints: z.array(rowSchema),
  /** Two texts on the same patients that do not agree: both values, which of them is used, and why. */
  conflicts: z
    .array(z.strictObject({ about: text, used: said, others: z.array(said).min(1), why: text }))
    .min(1)
    .optional(),
  doubts: z.array(text).optional(),
});
export type Cohort = z.infer<typeof cohortSchema>;
export type Arm = z.infer<typeof arm>;

/** What a regulator said about a product in a disease. Where there is no record nobody has looked, which is not "no". */
export const approvalSchema = z.strictObject({
  id: slug,
  /** As the ladder names therapies: `cd19-car-t`; `any-car-t` is all of them. */
  therapy: slug,
  /** Absent: none of the therapy. */
  products: z.array(text).optional(),
  /** `any-autoimmune` is all that are not cancer. */
  disease: slug,
  /** What somebody found who looked. */
  state: z.enum(["approved", "not-approved"]),
  regulator: text,
  /** Year, month or day of the approval, as far as it was read. */
  date: z
    .string()
    .regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/, "expected YYYY, YYYY-MM or YYYY-MM-DD")
    .optional(),
  /** Which date it is (announced, conditional), or why there is none. */
  dateNote: text.optional(),
  indication: text.optional(),
  boxedWarning: text.optional(),
  note: text.optional(),
  /** The day on which somebody looked. */
  asOf: z.iso.date(),
  /** Where it was read. */
  read: text,
  verification,
});
export type Approval = z.infer<typeof approvalSchema>;

export const GUIDELINE_TOPICS = {
  candidates: "who may be treated",
  contraindications: "who should not be treated",
  centre: "the centre",
  washout: "drugs to stop before cell collection",
  lymphodepletion: "chemotherapy before the infusion",
  monitoring: "watching after the infusion",
  grading: "grades of harm",
  "infection-prophylaxis": "preventing infection",
  igg: "immunoglobulin",
  vaccination: "vaccination",
  waiting: "waiting for the cells",
  ward: "days on the ward",
  "near-centre": "staying near the centre",
  driving: "driving",
  work: "work",
  pregnancy: "pregnancy",
  fertility: "fertility",
  "follow-up": "follow-up",
  cost: "cost",
  issuer: "who wrote the guidance",
  related: "related guidance",
} as const;

/** What ought to be done, or how it is done, by the word of a society, a regulator, a protocol or a hospital. Not what came out. */
export const guidelineSchema = z.strictObject({
  id: slug,
  topic: z.enum(Object.keys(GUIDELINE_TOPICS) as [keyof typeof GUIDELINE_TOPICS, ...(keyof typeof GUIDELINE_TOPICS)[]]),
  /** In our words. */
  says: text,
  /** The number that it turns on, where there is one. */
  value: finite.optional(),
  unit: text.optional(),
  /** When it applies, counted from the infusion; without `to` it goes on. */
  window: z.strictObject({ from: finite, to: finite.optional(), unit: text }).optional(),
  /** Written for whom: most of it comes from the treatment of cancer. */
  population: z.enum(["autoimmune", "cancer", "any"]),
  title: text,
  kind: slug,
  /** Where it was read. */
  read: text,
  /** Date of the text, as far as it has one. */
  asOf: text,
  verification,
});
export type Guideline = z.infer<typeof guidelineSchema>;

/** A record, and the figure of it that is meant; the figure is read from the record, never typed here. */
const evidenceFor = z.strictObject({
  record: cohortId,
  endpoint: slug.optional(),
  population: slug.optional(),
  /** Why it counts. */
  because: text,
});

export const QUESTION_VERDICTS = ["yes", "no", "only-in-trials", "nobody-knows"] as const;
export const SENTENCE_VERDICTS = ["supported", "partly", "misleading", "not-shown", "contradicted"] as const;

/** A sentence that is said in public, or a question that people ask, or what our own model says. */
export const claimSchema = z.strictObject({
  id: slug,
  kind: z.enum(["public", "question", "model"]),
  /** The sentence or the question as it is said. */
  says: text,
  /** Other words by which people look for it. */
  words: z.array(text).min(1).optional(),
  /** A question is answered, a sentence is judged. */
  verdict: z.enum([...QUESTION_VERDICTS, ...SENTENCE_VERDICTS]),
  /** The answer in plain words, without figures: those come from the records. */
  answer: text,
  for: z.array(evidenceFor),
  against: z.array(evidenceFor),
  /** Approvals that it rests on. */
  approvals: z.array(slug).optional(),
  /** Guidelines that it rests on. */
  guidelines: z.array(slug).optional(),
  /** Cells of the ladder that it rests on. */
  ladder: z.array(z.strictObject({ therapy: slug, disease: slug })).optional(),
  /** What would have to be known. */
  unknown: z.array(text).min(1),
  /** Questions to take to a doctor. */
  doctor: z.array(text).min(1).optional(),
});
export type Claim = z.infer<typeof claimSchema>;

/** Everything that is known, by id. */
export interface Evidence {
  readonly sources: ReadonlyMap<string, Source>;
  readonly cohorts: ReadonlyMap<string, Cohort>;
  readonly approvals: ReadonlyMap<string, Approval>;
  readonly claims: ReadonlyMap<string, Claim>;
  readonly guidelines: ReadonlyMap<string, Guideline>;
}
