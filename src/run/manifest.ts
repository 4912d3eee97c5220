import type { CanonicalValue } from "../reading/index.js";
import { hashValue } from "../store/index.js";
import { canonicalStudy, checkStudyValue, type Study } from "../study/index.js";
import { type BackendName, diseasesIn, patientsPerReplicate } from "../trial/index.js";

/** What a run is asked to do: a shard is a pure function of this and its index. */
export interface Manifest {
  readonly format: 1;
  /** Version of immune-reset. */
  readonly version: string;
  /** The study as plain data; arms as a list, because their order counts. */
  readonly study: CanonicalValue;
  readonly studyHash: string;
  readonly backend: BackendName;
  /** Patients per shard; the last may have fewer. */
  readonly shardSize: number;
  readonly shards: number;
}

/** Patients per shard and disease: less than a second of work, so little is lost with a shard and progress is smooth, and enough to fill the lanes of its models. */
const PER_DISEASE = 10;

export const usualShardSize = (study: Study): number => PER_DISEASE * diseasesIn(study).length;

export function makeManifest(
  study: Study,
  version: string,
  backend: BackendName,
  shardSize: number = usualShardSize(study),
): Manifest {
  const value = studyValue(study);
  const patients = patientsPerReplicate(study) * study.run.replicates;
  return {
    format: 1,
    version,
    study: value,
    studyHash: hashValue(value),
    backend,
    shardSize,
    shards: Math.ceil(patients / shardSize),
  };
}

/** Names the run that shards belong to. */
export const manifestHash = (manifest: Manifest): string => hashValue(manifest as unknown as CanonicalValue);

export const studyValue = (study: Study): CanonicalValue => JSON.parse(canonicalStudy(study)) as CanonicalValue;

/** The study of a manifest or record: arms and measures come as lists there. Returns problems where it is none. */
export function studyFromValue(value: CanonicalValue): ReturnType<typeof checkStudyValue> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return checkStudyValue(value);
  const study: Record<string, unknown> = { ...value };
  for (const part of ["arms", "measures"]) {
    const list = study[part] as readonly { readonly id: string }[];
    if (Array.isArray(list)) study[part] = Object.fromEntries(list.map(({ id, ...each }) => [id, each]));
  }
  return checkStudyValue(study);
}

/** Where two manifests ask for different things, one line each: `study › run › seed: 2026 → 7`. Empty where they agree. */
export function manifestDifferences(before: Manifest, now: Manifest): string[] {
  return differences("", before, now).filter((line) => !line.startsWith("studyHash") && !line.startsWith("shards:"));
}

function differences(path: string, a: unknown, b: unknown): string[] {
  if (Object.is(a, b)) return [];
  const isPlain = (x: unknown): x is Record<string, unknown> => typeof x === "object" && x !== null;
  if (isPlain(a) && isPlain(b) && Array.isArray(a) === Array.isArray(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return keys.flatMap((key) => {
      // Items of a list are called by their id where they have one; the study itself is called the study.
      const item = Array.isArray(a) && isPlain(a[key]) && "id" in a[key] ? String(a[key]["id"]) : key;
      return differences(path === "" ? item : `${path} › ${item}`, a[key], b[key]);
    });
  }
  return [`${path}: ${JSON.stringify(a) ?? "nothing"} → ${JSON.stringify(b) ?? "nothing"}`];
}
