import { stat } from "node:fs/promises";
import { loadEvidenceFrom } from "../evidence/load-node.js";
import { formatProblems, isWarning, type Problem } from "../quantity/index.js";
import { InputProblems } from "../workbench/index.js";
import { readStudyFile } from "./trial.js";

/** `immune-reset check`: all problems of study files and evidence folders at once; changes nothing. Returns the exit code; warnings alone are no failure. */
export async function checkCommand(files: readonly string[], json: boolean): Promise<number> {
  const noted: Problem[] = [];
  const fine: string[] = [];
  const lines: string[] = [];
  for (const file of files) {
    const found = await notesOf(file);
    noted.push(...found);
    if (!found.every(isWarning)) continue;
    fine.push(file);
    const count = found.length === 0 ? "" : `, ${found.length} ${found.length === 1 ? "warning" : "warnings"}`;
    lines.push(`${file}: no problems${count}`);
  }
  const warnings = noted.filter(isWarning);
  const problems = noted.filter((each) => !isWarning(each));
  if (json) process.stdout.write(`${JSON.stringify({ fine, problems, warnings })}\n`);
  else {
    for (const line of lines) process.stdout.write(`${line}\n`);
    if (noted.length > 0) process.stderr.write(`${formatProblems(noted)}\n`);
  }
  return problems.length > 0 ? 2 : 0;
}

/** Problems and warnings of a study file or an evidence folder. */
async function notesOf(file: string): Promise<readonly Problem[]> {
  try {
    if ((await stat(file).catch(() => null))?.isDirectory()) {
      const loaded = await loadEvidenceFrom(file);
      return loaded.ok ? loaded.warnings : loaded.problems;
    }
    return (await readStudyFile(file)).warnings;
  } catch (error) {
    if (error instanceof InputProblems) return error.problems;
    throw error;
  }
}
