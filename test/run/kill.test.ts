import type { ChildProcess } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { shardName } from "../../src/run/shard.js";
import { stream } from "../../src/statistics/index.js";
import { trialTableSpecs } from "../../src/store/index.js";
import {
  command,
  ended,
  holdOf,
  killGroup,
  namesIn,
  shardsIn,
  start,
  study2022,
  temporaryFolder,
  until,
} from "./command.js";

/** SIGKILL of the whole process (its worker threads die with it): every second one on the way, every second one in the middle of a write. */
const KILLS = process.env["LONG"] ? 300 : 60;
const PER_RUN = 4;
const REPLICATES = 16;
/** Of ten among 80 patients. */
const SHARDS = 8;
const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const words = (out: string) => ["trial", study2022, "--replicates", String(REPLICATES), "--workers", "2", "--out", out];
const hashOf = (out: string) =>
  (JSON.parse(readFileSync(join(out, "run.json"), "utf8")) as { resultHash: string }).resultHash;

/** Unfinished files that a process has in the folder of a run: those of `name`, or of any name. */
const partsOf = (out: string, { pid }: ChildProcess, name = ""): string[] =>
  [out, join(out, "shards")]
    .flatMap(namesIn)
    .filter((part) => part.startsWith(`.${name}`) && part.includes(`.${pid}-`) && part.endsWith(".part"));

/** Files that a process started now would write, in order. */
const toWrite = (out: string): string[] => {
  const shards = shardsIn(out);
  return [
    ...(existsSync(join(out, "manifest.json")) ? [] : ["manifest.json"]),
    ...Array.from({ length: SHARDS }, (_, i) => shardName(i)).filter((name) => !shards.includes(name)),
    ...trialTableSpecs.map(({ name }) => `${name}.parquet`),
    "summary.json",
    "report.html",
    "run.json",
  ];
};

/** What a run does after the other: it takes the folder, puts down one shard more, …, opens its tables, gives the first one its name, writes its record. */
function signsOf(out: string): ((child: ChildProcess) => boolean)[] {
  const before = shardsIn(out).length;
  const tables = (child: ChildProcess) => partsOf(out, child).filter((part) => part.includes(".parquet.")).length;
  let most = 0;
  return [
    ({ pid }) => {
      try {
        return (JSON.parse(readFileSync(join(out, "lock"), "utf8")) as { pid: number }).pid === pid;
      } catch {
        return false; // not there yet
      }
    },
    ...Array.from({ length: SHARDS - before }, (_, k) => () => shardsIn(out).length > before + k),
    (child) => tables(child) > 0,
    (child) => {
      const now = tables(child);
      most = Math.max(most, now);
      return now < most;
    },
    () => existsSync(join(out, "run.json")),
  ];
}

test(
  `${KILLS} kills: the result is that of the undisturbed run, every time`,
  async () => {
    const calm = join(folder, "calm");
    expect(command(words(calm)).status).toBe(0);
    const expected = hashOf(calm);
    const random = stream(3, KILLS, "kill points");
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random.uniform() * list.length)]!;
    const found = { onTheWay: 0, inWrite: 0, late: 0 };
    const kills = () => found.onTheWay + found.inWrite;

    /** As soon as the file is there, or when it is whole but has not got its name. */
    const killInWrite = async (out: string) => {
      const file = pick(toWrite(out));
      const hold = holdOf(file, folder);
      const child = start(words(out), hold);
      const sign = pick([() => partsOf(out, child, file).length > 0, () => existsSync(hold.held)]);
      expect(await until(sign, child), `${file} is written`).toBe(true);
      killGroup(child);
      await ended(child);
      expect(partsOf(out, child, file)).toHaveLength(1);
      found.inWrite++;
    };
    /** Whether it was killed; a process that is done before has succeeded. */
    const killOnTheWay = async (out: string): Promise<boolean> => {
      const sign = pick(signsOf(out));
      const child = start(words(out));
      await until(() => sign(child), child);
      killGroup(child);
      const code = await ended(child);
      if (code === null) found.onTheWay++;
      else {
        expect(code).toBe(0);
        expect(++found.late).toBeLessThan(KILLS);
      }
      return code === null;
    };

    for (let run = 0; kills() < KILLS; run++) {
      const out = join(folder, `run-${run}`);
      const hasRecord = () => existsSync(join(out, "run.json"));
      let killed = false;
      for (let k = 0; k < PER_RUN && kills() < KILLS && !hasRecord(); k++) {
        killed = true;
        if (kills() % 2 === 0) await killInWrite(out);
        else killed = await killOnTheWay(out);
      }
      // Killed after the record: the run is finished, what was to be removed after it is left to `runs clean`.
      if (!hasRecord() || killed) {
        const last = command(hasRecord() ? ["runs", "clean", out] : words(out));
        expect(last.status, last.stderr).toBe(0);
      }
      expect(hashOf(out)).toBe(expected);
      expect(readdirSync(out).filter((name) => name.endsWith(".part"))).toEqual([]);
      expect(existsSync(join(out, "shards"))).toBe(false);
      expect(existsSync(join(out, "lock"))).toBe(false);
      rmSync(out, { recursive: true });
    }
    console.log(
      `kills: ${kills()}, ${found.inWrite} of them in the middle of a write; ${found.late} came after the end and are not counted`,
    );
    expect(found.inWrite).toBeGreaterThanOrEqual(Math.floor(KILLS / 2));
  },
  // Sixty take six minutes on two cores that four other programs share.
  process.env["LONG"] ? 14_400_000 : 2_400_000,
);
