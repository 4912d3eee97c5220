/** Which structures a study runs, and whether they can. docs/notes/peers.md */
import { peerNamed } from "../../peers/index.js";
import { type Check, choice, type Found, quote, type Reader, readList } from "../../reading/index.js";
import { followedBy, MODEL_NAMES } from "../structures.js";
import type { ReadStratum } from "./all-changes.js";
import type { ReadArm } from "./arm.js";

export const MODEL_FORM = `${MODEL_NAMES.join(" or ")}, or a list of them`;

const name = choice("model", MODEL_NAMES);

/** One name or a list of them. */
export const models: Reader<readonly string[]> = (node, spot, check) => {
  if (node.kind !== "list") {
    const one = name(node, spot, check);
    return one === undefined ? undefined : [one];
  }
  if (node.items.length === 0) return check.report(spot, "the list of models is empty", `write ${MODEL_FORM}`);
  const read = readList(node, spot, check, "a list of models", name) ?? [];
  const seen = new Set<string>();
  for (const { value, spot: at } of read) {
    if (seen.has(value)) check.report(at, `model ${quote(value)} stands twice`, "name it once");
    seen.add(value);
  }
  return read.length === node.items.length ? [...seen] : undefined;
};

/** A peer knows some diseases, and needs an arm that it can follow. */
export function checkModels(
  { value, spot }: Found<readonly string[]>,
  strata: readonly ReadStratum[] | undefined,
  arms: Readonly<Record<string, ReadArm>> | undefined,
  check: Check,
): void {
  for (const peer of value.flatMap((each) => peerNamed(each) ?? [])) {
    for (const { disease } of strata ?? [])
      if (disease && !peer.diseases.includes(disease.value))
        check.report(
          spot,
          `${peer.title} does not know the disease "${disease.value}"`,
          `it is a model of ${peer.diseases.join(", ")}`,
        );
    const all = Object.entries(arms ?? {}).map(([id, { arm }]) => ({ id, ...followedBy(peer, arm) }));
    if (arms && all.length > 0 && all.every((each) => "why" in each))
      check.report(
        spot,
        `${peer.title} can follow no arm: ${all.map((each) => ("why" in each ? `${each.id} ${each.why}` : "")).join("; ")}`,
        `give ${peer.therapy} once, on day 0, or leave the model out`,
      );
  }
}
