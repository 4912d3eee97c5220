import { canonicalJson } from "../reading/index.js";
import { sha256Hex } from "./sha256.js";

/** SHA-256 of the canonical JSON: two values have one hash where they are the same value. */
export const hashValue = (value: unknown): string => sha256Hex(canonicalJson(value));
