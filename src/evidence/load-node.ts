/** The records of a folder on disk. Only Node imports this file; everything else of the room runs in a browser too. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type EvidenceFile, FOLDERS, type LoadedEvidence, loadEvidence } from "./load.js";

/** All files of the folders of `DIR`. */
export async function readEvidenceFiles(dir: string): Promise<EvidenceFile[]> {
  const files: EvidenceFile[] = [];
  for (const kind of FOLDERS) {
    const names = await readdir(join(dir, kind)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
      throw error;
    });
    for (const name of names.filter((n) => !n.startsWith(".")).sort()) {
      const file = join(dir, kind, name);
      files.push({ file, content: await readFile(file) });
    }
  }
  return files;
}

export const loadEvidenceFrom = async (dir: string): Promise<LoadedEvidence> =>
  loadEvidence(await readEvidenceFiles(dir));
