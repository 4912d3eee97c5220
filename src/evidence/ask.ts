/** Finds the question that somebody means, by words and synonyms, without a network. */
import MiniSearch from "minisearch";
import { type AnsweredClaim, answer } from "./claims.js";
import { type Rung, rung } from "./ladder.js";
import { diseasesNamed, plainWords, therapiesNamed } from "./names.js";
import type { Claim, Evidence } from "./record.js";

export interface Asked {
  /** Codes of what the question names. */
  readonly diseases: readonly string[];
  readonly therapies: readonly string[];
  /** The best answer first; empty where nothing fits. */
  readonly answers: readonly AnsweredClaim[];
  /** Where the question names a disease: how far the therapies that it names are; CD19 CAR-T where it names none. */
  readonly cells: readonly Rung[];
}

/** Words that carry no meaning in a question. */
const EMPTY: ReadonlySet<string> = new Set(
  "a an and are at be by can do does for from have her him his how i in is it its me my of on or our she he that the their them there they this to us was we what when which who will with would you your".split(
    " ",
  ),
);
const MOST = 3;
/** Answers far behind the first are left out. */
const NEAR = 0.5;
const DEFAULT_THERAPY = "cd19-car-t";

export function ask(evidence: Evidence, question: string): Asked {
  const diseases = diseasesNamed(question);
  const therapies = therapiesNamed(evidence, question);
  const index = new MiniSearch<Claim>({
    fields: ["says", "words", "answer"],
    extractField: (claim, field) =>
      field === "words" ? (claim.words ?? []).join(" ") : (claim as unknown as Record<string, string>)[field]!,
    tokenize: (text) => plainWords(text).split(" "),
    processTerm: (term) => (EMPTY.has(term) || term === "" ? null : term.replace(/(?<=[a-z]{3})s$/, "")),
    searchOptions: {
      boost: { words: 4, says: 3, answer: 0.5 },
      prefix: (term) => term.length > 3,
      fuzzy: (term) => (term.length > 5 ? 0.2 : false),
    },
  });
  index.addAll([...evidence.claims.values()].filter(({ kind }) => kind !== "model"));
  const found = index.search(question);
  const best = found[0]?.score ?? 0;
  return {
    diseases,
    therapies,
    answers: found
      .filter(({ score }) => score >= NEAR * best)
      .slice(0, MOST)
      .map(({ id }) => answer(evidence, evidence.claims.get(id as string)!)),
    cells: diseases.flatMap((disease) =>
      (therapies.length > 0 ? therapies : [DEFAULT_THERAPY]).map((therapy) => rung(evidence, therapy, disease)),
    ),
  };
}
