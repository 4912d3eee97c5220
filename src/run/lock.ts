import { readFileSync } from "node:fs";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { fileError, StoreError } from "../store/index.js";

/** Who works in a folder. */
interface Owner {
  readonly pid: number;
  readonly host: string;
  /** Start of the process in the kernel's own clock, where the system tells; tells a new process with an old number apart. */
  readonly start: string;
  /** Tells two takings by one process apart. */
  readonly nonce: string;
}

const LOCK = "lock";
let taken = 0;

/**
 * Takes the folder for this process; the returned function gives it back. Throws a StoreError where another living process has it.
 * The lock appears with its content in one step (a hard link), and a stale one is moved aside and looked at again, so that two processes never both have it.
 */
export async function takeLock(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, LOCK);
  const nonce = `${process.pid}-${Date.now().toString(36)}-${taken++}`;
  const mine: Owner = { pid: process.pid, host: hostname(), start: startOf(process.pid), nonce };
  const own = join(folder, `.${LOCK}.${nonce}`);
  const aside = join(folder, `.${LOCK}.${nonce}.stale`);
  try {
    await writeFile(own, JSON.stringify(mine), { flag: "wx" });
    for (let attempt = 0; attempt < 5; attempt++) {
      if (await linked(own, path)) return () => release(path, nonce);
      const owner = await ownerOf(path);
      if (owner && isAlive(owner)) throw busy(folder, path, owner);
      // Of two processes that judge a lock stale one moves it; the other may move the fresh lock of the first, sees so, and puts it back.
      if (!(await moved(path, aside))) continue;
      const seen = await ownerOf(aside);
      if (seen && seen.nonce !== owner?.nonce && isAlive(seen)) {
        await linked(aside, path);
        throw busy(folder, path, seen);
      }
      await rm(aside, { force: true });
    }
  } catch (error) {
    throw fileError(path, error);
  } finally {
    await rm(own, { force: true });
    await rm(aside, { force: true });
  }
  throw new StoreError({
    file: folder,
    path: "",
    what: "the lock of the folder changes hands all the time",
    hint: "try again",
  });
}

const busy = (folder: string, path: string, owner: Owner) =>
  new StoreError({
    file: folder,
    path: "",
    what: `process ${owner.pid} on ${owner.host} is working in this folder`,
    hint:
      owner.host === hostname()
        ? "wait until it has ended, or choose another folder"
        : `if it has ended, remove ${path}`,
  });

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

/** Removes the lock if it is still the one that was taken. */
async function release(path: string, nonce: string): Promise<void> {
  if ((await ownerOf(path))?.nonce === nonce) await rm(path, { force: true });
}

async function ownerOf(path: string): Promise<Owner | null> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Owner;
  } catch {
    return null;
  }
}

/** Another host cannot be asked: its process counts as alive. */
function isAlive({ pid, host, start }: Owner): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  return start === "" || startOf(pid) === start;
}

/** Linux: field 22 of /proc/PID/stat; elsewhere "". */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
