import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { stream } from "../../src/statistics/index.js";
import { command, ended, start, study2022, temporaryFolder } from "./command.js";

/** SIGKILL of the whole process (its worker threads die with it) at times uniform over the undisturbed run; shards are written all the time, so some hit a write. */
const KILLS = process.env["LONG"] ? 300 : 60;
const PER_RUN = 4;
const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const words = (out: string) => ["trial", study2022, "--replicates", "16", "--workers", "2", "--out", out];
const hashOf = (out: string) =>
  (JSON.parse(readFileSync(join(out, "run.json"), "utf8")) as { resultHash: string }).resultHash;

/** Unfinished files of shards and tables. */
const partsIn = (out: string): string[] =>
  [out, join(out, "shards")].flatMap((each) =>
    existsSync(each) ? readdirSync(each).filter((name) => name.endsWith(".part")) : [],
  );

/** Resolves as soon as a file is being written; gives up after five seconds. */
async function writing(out: string): Promise<void> {
  const until = performance.now() + 5000;
  while (partsIn(out).length === 0 && performance.now() < until) await new Promise((resolve) => setImmediate(resolve));
}

test(
  `${KILLS} kills: the result is that of the undisturbed run, every time`,
  async () => {
    const calm = join(folder, "calm");
    const began = performance.now();
    expect(command(words(calm)).status).toBe(0);
    const duration = performance.now() - began;
    const expected = hashOf(calm);
    const random = stream(3, KILLS, "kill times");
    let kills = 0;
    let late = 0;
    let temporary = 0;
    for (let run = 0; kills < KILLS; run++) {
      const out = join(folder, `run-${run}`);
      for (let k = 0; k < PER_RUN && kills < KILLS; k++) {
        const child = start(words(out));
        const finished = ended(child);
        await Promise.race([finished, new Promise((resolve) => setTimeout(resolve, random.uniform() * duration))]);
        // Every fourth waits on for the next write, and kills in the middle of it.
        if (k % 4 === 1) await Promise.race([finished, writing(out)]);
        if (child.exitCode === null) {
          process.kill(-child.pid!, "SIGKILL");
          kills++;
        } else late++;
        await finished;
        if (partsIn(out).length > 0) temporary++;
        if (existsSync(join(out, "run.json"))) break;
      }
      if (!existsSync(join(out, "run.json"))) {
        const last = command(words(out));
        expect(last.status, last.stderr).toBe(0);
      }
      expect(hashOf(out)).toBe(expected);
      expect(readdirSync(out).filter((name) => name.endsWith(".part"))).toEqual([]);
      expect(existsSync(join(out, "shards"))).toBe(false);
      expect(existsSync(join(out, "lock"))).toBe(false);
      rmSync(out, { recursive: true });
    }
    console.log(
      `kills: ${kills}, ${temporary} of them during a write; ${late} came after the end and are not counted; undisturbed run ${(duration / 1000).toFixed(1)} s`,
    );
    expect(temporary).toBeGreaterThan(0);
  },
  process.env["LONG"] ? 3_600_000 : 600_000,
);
