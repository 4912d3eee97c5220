import { formatProblems, type Problem } from "../quantity/index.js";

/** Exit codes: 0 done, 1 our fault, 2 your input. */
export class InputProblems extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(formatProblems(problems));
  }
}

/** One fault of the input that has no file. */
export const inputProblem = (path: string, what: string, hint: string): InputProblems =>
  new InputProblems([{ path, what, hint }]);
