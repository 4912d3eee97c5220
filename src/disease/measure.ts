/**
 * Errors of measurement. `z` is a standard normal number. Each map rises with the latent value for a given z,
 * so that the same error never turns a worsening into an improvement.
 */
import { exp, log } from "../engine/index.js";

export const clamp = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high);

/** Nearest multiple of 1/parts, halves upwards. */
export const roundTo = (x: number, parts: number): number => Math.round(x * parts) / parts;

/** A count of things present: what is absent cannot be counted, so the error goes with the root. `error` is the SD at one. */
export function counted(latent: number, error: number, z: number): number {
  const x = Math.max(latent, 0);
  return Math.max(x + error * Math.sqrt(x) * z, 0);
}

/** Error in proportion to the value. */
export const proportional = (latent: number, cv: number, z: number): number => latent * Math.max(1 + cv * z, 0);

/** A judgement on a scale: SD `floor` at zero, growing by `cv` per unit. */
export const judged = (latent: number, floor: number, cv: number, z: number): number =>
  latent + (floor + cv * latent) * z;

/** A concentration: log-normal error with this coefficient of variation and median 1. */
export const assayed = (latent: number, cv: number, z: number): number =>
  Math.max(latent, 0) * exp(Math.sqrt(log(1 + cv * cv)) * z);
