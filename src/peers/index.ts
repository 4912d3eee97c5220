/** peers: published models of other origin, written in our engine: a second opinion, never averaged with ours. */
export * from "./catalogue.js";
export { park2025 } from "./park-2025/index.js";
export * from "./peer.js";
