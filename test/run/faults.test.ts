import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { readStudy, type Study } from "../../src/study/index.js";
import { packageRoot } from "../../src/workbench/package-info.js";
import { command, ended, holdOf, killGroup, start, study2022, temporaryFolder, underWay } from "./command.js";

// The built room: workers are started from it.
const { execute } = (await import(
  pathToFileURL(join(packageRoot, "dist/run/index.js")).href
)) as typeof import("../../src/run/index.js");

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const parsed = readStudy(readFileSync(study2022, "utf8"), study2022);
if ("problems" in parsed) throw new Error("the study does not read");
const study: Study = { ...parsed.study, run: { replicates: 8, seed: 2026 } };
const base = { version: "test", backend: "wasm" as const, workers: 2 };

/** A worker whose treatment of patients fails as `fault` says; the rest is the product's own. */
function faultyEntry(name: string, fault: string): URL {
  const file = join(folder, `${name}.mjs`);
  const work = pathToFileURL(join(packageRoot, "dist/run/work.js")).href;
  writeFileSync(
    file,
    `import { parentPort, workerData } from "node:worker_threads";
import { existsSync, writeFileSync } from "node:fs";
import { shardWorker } from ${JSON.stringify(work)};
const work = shardWorker(workerData, (patient) => { ${fault}; });
parentPort.on("message", async (task) => parentPort.postMessage(await work(task)));
`,
  );
  return pathToFileURL(file);
}

async function patientsOf(execution: Awaited<ReturnType<typeof execute>>): Promise<string[]> {
  const found: string[] = [];
  for await (const { patient, runs } of execution.patients())
    found.push(
      `${patient.index} ${runs.map((run) => Buffer.from(run.curves.buffer, run.curves.byteOffset, run.curves.byteLength).toString("base64").slice(0, 400)).join()}`,
    );
  return found;
}

const calm = await (async () => {
  const execution = await execute(study, { ...base, out: join(folder, "calm") });
  const found = await patientsOf(execution);
  await execution.folder.close();
  return found;
})();

describe("a pool that does not give in", () => {
  test("the undisturbed run treats everybody", () => expect(calm).toHaveLength(40));

  test("a poisonous patient is named with its shard, the rest is made, and a later run finishes", async () => {
    const out = join(folder, "poison");
    const execution = await execute(study, {
      ...base,
      out,
      entry: faultyEntry("poison", 'if (patient === 17) throw new Error("the model does not like patient 17")'),
    });
    expect(await execution.made).toEqual([{ shard: 1, patient: 17, reason: "the model does not like patient 17" }]);
    await execution.folder.close();
    expect(readdirSync(join(out, "shards"))).toEqual(["000000.shard", "000002.shard", "000003.shard"]);
    const again = await execute(study, { ...base, out });
    expect(await again.made).toEqual([]);
    expect(again.folder.finished.size).toBe(3);
    expect(await patientsOf(again)).toEqual(calm);
    await again.folder.close();
  });

  test("a worker that dies once is replaced", async () => {
    const out = join(folder, "crash");
    const mark = JSON.stringify(join(folder, "crashed"));
    const troubles: string[] = [];
    const execution = await execute(study, {
      ...base,
      out,
      entry: faultyEntry(
        "crash",
        `if (patient === 25 && !existsSync(${mark})) { writeFileSync(${mark}, ""); process.exit(9); }`,
      ),
      onTrouble: (text) => troubles.push(text),
    });
    expect(await execution.made).toEqual([]);
    expect(troubles).toEqual(["shard 2: the worker ended with code 9; attempt 1 of 3"]);
    expect(await patientsOf(execution)).toEqual(calm);
    await execution.folder.close();
  });

  test("a worker that dies every time is given up after three attempts, the rest goes on", async () => {
    const execution = await execute(study, {
      ...base,
      out: join(folder, "dies"),
      entry: faultyEntry("dies", "if (patient === 25) process.exit(9)"),
    });
    expect(await execution.made).toEqual([{ shard: 2, patient: null, reason: "the worker ended with code 9" }]);
    await execution.folder.close();
    expect(readdirSync(join(folder, "dies/shards"))).toHaveLength(3);
  });

  test.each([
    [
      "a flipped bit",
      (file: string) => {
        const bytes = readFileSync(file);
        bytes[bytes.length >> 1]! ^= 1;
        writeFileSync(file, bytes);
      },
      "does not have the hash",
    ],
    ["a truncated file", (file: string) => truncateSync(file, 1000), "does not have the hash"],
    ["an empty file", (file: string) => truncateSync(file, 0), "is cut off after 0 bytes"],
  ])("a damaged shard (%s) is named and made again", async (name, damage, what) => {
    const out = join(folder, name.replaceAll(" ", "-"));
    const first = await execute(study, { ...base, out });
    await first.made;
    await first.folder.close();
    damage(join(out, "shards/000002.shard"));
    const troubles: string[] = [];
    const again = await execute(study, { ...base, out, onTrouble: (text) => troubles.push(text) });
    expect(await patientsOf(again)).toEqual(calm);
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toContain("000002.shard");
    expect(troubles[0]).toContain(what);
    await again.folder.close();
  });
});

