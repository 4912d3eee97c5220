/** Structures of a study: our own model, and peers that can follow some of its arms. docs/notes/peers.md */
import { type Peer, peerNamed, peers } from "../peers/index.js";
import { therapyOf } from "../therapy/index.js";
import type { Arm, Study } from "./study.js";

export const OWN_MODEL = "immune-reset";
export const MODEL_NAMES: readonly string[] = [OWN_MODEL, ...peers.map(({ id }) => id)];

export const hasOwnModel = ({ model }: Study): boolean => model === undefined || model.includes(OWN_MODEL);
export const peersOf = ({ model = [] }: Study): Peer[] => model.flatMap((name) => peerNamed(name) ?? []);

/** Cells per kg that a peer is given in an arm, or why it cannot follow it. */
export function followedBy(peer: Peer, { give }: Arm): { readonly dose: number } | { readonly why: string } {
  const cells = give.filter((step) => step.give === peer.therapy);
  if (cells.length === 0) return { why: `gives no ${peer.therapy}` };
  const [step] = cells;
  if (cells.length > 1 || step!.at.length > 1 || step!.at[0] !== 0)
    return { why: `${peer.title} knows one infusion, on day 0` };
  // What belongs to the course of the cells is in the peer, or before its day 0.
  const other = give.find((each) => each !== step && therapyOf(each.give).course === undefined);
  if (other) return { why: `${peer.title} does not know ${therapyOf(other.give).label}` };
  return { dose: (step as { readonly dose: number }).dose };
}
