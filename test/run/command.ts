import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shardIndex } from "../../src/run/shard.js";
import { packageRoot } from "../../src/workbench/package-info.js";

/** The built command line, as a user starts it. */
export const main = join(packageRoot, "dist/cli/main.js");
export const study2022 = join(packageRoot, "studies/erlangen-2022.yaml");

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), "immune-reset-run-"));

export const command = (
  words: readonly string[],
  options: { readonly env?: Record<string, string>; readonly node?: readonly string[] } = {},
) =>
  spawnSync(process.execPath, [...(options.node ?? []), main, ...words], {
    encoding: "utf8",
    env: { ...process.env, ...options.env },
  });

/** In a process group of its own, so that a kill takes all of it. */
export const start = (words: readonly string[]): ChildProcess =>
  spawn(process.execPath, [main, ...words], { detached: true, stdio: "ignore" });

export const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.once("exit", (code) => resolve(code));
  });

/** Waits until a run has put down its first shard: work is under way, and a busy machine changes nothing. Throws after a minute. */
export async function underWay(out: string): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 50) {
    try {
      if (readdirSync(join(out, "shards")).some((name) => shardIndex(name) !== undefined)) return;
    } catch {} // the folder is not there yet
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no shard in ${out} after a minute`);
}
