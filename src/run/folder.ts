import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { decodeText } from "../reading/index.js";
import {
  allTableSpecs,
  fileError,
  formatRunRecord,
  isPartFile,
  parseRunRecord,
  RUN_RECORD,
  type RunRecord,
  StoreError,
  writeWhole,
} from "../store/index.js";
import { takeLock } from "./lock.js";
import { type Manifest, manifestDifferences } from "./manifest.js";
import { shardIndex } from "./shard.js";

export const MANIFEST = "manifest.json";
const MARK = ".immune-reset";

/** An opened folder of a run. */
export interface RunFolder {
  readonly path: string;
  readonly shards: string;
  readonly manifest: Manifest;
  /** Shards that are there. */
  readonly finished: ReadonlySet<number>;
  /** Writes the record and removes what was only needed on the way. */
  complete(record: RunRecord): Promise<void>;
  close(): Promise<void>;
}

const complain = (file: string, what: string, hint: string) => new StoreError({ file, path: "", what, hint });

/**
 * Makes the folder, or opens one that holds the same run unfinished. Refuses: a folder with other things in it; a finished run or another run, unless `replace`;
 * a folder in which another process works. Throws a StoreError.
 */
export async function openRunFolder(
  path: string,
  manifest: Manifest,
  options: { readonly replace?: boolean } = {},
): Promise<RunFolder> {
  const replace = options.replace ?? false;
  const shards = join(path, "shards");
  try {
    await mkdir(path, { recursive: true });
    const names = await readdir(path);
    if (!names.every(isPartFile) && !names.includes(MARK))
      throw complain(path, "the folder is not empty", "choose another folder");
    await writeWhole(join(path, MARK), "This folder belongs to one run of immune-reset.\n");
  } catch (error) {
    throw fileError(path, error);
  }
  const release = await takeLock(path);
  try {
    const names = await readdir(path);
    if (names.includes(RUN_RECORD) && !replace)
      throw complain(
        path,
        "the folder holds a finished run",
        "choose another folder, or replace the run with --replace",
      );
    const before =
      names.includes(MANIFEST) && !names.includes(RUN_RECORD)
        ? await readManifest(path).catch((error) => {
            if (replace) return null;
            throw error;
          })
        : null;
    const changed = before ? manifestDifferences(before, manifest) : [];
    if (before && changed.length > 0 && !replace)
      throw complain(
        path,
        `the folder holds an unfinished run that asks for something else:\n    ${changed.join("\n    ")}`,
        "run the same study to continue it, choose another folder, or replace the run with --replace",
      );
    const fresh = before === null || changed.length > 0;
    // The record goes first: at no time does it list tables of another run.
    const leftovers = names.filter((each) => isPartFile(each) || isOldLock(each) || (fresh && isOurs(each)));
    for (const name of [RUN_RECORD, ...leftovers]) await rm(join(path, name), { force: true });
    if (fresh) {
      await rm(shards, { recursive: true, force: true });
      await writeWhole(join(path, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`);
    }
    await mkdir(shards, { recursive: true });
    const inside = await readdir(shards);
    for (const name of inside.filter(isPartFile)) await rm(join(shards, name), { force: true });
    const finished = new Set(
      inside.map(shardIndex).filter((index) => index !== undefined && index < manifest.shards) as number[],
    );
    return {
      path,
      shards,
      manifest,
      finished,
      async complete(record) {
        await writeWhole(join(path, RUN_RECORD), formatRunRecord(record));
        // The run is finished; what cannot be removed now is left to `runs clean`.
        await rm(shards, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
        await rm(join(path, MANIFEST), { force: true }).catch(() => {});
      },
      close: release,
    };
  } catch (error) {
    await release();
    throw fileError(path, error);
  }
}

/** Files that a run writes beside its record. */
const OURS = [MANIFEST, "summary.json", "report.html", ...allTableSpecs.map(({ name }) => `${name}.parquet`)];
const isOurs = (name: string): boolean => OURS.includes(name);

/** What a process left that was killed while it took the lock. */
const isOldLock = (name: string): boolean => name.startsWith(".lock.");

export async function readManifest(path: string): Promise<Manifest> {
  const file = join(path, MANIFEST);
  const damaged = (why: string) => complain(file, `cannot be read: ${why}`, "start the study anew with --replace");
  let manifest: Manifest | null;
  try {
    const decoded = decodeText(await readFile(file));
    if ("problem" in decoded) throw damaged(decoded.problem.what);
    manifest = JSON.parse(decoded.text);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw damaged(error instanceof Error ? error.message : String(error));
  }
  if (manifest?.format !== 1 || typeof manifest.version !== "string" || !(manifest.shards >= 0) || !manifest.study)
    throw damaged("it is no manifest of a run");
  return manifest;
}

/** What a folder holds; null where it is no folder of a run. */
export type RunState =
  | { readonly kind: "finished"; readonly path: string; readonly record: RunRecord }
  | { readonly kind: "unfinished"; readonly path: string; readonly manifest: Manifest; readonly finished: number }
  | { readonly kind: "broken"; readonly path: string; readonly what: string };

export async function runState(path: string): Promise<RunState | null> {
  const names = await readdir(path).catch(() => [] as string[]);
  if (!names.includes(MARK)) return null;
  const broken = (what: string): RunState => ({ kind: "broken", path, what });
  if (names.includes(RUN_RECORD)) {
    const bytes = await readFile(join(path, RUN_RECORD)).catch((error: NodeJS.ErrnoException) => error);
    if (bytes instanceof Error) return broken(`${RUN_RECORD} cannot be read: ${bytes.code}`);
    const decoded = decodeText(bytes);
    if ("problem" in decoded) return broken(`${RUN_RECORD} cannot be read: ${decoded.problem.what}`);
    const parsed = parseRunRecord(decoded.text);
    return parsed.ok
      ? { kind: "finished", path, record: parsed.record }
      : { kind: "broken", path, what: parsed.problems.map(({ what }) => what).join("; ") };
  }
  if (!names.includes(MANIFEST)) return broken("neither a record nor a manifest");
  const manifest = await readManifest(path).catch((error: StoreError) => error);
  if (manifest instanceof Error) return broken(manifest.problems.map(({ what }) => `${MANIFEST} ${what}`).join("; "));
  const inside = await readdir(join(path, "shards")).catch(() => [] as string[]);
  return {
    kind: "unfinished",
    path,
    manifest,
    finished: inside.filter((name) => shardIndex(name) !== undefined).length,
  };
}

/** Removes temporary files, and with `unfinished` the shards of a run that will not be continued. Returns the names removed. */
export async function cleanRun(path: string, options: { readonly unfinished: boolean }): Promise<string[]> {
  const release = await takeLock(path);
  try {
    const removed: string[] = [];
    const remove = async (name: string) => {
      await rm(join(path, name), { recursive: true, force: true });
      removed.push(name);
    };
    const names = await readdir(path);
    for (const name of names.filter((each) => isPartFile(each) || isOldLock(each))) await remove(name);
    const inside = await readdir(join(path, "shards")).catch(() => [] as string[]);
    for (const name of inside.filter(isPartFile)) await remove(join("shards", name));
    const finished = names.includes(RUN_RECORD);
    if ((finished || options.unfinished) && names.includes("shards")) await remove("shards");
    if ((finished || options.unfinished) && names.includes(MANIFEST)) await remove(MANIFEST);
    return removed;
  } finally {
    await release();
  }
}
