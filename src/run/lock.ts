import { readFileSync } from "node:fs";
import { open, readFile, rename, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { fileError, StoreError } from "../store/index.js";

/** Who works in a folder. */
interface Owner {
  readonly pid: number;
  readonly host: string;
  /** Start of the process in the kernel's own clock, where the system tells; tells a new process with an old number apart. */
  readonly start: string;
}

const LOCK = "lock";

/** Takes the folder for this process; the returned function gives it back. Throws a StoreError where another living process has it. */
export async function takeLock(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, LOCK);
  const mine: Owner = { pid: process.pid, host: hostname(), start: startOf(process.pid) };
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      const file = await open(path, "wx");
      await file.writeFile(JSON.stringify(mine));
      await file.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw fileError(path, error);
    }
    const owner = await ownerOf(path);
    if (owner && isAlive(owner))
      throw new StoreError({
        file: folder,
        path: "",
        what: `process ${owner.pid} on ${owner.host} is working in this folder`,
        hint:
          owner.host === hostname()
            ? "wait until it has ended, or choose another folder"
            : `if it has ended, remove ${path}`,
      });
    // Moved aside rather than removed: of two processes that find a stale lock, one moves it and the other finds nothing.
    await rename(path, `${path}.${process.pid}.stale`).catch(() => {});
    await rm(`${path}.${process.pid}.stale`, { force: true });
  }
  throw new StoreError({
    file: folder,
    path: "",
    what: "the lock of the folder changes hands all the time",
    hint: "try again",
  });
}

async function ownerOf(path: string): Promise<Owner | null> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Owner;
  } catch {
    // Killed between making the lock and filling it.
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
