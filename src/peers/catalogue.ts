import { park2025 } from "./park-2025/index.js";
import type { Peer } from "./peer.js";

/** One folder and one line each. */
export const peers: readonly Peer[] = [park2025];

export const peerNamed = (id: string): Peer | undefined => peers.find((peer) => peer.id === id);
