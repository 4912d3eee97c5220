import { writeFileSync } from "node:fs";
import { compileWasm, emitWasm, type LaneCount, printWasm } from "../engine/index.js";
import { TrialModels } from "../trial/index.js";
import {
  findSymbols,
  type GlobalRequest,
  globalSensitivity,
  inputProblem,
  type ModelSymbol,
  modelEquations,
  modelLatex,
  modelPage,
  originWords,
  type SensitivityRequest,
  sensitivity,
  studyOfOne,
} from "../workbench/index.js";
import { csvLine } from "./csv.js";

/** `immune-reset model inspect`: size of the compiled model of one strategy in one disease, or with `code` the WebAssembly module as text. */
export function inspectModel(options: {
  readonly disease: string;
  readonly strategy: string;
  readonly code?: boolean;
  readonly lanes: LaneCount;
  readonly json?: boolean;
}): number {
  const study = studyOfOne({ ...options, strategy: [options.strategy], seed: 1, until: 730 });
  const began = performance.now();
  const { system, kernels } = new TrialModels(study, "interpreter").of(options.strategy, study.population[0]!.disease);
  const planned = performance.now();
  const bytes = emitWasm(kernels, options.lanes);
  const emitted = performance.now();
  if (options.code) {
    process.stdout.write(printWasm(bytes));
    return 0;
  }
  compileWasm(kernels, options.lanes);
  const compiled = performance.now();
  const { lu, layout } = kernels;
  const facts = {
    states: kernels.states.length,
    parameters: system.parameters.length,
    quantities: system.quantities.length,
    preparedPerPatient: kernels.prepare.length,
    hubs: kernels.hubs.length,
    jacobianEntries: kernels.jacobian.length,
    luEntries: lu.entries.length,
    bytesOfCode: bytes.length,
    bytesPerLane: layout.size * 8,
    milliseconds: {
      plan: Math.round(planned - began),
      emit: Math.round(emitted - planned),
      compile: Math.round(compiled - emitted),
    },
  };
  if (options.json) {
    process.stdout.write(`${JSON.stringify(facts)}\n`);
    return 0;
  }
  process.stdout.write(
    [
      `${facts.states} states, ${facts.parameters} parameters, ${facts.quantities} quantities; ${facts.preparedPerPatient} numbers computed once per patient`,
      `linear system: ${facts.states} states and ${facts.hubs} hubs, ${facts.jacobianEntries} derivatives, ${facts.luEntries} entries of L and U`,
      `WebAssembly, ${options.lanes} at a time: ${(facts.bytesOfCode / 1024).toFixed(0)} KiB of code, ${(facts.bytesPerLane / 1024).toFixed(0)} KiB of memory per patient`,
      `from text to code: ${facts.milliseconds.plan} ms to read, differentiate and order, ${facts.milliseconds.emit} ms to write, ${facts.milliseconds.compile} ms to compile`,
      "--code prints the module as text",
      "",
    ].join("\n"),
  );
  return 0;
}

const inWords = ({ symbol, kind, module, about, unit, value, level, ...passport }: ModelSymbol): string =>
  [
    `${symbol}${value === undefined ? `, ${kind}` : ` = ${value}`} ${unit}: ${about}`,
    `  ${module}${level === undefined ? "" : `; ${level}: ${originWords(passport)}`}`,
  ].join("\n");

/** `immune-reset model parameters`: symbols with their words; numbers with value and passport. */
export function listParameters(
  pattern: string | undefined,
  { level, json, csv }: { readonly level?: string; readonly json?: boolean; readonly csv?: boolean },
): number {
  const found = findSymbols(pattern).filter((each) => level === undefined || each.level === level);
  if (csv) {
    const lines = found.map((each) =>
      csvLine([
        each.symbol,
        each.kind,
        each.module,
        each.value,
        each.unit,
        ...(each.bounds ?? ["", ""]),
        each.level,
        each.source ?? each.reason,
        each.about,
      ]),
    );
    process.stdout.write(`${["symbol,kind,module,value,unit,low,high,level,why,about", ...lines].join("\n")}\n`);
    return 0;
  }
  process.stdout.write(json ? `${JSON.stringify(found)}\n` : `${found.map(inWords).join("\n")}\n`);
  return 0;
}

