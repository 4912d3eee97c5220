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

/** What a shard says of itself: another study's, or one under another number, is not taken. */
export interface ShardLabel {
  /** Hash of the manifest. */
  readonly run: string;
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

/** Writes a shard whole or not at all: 64 characters of SHA-256, then the payload. */
export async function writeShard(folder: string, label: ShardLabel, treated: readonly PatientRuns[]): Promise<void> {
  const { index } = label;
  const payload = serialize({ label, treated });
  const bytes = new Uint8Array(HASH + payload.length);
  bytes.set(new TextEncoder().encode(sha256Hex(payload)));
  bytes.set(payload, HASH);
  await writeWhole(join(folder, shardName(index)), bytes);
}

/** Throws `CorruptShard` where the file is missing, damaged, too short, of another run or not readable by this version of Node. */
export async function readShard(folder: string, label: ShardLabel): Promise<readonly PatientRuns[]> {
  const { index } = label;
  const bytes = await readFile(join(folder, shardName(index))).catch((error: NodeJS.ErrnoException) => {
    throw new CorruptShard(index, `cannot be read: ${error.code ?? error.message}`);
  });
  if (bytes.length <= HASH) throw new CorruptShard(index, `is cut off after ${bytes.length} bytes`);
  const payload = bytes.subarray(HASH);
  if (sha256Hex(payload) !== bytes.subarray(0, HASH).toString("latin1"))
    throw new CorruptShard(index, "does not have the hash that was written with it");
  let content: { readonly label: ShardLabel; readonly treated: readonly PatientRuns[] };
  try {
    content = deserialize(payload);
  } catch (error) {
    throw new CorruptShard(
      index,
      `cannot be read by this version of Node: ${error instanceof Error ? error.message : error}`,
    );
  }
  const { label: found, treated } = content;
  const fits =
    found?.run === label.run &&
    found.index === index &&
    treated.length === label.to - label.from &&
    treated.every(({ patient }, i) => patient.index === label.from + i);
  if (!fits) throw new CorruptShard(index, "belongs to another run or holds other patients");
  return treated;
}

export const removeShard = (folder: string, index: number): Promise<void> =>
  rm(join(folder, shardName(index)), { force: true });
