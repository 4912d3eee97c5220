import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { shardIndex } from "../../src/run/shard.js";
import { packageRoot } from "../../src/workbench/package-info.js";

/** The built command line, as a user starts it. */
export const main = join(packageRoot, "dist/cli/main.js");
export const study2022 = join(packageRoot, "studies/erlangen-2022.yaml");

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), "immune-reset-run-"));

/** A command that has not ended after this long, ms, hangs: it is killed and the test fails. The longest takes a tenth of it on two busy cores. */
const HANGS = 540_000;

/** Runs a command to its end. `node`: options of Node; `program`: another program than this Node. */
export function command(
  words: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly node?: readonly string[];
    readonly program?: readonly [string, ...string[]];
  } = {},
) {
  const [program, ...first] = options.program ?? [process.execPath];
  const result = spawnSync(program, [...first, ...(options.node ?? []), main, ...words], {
    encoding: "utf8",
    env: { ...process.env, ...options.env },
    timeout: HANGS,
    killSignal: "SIGKILL",
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  if (result.error) throw result.error;
  return result;
}

/**
 * Loaded before the program into each of its threads: the file of the name TEST_HOLD is written and flushed, then TEST_HELD is made, and it
 * does not get its name before TEST_RELEASE is there. A process that is held does not outlive the one that started it.
 */
const HOLD = `
import { existsSync, writeFileSync } from "node:fs";
import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { basename } from "node:path";
const { rename } = promises;
const { TEST_HOLD, TEST_HELD, TEST_RELEASE } = process.env;
const parent = process.ppid;
promises.rename = async (from, to) => {
  const hold = basename(to) === TEST_HOLD;
  if (hold) writeFileSync(TEST_HELD, "");
  while (hold && !existsSync(TEST_RELEASE)) {
    if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return rename(from, to);
};
syncBuiltinESMExports();
`;

/** The write that a started process is held in: name of the file, what appears when it is held, what must appear to release it. */
export interface Hold {
  readonly file: string;
  readonly held: string;
  readonly release: string;
}

let holds = 0;
/** `file` is held until `release` is made; both marks lie in `folder`. */
export function holdOf(file: string, folder: string): Hold {
  const name = join(folder, `hold-${holds++}`);
  return { file, held: `${name}.held`, release: `${name}.release` };
}

const running = new Set<ChildProcess>();
const isOver = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** Starts a command in a process group of its own, so that a kill takes all of it; it is killed at the end of the test at the latest. */
export function start(words: readonly string[], hold?: Hold): ChildProcess {
  const node = hold ? ["--import", `data:text/javascript,${encodeURIComponent(HOLD)}`] : [];
  const env = hold && { TEST_HOLD: hold.file, TEST_HELD: hold.held, TEST_RELEASE: hold.release };
  const child = spawn(process.execPath, [...node, main, ...words], {
    detached: true,
    stdio: "ignore",
    env: { ...process.env, ...env },
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}

export function killGroup(child: ChildProcess): void {
  if (isOver(child)) return;
  try {
    process.kill(-child.pid!, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

const killAll = () => running.forEach(killGroup);
afterEach(async () => {
  const left = [...running];
  killAll();
  await Promise.all(left.map(ended));
});
// A group of its own does not get what is sent to ours.
process.once("exit", killAll);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.once(signal, () => {
    killAll();
    process.kill(process.pid, signal);
  });

/** Resolves with the exit code, null after a signal. */
export const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    if (isOver(child)) resolve(child.exitCode);
    else child.once("exit", (code) => resolve(code));
  });

/** Waits for a sign, however long it takes; false where the process ended without having given it. */
export async function until(sign: () => boolean, child: ChildProcess): Promise<boolean> {
  while (!sign()) {
    if (isOver(child)) return sign();
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return true;
}

/** Names in a folder; none where it is not there (yet). */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** Names of the shards that stand in the folder of a run. */
export const shardsIn = (out: string): string[] =>
  namesIn(join(out, "shards")).filter((name) => shardIndex(name) !== undefined);

/** Waits until a run has put down its first shard. Throws where it ended without. */
export async function underWay(out: string, child: ChildProcess): Promise<void> {
  if (!(await until(() => shardsIn(out).length > 0, child)))
    throw new Error(`the run in ${out} ended with ${child.exitCode ?? child.signalCode} before its first shard`);
}
