import { StoreError } from "./store-error.js";

/**
 * Files of a run, in Node. `node:fs` is loaded when a function is called, so that the room can be imported in a browser.
 */
const fs = () => import("node:fs/promises");
const paths = () => import("node:path");

const HINTS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full: free some space or choose another folder",
  EDQUOT: "your quota is used up: free some space or choose another folder",
  EACCES: "you may not write there: choose another folder",
  EPERM: "you may not write there: choose another folder",
  EROFS: "the disk is read-only: choose another folder",
  ENOENT: "the folder does not exist: make it first",
  ENOTDIR: "a part of the path is a file: choose another folder",
  EISDIR: "there is a folder of this name: choose another name",
  EEXIST: "a file of this name is in the way: choose another folder",
};

/** An error of the file system as a StoreError with a next move; anything else as it is. */
export function fileError(file: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === undefined || !(error instanceof Error)) return error;
  const hint = HINTS[code] ?? "try again, or choose another folder";
  return new StoreError({ file, path: "", what: `cannot be written: ${code}`, hint }, { cause: error });
}

const PART = ".part";
let written = 0;

/** Whether a name is that of an unfinished `writeWhole`. */
export const isPartFile = (name: string): boolean => name.startsWith(".") && name.endsWith(PART);

/**
 * Writes a file that is there whole or not at all: under a temporary name in the same folder, flushed to the disk, then renamed.
 * A file of that name is replaced. The folder must exist. Throws a StoreError.
 */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  const { open, rename, rm } = await fs();
  const { basename, dirname, join } = await paths();
  // Process, time and count: two writers never share a temporary name.
  const unique = `${process.pid}-${Date.now().toString(36)}-${written++}`;
  const temporary = join(dirname(path), `.${basename(path)}.${unique}${PART}`);
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw fileError(path, error);
  }
  // The new name outlives a loss of power only when the folder is flushed too; not every system can.
  const folder = await open(dirname(path), "r").catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
}

/** A file that grows by pieces and is there whole or not at all. */
export interface GrowingFile {
  append(bytes: Uint8Array): void;
  /** Flushes and gives the file its name. */
  finish(): Promise<void>;
  /** Leaves nothing. */
  abandon(): Promise<void>;
}

/** Like `writeWhole`, piece by piece. Every step throws a StoreError where the file system refuses. */
export async function growWhole(path: string): Promise<GrowingFile> {
  const sync = await import("node:fs");
  const { rename, rm } = await fs();
  const { basename, dirname, join } = await paths();
  const temporary = join(
    dirname(path),
    `.${basename(path)}.${process.pid}-${Date.now().toString(36)}-${written++}${PART}`,
  );
  const attempt = <T>(step: () => T): T => {
    try {
      return step();
    } catch (error) {
      throw fileError(path, error);
    }
  };
  const handle = attempt(() => sync.openSync(temporary, "wx"));
  let open = true;
  return {
    append: (bytes) => attempt(() => void sync.writeFileSync(handle, bytes)),
    async finish() {
      attempt(() => {
        sync.fsyncSync(handle);
        open = false;
        sync.closeSync(handle);
      });
      await rename(temporary, path).catch((error) => {
        throw fileError(path, error);
      });
    },
    async abandon() {
      // A closed number may belong to another file by now.
      if (open) sync.closeSync(handle);
      open = false;
      await rm(temporary, { force: true });
    },
  };
}
