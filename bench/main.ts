import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type ArmResult, compareOn } from "./compare.js";
import { buildPeers } from "./peers.js";
import { printTable } from "./print-table.js";
import { measureTrial, printTrial } from "./trial.js";
import { ARMS, type ArmName, makeWorkload } from "./workload.js";

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    patients: { type: "string" },
    rounds: { type: "string" },
    "no-r": { type: "boolean", default: false },
    trial: { type: "boolean", default: false },
  },
});
const { quick } = options;
const patients = Number(options.patients ?? (quick ? 100 : 500));
const rounds = Number(options.rounds ?? (quick ? 3 : 5));
const note = (text: string) => process.stderr.write(`${text}\n`);

const folder = fileURLToPath(new URL("../peers", import.meta.url));
const study = new URL("../../../studies/erlangen-2024.yaml", import.meta.url);
if (options.trial) {
  process.stdout.write(`${await trialBench()}\n`);
  process.exit(0);
}

/** The whole trial, and the integration of two of its arms as an R user runs it. */
async function trialBench(): Promise<string> {
  const cost = await measureTrial(study, quick ? 5 : 20, rounds);
  const inR = options["no-r"] ? [] : ARMS.map((arm) => deSolve(arm, quick ? 10 : 50));
  if (options.json)
    return JSON.stringify({ ...cost, deSolve: Object.fromEntries(inR.map(({ arm, ms }) => [arm, ms])) });
  const lines = inR.map(
    ({ arm, ms, flags }) =>
      `${flags}, rtol 1e-5, ${arm} arm, integration only: ${ms.toFixed(1)} ms per run, ${(ms / cost.whole).toFixed(0)} times our whole trial`,
  );
  return [printTrial(cost), ...lines].join("\n");
}

/** lsoda of deSolve with the model as compiled C, one patient after another: what R users do who write no C of their own around it. */
function deSolve(
  arm: ArmName,
  patients: number,
): { readonly arm: ArmName; readonly ms: number; readonly flags: string } {
  const workload = makeWorkload(study, arm, patients);
  const [peer] = buildPeers(workload, folder, { withR: true, onlyR: true, note });
  const { seconds, failed } = peer!.solve(1e-5);
  if (failed > 0) throw new Error(`${failed} runs failed in R`);
  return { arm, ms: (1000 * seconds) / patients, flags: `R, ${peer!.flags}` };
}

const arms: [string, ArmResult][] = ARMS.map((arm) => {
  const workload = makeWorkload(study, arm, patients);
  const peers = buildPeers(workload, folder, { withR: !quick && !options["no-r"], note });
  return [arm, compareOn(workload, peers, { quick, rounds, note })];
});
const result = {
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus()[0]!.model.trim()}, ${cpus().length} cores`,
  node: process.version,
  patients,
  rounds,
  arms: Object.fromEntries(arms),
};

/** All arms, and what stood behind the names. */
function printResult(): string {
  return [
    ...arms.flatMap(([arm, found]) => [printTable(arm, found), ""]),
    ...arms[0]![1].codes.map(({ name, flags }) => `- ${name}: ${flags}`),
    `- ${result.machine}; Node ${result.node}; ${result.date}; ${patients} patients with lupus in each arm, median of ${rounds} rounds`,
  ].join("\n");
}

const results = fileURLToPath(new URL("../../results/", import.meta.url));
if (!quick) {
  mkdirSync(results, { recursive: true });
  const name = `${result.date}-node-${process.versions.node.split(".")[0]}`;
  writeFileSync(`${results}${name}.json`, `${JSON.stringify(result, null, 1)}\n`);
  writeFileSync(`${results}${name}.md`, `${printResult()}\n`);
}
process.stdout.write(`${options.json ? JSON.stringify(result) : printResult()}\n`);
