import { stat } from "node:fs/promises";
import { loadEvidenceFrom } from "../evidence/load-node.js";
import { formatProblems, type Problem } from "../quantity/index.js";
import { InputProblems } from "../workbench/index.js";
import { readStudyFile } from "./trial.js";

/** `immune-reset check`: all problems of study files and evidence folders at once; changes nothing. Returns the exit code. */
export async function checkCommand(files: readonly string[], json: boolean): Promise<number> {
  const problems: Problem[] = [];
  const fine: string[] = [];
  for (const file of files) {
    const found = await problemsOf(file);
    if (found.length === 0) fine.push(file);
    problems.push(...found);
  }
  if (json) process.stdout.write(`${JSON.stringify({ fine, problems })}\n`);
  else {
    for (const file of fine) process.stdout.write(`${file}: no problems\n`);
    if (problems.length > 0) process.stderr.write(`${formatProblems(problems)}\n`);
  }
  return problems.length > 0 ? 2 : 0;
}

async function problemsOf(file: string): Promise<readonly Problem[]> {
  try {
    if ((await stat(file).catch(() => null))?.isDirectory()) {
      const loaded = await loadEvidenceFrom(file);
      return loaded.ok ? [] : loaded.problems;
    }
    await readStudyFile(file);
    return [];
  } catch (error) {
    if (error instanceof InputProblems) return error.problems;
    throw error;
  }
}
