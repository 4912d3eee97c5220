import type { Problem } from "../quantity/index.js";

/** Something the store refuses. The message is the problems, one a line; `problems` is the same as data. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly problems: readonly Problem[];

  constructor(problems: Problem | readonly Problem[], options?: ErrorOptions) {
    const all: readonly Problem[] = "path" in problems ? [problems] : problems;
    super(
      all.map(({ file, path, what, hint }) => [file, path, `${what} (${hint})`].filter(Boolean).join(": ")).join("\n"),
      options,
    );
    this.problems = all;
  }
}