// Runs that must not be done too soon are held at their fourth shard; the other worker goes on.
describe("the command line", () => {
  const words = (out: string, ...more: string[]) => ["trial", study2022, "--replicates", "4", "--out", out, ...more];

  test("a full disk is named, and the run is resumed where there is room", () => {
    const small = join(folder, "small-disk");
    mkdirSync(small);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=600k", "tmpfs", small]);
    try {
      const { status, stderr } = command(words(join(small, "run"), "--replicates", "16"));
      expect(status).toBe(2);
      expect(stderr).toContain("ENOSPC");
      expect(stderr).toContain("the disk is full");
      execFileSync("mount", ["-o", "remount,size=60m", small]);
      const again = command(["runs", "resume", join(small, "run")]);
      expect(again.status, again.stderr).toBe(0);
      expect(command(["runs", "verify", join(small, "run")]).status).toBe(0);
    } finally {
      execFileSync("umount", [small]);
    }
  });

  test("a folder that cannot be made is named", () => {
    writeFileSync(join(folder, "file"), "");
    const { status, stderr } = command(words(join(folder, "file/run")));
    expect(status).toBe(2);
    expect(stderr).toMatch(/ENOTDIR|EEXIST/);
  });

  test("a changed study is refused with the difference, the same one goes on", async () => {
    const out = join(folder, "changed");
    const child = start(words(out, "--replicates", "40"), holdOf("000003.shard", folder));
    await underWay(out, child);
    killGroup(child);
    expect(await ended(child)).toBeNull();
    const other = command(words(out, "--seed", "7", "--replicates", "40"));
    expect(other.status).toBe(2);
    expect(other.stderr).toContain("study › run › seed: 2026 → 7");
    expect(command(["runs", "list", folder]).stdout).toMatch(/changed +unfinished/);
    const same = command(["runs", "resume", out]);
    expect(same.status, same.stderr).toBe(0);
    expect(command(["runs", "resume", out]).status).toBe(2);
  });

  test("two processes in one folder: the second is refused with the first one's number", async () => {
    const out = join(folder, "shared");
    const hold = holdOf("000003.shard", folder);
    const first = start(words(out, "--replicates", "60"), hold);
    await underWay(out, first);
    const second = command(words(out, "--replicates", "60"));
    expect(second.status).toBe(2);
    expect(second.stderr).toContain(`process ${first.pid}`);
    writeFileSync(hold.release, "");
    expect(await ended(first)).toBe(0);
    expect(command(["runs", "verify", out]).status).toBe(0);
  });

  test("SIGINT stops cleanly and says how to resume", async () => {
    const out = join(folder, "stopped");
    const child = start(words(out, "--replicates", "60"), holdOf("000003.shard", folder));
    await underWay(out, child);
    process.kill(child.pid!, "SIGINT");
    expect(await ended(child)).toBe(130);
    expect(readdirSync(out)).not.toContain("lock");
    const again = command(["runs", "resume", out]);
    expect(again.status, again.stderr).toBe(0);
  });

  test("a clock that jumps changes nothing but the times that are written down", () => {
    const jump = "data:text/javascript,const now=Date.now;let n=0;Date.now=()=>now()-(n++%252)*864e5;";
    const out = join(folder, "clock");
    const { status, stderr } = command(words(out), { node: ["--import", jump] });
    expect(status, stderr).toBe(0);
    const calmOut = join(folder, "clock-calm");
    command(words(calmOut));
    const hash = (path: string) => JSON.parse(readFileSync(join(path, "run.json"), "utf8")).resultHash;
    expect(hash(out)).toBe(hash(calmOut));
  });

  test("bounded memory: too little is refused, a little is enough", () => {
    expect(command(words(join(folder, "tiny"), "--max-memory", "64")).stderr).toContain("at least 128 MB");
    expect(command(words(join(folder, "little"), "--max-memory", "256")).status).toBe(0);
  });

  test("verify finds one changed byte; clean removes what is left", () => {
    const out = join(folder, "little");
    expect(command(["runs", "verify", out]).status).toBe(0);
    const file = join(out, "events.parquet");
    const bytes = readFileSync(file);
    bytes[100]! ^= 1;
    writeFileSync(file, bytes);
    const { status, stdout } = command(["runs", "verify", out]);
    expect(status).toBe(1);
    expect(stdout).toContain("events.parquet");
    expect(command(["runs", "clean", out]).stdout).toContain("nothing to remove");
  });
});
