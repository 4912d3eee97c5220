/** The name of what is given. */
import { expected, nearest, quote, type Reader } from "../../reading/index.js";
import { givenTherapies, type TherapyId } from "../../therapy/index.js";
import { THERAPY_IDS } from "../words.js";

/** `drug` is undefined for an unknown one, whose `meant` may still be read. */
export interface DrugWord {
  readonly drug: TherapyId | undefined;
  /** What is probably meant; undefined where nothing known is near. */
  readonly meant: TherapyId | undefined;
  /** Near enough to check the dose as if it were written so. */
  readonly sure: boolean;
}

/** Every word that people write, with what it stands for; ids first. */
const WORDS = new Map<string, TherapyId>([
  ...THERAPY_IDS.map((id) => [id, id] as const),
  ...givenTherapies.flatMap(({ id, alsoCalled }) => (alsoCalled ?? []).map((word) => [word, id as TherapyId] as const)),
]);

export const drugWord: Reader<DrugWord> = (node, spot, check) => {
  const all = `known: ${THERAPY_IDS.join(", ")}`;
  if (node.kind !== "scalar" || typeof node.value !== "string") {
    expected("the name of what is given", all, node, spot, check);
    return { drug: undefined, meant: undefined, sure: false };
  }
  const drug = THERAPY_IDS.find((id) => id === node.value);
  if (drug) return { drug, meant: drug, sure: true };
  const near = nearest(node.value, THERAPY_IDS) ?? nearest(node.value, [...WORDS.keys()]);
  const meant = near && WORDS.get(near.name);
  const hint = meant ? `did you mean "${meant}"?` : all;
  check.report(spot, `unknown name ${quote(node.value)} of what is given`, hint);
  return { drug: undefined, meant, sure: near?.sure ?? false };
};