/** `immune-reset model sensitivity`: elasticities of one output at one time, largest first. */
export function printSensitivity(
  options: SensitivityRequest & { readonly all?: boolean; readonly json?: boolean; readonly csv?: boolean },
): number {
  const { all, json, csv, ...request } = options;
  const found = sensitivity(request);
  if (json) {
    process.stdout.write(`${JSON.stringify(found)}\n`);
    return 0;
  }
  if (csv) {
    const lines = found.rows.map(({ parameter, elasticity, value, unit, level, about }) =>
      csvLine([parameter, elasticity, value, unit, level, about]),
    );
    process.stdout.write(`${["parameter,elasticity,value,unit,level,about", ...lines].join("\n")}\n`);
    return 0;
  }
  const shown = all
    ? found.rows
    : found.rows.filter(({ elasticity }) => Math.abs(elasticity) >= 0.005).slice(0, MOST_ROWS);
  process.stdout.write(
    [
      `${found.output}${found.about === "" ? "" : ` (${found.about})`} on day ${found.at}: ${Number(found.value.toPrecision(4))} ${found.unit}; typical patient, doses as planned`,
      "per cent of the output for one per cent of the parameter:",
      ...shown.map(
        ({ parameter, elasticity, level, about }) =>
          `${parameter.padEnd(12)}${elasticity.toFixed(2).padStart(8)}  ${level.padEnd(9)}${about}`,
      ),
      `${shown.length} of ${found.rows.length} parameters; --all shows all`,
      "",
    ].join("\n"),
  );
  return 0;
}

const MOST_ROWS = 15;

/** `immune-reset model sensitivity --method morris|sobol`: over the spread of virtual patients, largest first. */
export function printGlobalSensitivity(
  options: GlobalRequest & { readonly all?: boolean; readonly json?: boolean; readonly csv?: boolean },
): number {
  const { all, json, csv, ...request } = options;
  const found = globalSensitivity(request);
  const heads = found.method === "morris" ? ["effect", "spread", "error"] : ["total", "first", "error"];
  if (json) process.stdout.write(`${JSON.stringify(found)}\n`);
  else if (csv) {
    const lines = found.rows.map(({ parameter, size, second, error, level, about }) =>
      csvLine([parameter, size, second, error, level, about]),
    );
    process.stdout.write(`${[`parameter,${heads.join()},level,about`, ...lines].join("\n")}\n`);
  } else {
    const shown = all ? found.rows : found.rows.slice(0, MOST_ROWS);
    const cells = (values: readonly (number | string)[]) =>
      values.map((value) => (typeof value === "number" ? short(value) : value).padStart(10)).join("");
    process.stdout.write(
      [
        `${found.output}${found.about === "" ? "" : ` (${found.about})`} on day ${found.at}, in ${found.unit}; ${found.runs} runs, ${found.failed} failed`,
        found.words,
        `${"".padEnd(12)}${cells(heads)}`,
        ...shown.map(
          ({ parameter, size, second, error, level, about }) =>
            `${parameter.padEnd(12)}${cells([size, second, error])}  ${level.padEnd(9)}${about}`,
        ),
        `${shown.length} of ${found.rows.length} parameters that vary between patients; --all shows all`,
        "",
      ].join("\n"),
    );
  }
  return 0;
}

const short = (value: number): string =>
  value !== 0 && (Math.abs(value) < 0.01 || Math.abs(value) >= 1e5) ? value.toExponential(1) : value.toPrecision(3);

/** `immune-reset model equations`: one module, or all. */
export function printEquations(module: string | undefined, latex: boolean): number {
  process.stdout.write(latex ? modelLatex(module) : modelEquations(module));
  return 0;
}

/** `immune-reset model document`: the page of the whole model, printed or written. */
export function documentModel(file: string | undefined): number {
  const page = modelPage();
  if (file === undefined) {
    process.stdout.write(page);
    return 0;
  }
  try {
    writeFileSync(file, page);
  } catch (error) {
    throw inputProblem(
      "--write",
      `${file} cannot be written: ${(error as Error).message}`,
      "name a file in a folder that exists",
    );
  }
  process.stdout.write(`${file}\n`);
  return 0;
}
