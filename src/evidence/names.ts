/** Words that people use for diseases and therapies, and the codes that the records use. */
import { diseaseCodes } from "./diseases.js";
import { hasOwnPatients } from "./own-patients.js";
import type { Evidence } from "./record.js";
import { diseaseName, therapyName, therapyOf } from "./therapy.js";

/** Beside the code and the full name. Longer names win over shorter ones: "lupus nephritis" is not "lupus". */
const DISEASE_WORDS: Readonly<Record<string, readonly string[]>> = {
  sle: ["lupus", "systemic lupus"],
  ln: ["kidney lupus", "lupus of the kidney"],
  ssc: ["scleroderma", "systemic scleroderma"],
  iim: ["myositis", "dermatomyositis", "polymyositis", "antisynthetase syndrome", "muscle inflammation"],
  ra: ["rheumatoid", "rheumatism"],
  mg: ["myasthenia"],
  nmosd: ["neuromyelitis", "neuromyelitis optica", "nmo", "devic"],
  sps: ["stiff person", "stiff-person syndrome"],
  ss: ["sjögren", "sjogren", "sicca"],
  pv: ["pemphigus"],
  aav: ["vasculitis", "wegener", "granulomatosis with polyangiitis"],
  aps: ["antiphospholipid", "hughes syndrome"],
  "b-all": ["leukaemia", "leukemia", "acute lymphoblastic leukaemia"],
  lbcl: ["lymphoma", "large b-cell lymphoma"],
  myeloma: ["plasma cell cancer"],
  "igg4-rd": ["igg4", "igg4 disease"],
};

const THERAPY_WORDS: Readonly<Record<string, readonly string[]>> = {
  "cd19-car-t": ["car t", "car t cells", "cd19 car t", "car t cell therapy", "cd19", "tisa-cel", "axi-cel", "liso-cel"],
  "bcma-car-t": ["bcma car t", "bcma", "ide-cel", "cilta-cel"],
  "bcma-cd19-car-t": ["compound car", "bcma and cd19"],
  "bcma-car-t-mrna": ["mrna car t", "descartes"],
  "cd19-car-t-allogeneic": ["donor car t", "allogeneic car t", "off-the-shelf car t"],
  "cd19-car-t-in-vivo": ["in vivo car t"],
  immunoglobulin: ["ivig", "scig", "immunoglobulins"],
  mycophenolate: ["mmf", "mycophenolate mofetil"],
  "stem-cell-transplant": ["transplant", "transplantation", "stem cell transplant", "hsct", "bone marrow transplant"],
  prednisone: ["cortisone", "steroid", "steroids"],
};

/** Lower case, words apart by single blanks, without accents. */
export const plainWords = (text: string): string =>
  text
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^a-z0-9]+/g, " ")
    .trim();

interface Name {
  readonly words: string;
  readonly code: string;
}

function namesOf(list: readonly (readonly [code: string, words: readonly string[]])[]): Name[] {
  const names = new Map<string, string>();
  // Who comes first keeps a word.
  for (const [code, words] of list)
    for (const each of words.map(plainWords)) if (each !== "" && !names.has(each)) names.set(each, code);
  return [...names].map(([words, code]) => ({ words, code })).sort((a, b) => b.words.length - a.words.length);
}

const diseaseNames = namesOf(
  diseaseCodes.map((code) => [code, [code, diseaseName(code), ...(DISEASE_WORDS[code] ?? [])]] as const),
);

/** Codes, names as we print them, products of the records, and what else people say. */
function therapyNames(evidence: Evidence): Name[] {
  const products = [...evidence.cohorts.values()].filter(hasOwnPatients).flatMap(({ arms }) =>
    arms.flatMap((arm) => {
      const therapy = therapyOf(arm);
      if (therapy === null || arm.product.name === undefined) return [];
      // "zorpocabtagene autoleucel (MB-CART19.1, …)": the name, its first word, and the one in brackets.
      const [before = "", inside = ""] = arm.product.name.split(/[(),]/);
      return [[therapy, [before, before.split(" ")[0]!, inside].filter((word) => word.trim().length > 4)] as const];
    }),
  );
  const approved = [...evidence.approvals.values()].flatMap(({ therapy, products: names = [] }) =>
    names.map((name) => [therapy, [name]] as const),
  );
  const codes = [...new Set([...products, ...approved].map(([therapy]) => therapy))];
  return namesOf([
    ...codes.map((code) => [code, [code, therapyName(code), ...(THERAPY_WORDS[code] ?? [])]] as const),
    ...Object.entries(THERAPY_WORDS),
    ...approved,
    ...products,
  ]);
}

/** The names that stand in a text, the longest first, none inside another. */
function find(text: string, names: readonly Name[]): string[] {
  let rest = ` ${plainWords(text)} `;
  const found: string[] = [];
  for (const { words, code } of names)
    if (rest.includes(` ${words} `)) {
      found.push(code);
      rest = rest.replaceAll(` ${words} `, " | ");
    }
  return [...new Set(found)];
}

/** Codes of the diseases that a text names. */
export const diseasesNamed = (text: string): string[] => find(text, diseaseNames);
/** Codes of the therapies that a text names. */
export const therapiesNamed = (evidence: Evidence, text: string): string[] => find(text, therapyNames(evidence));

/** The code that somebody means who writes a code or a name; what they wrote where nothing fits. */
export const diseaseMeant = (text: string): string => whole(text, diseaseNames);
export const therapyMeant = (evidence: Evidence, text: string): string => whole(text, therapyNames(evidence));

const whole = (text: string, names: readonly Name[]): string =>
  names.find(({ words }) => words === plainWords(text))?.code ?? text;
