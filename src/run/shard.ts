import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { sha256Hex, writeWhole } from "../store/index.js";
import type { PatientRuns } from "../trial/index.js";

/** Name of a shard's file: six digits, so that names sort like numbers. */
export const shardName = (index: number): string => `${String(index).padStart(6, "0")}.shard`;

/** Index of a shard's file; undefined for other files. */
export const shardIndex = (name: string): number | undefined =>
  /^\d{6,}\.shard$/.test(name) ? Number.parseInt(name, 10) : undefined;

/** A shard whose file is not what was written. */
export class CorruptShard extends Error {
  constructor(
    readonly index: number,
    reason: string,
  ) {
    super(`shard ${index} (${shardName(index)}): ${reason}`);
  }
}

const HASH = 64;

/** Writes a shard whole or not at all: 64 characters of SHA-256, then the payload. */
export async function writeShard(folder: string, index: number, treated: readonly PatientRuns[]): Promise<void> {
  const payload = serialize(treated);
  const bytes = new Uint8Array(HASH + payload.length);
  bytes.set(new TextEncoder().encode(sha256Hex(payload)));
  bytes.set(payload, HASH);
  await writeWhole(join(folder, shardName(index)), bytes);
}

/** Throws `CorruptShard` where the file is damaged, too short or not readable by this version of Node. */
export async function readShard(folder: string, index: number): Promise<readonly PatientRuns[]> {
  const bytes = await readFile(join(folder, shardName(index)));
  if (bytes.length <= HASH) throw new CorruptShard(index, `is cut off after ${bytes.length} bytes`);
  const payload = bytes.subarray(HASH);
  if (sha256Hex(payload) !== bytes.subarray(0, HASH).toString("latin1"))
    throw new CorruptShard(index, "does not have the hash that was written with it");
  try {
    return deserialize(payload) as readonly PatientRuns[];
  } catch (error) {
    throw new CorruptShard(
      index,
      `cannot be read by this version of Node: ${error instanceof Error ? error.message : error}`,
    );
  }
}

export const removeShard = (folder: string, index: number): Promise<void> =>
  rm(join(folder, shardName(index)), { force: true });
