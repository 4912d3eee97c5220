#!/usr/bin/env node
/** cli: how people meet it: one table of verbs. Exit codes: 0 done, 1 our fault, 2 your input. */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { formatProblems } from "../quantity/index.js";
import { StoreError } from "../store/index.js";
import { DISEASE_IDS, MODEL_NAMES, OWN_MODEL } from "../study/index.js";
import { InputProblems, STRATEGY_NAMES, version } from "../workbench/index.js";
import { checkCommand } from "./check.js";
import { askCommand, claimCommand, guidelinesCommand } from "./evidence/answers.js";
import { gapsCommand, gatesCommand, harmCommand, ladderCommand, poolCommand } from "./evidence/figures.js";
import { showCommand } from "./evidence/show.js";
import {
  documentModel,
  inspectModel,
  listParameters,
  printEquations,
  printGlobalSensitivity,
  printSensitivity,
} from "./model.js";
import {
  cleanRunCommand,
  describeTables,
  exportCommand,
  listRuns,
  queryCommand,
  resumeRun,
  showRun,
  verifyRun,
} from "./runs.js";
import { type SimulateOptions, simulateCommand, simulatePeerCommand } from "./simulate.js";
import { trialCommand } from "./trial.js";

const whole =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < least)
      throw new InvalidArgumentError(`a whole number of at least ${least} is needed.`);
    return value;
  };

const days = (text: string): number => {
  const value = Number(text);
  if (!(value >= 28 && value <= 7305)) throw new InvalidArgumentError("a number of days from 28 to 7305 is needed.");
  return value;
};

const between =
  (low: number, high: number, what: string) =>
  (text: string): number => {
    const value = Number(text);
    if (!(value >= low && value <= high)) throw new InvalidArgumentError(`${what} from ${low} to ${high} is needed.`);
    return value;
  };

const anyDay = (text: string): number => {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value > 7305)
    throw new InvalidArgumentError("a day up to 7305 is needed.");
  return value;
};

/** A reader who left (`… | head`) is no fault of the run. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

let exitCode = 0;
const program = new Command("immune-reset")
  .description(
    "In-silico trials of CAR-T cell therapy in autoimmune disease. Research and education, not medical advice.",
  )
  .version(version)
  .showHelpAfterError("(immune-reset --help lists the commands)")
  .exitOverride();

program
  .command("trial")
  .description("run a study file: tables, run record, summary and report.html")
  .argument("[study]", "study file (YAML)")
  .option("--from <run.json>", "repeat the run of a record and compare the result")
  .option("--out <dir>", "folder for the results (default: runs/<study id>)")
  .option("--replicates <n>", "number of replicates instead of the file's", whole(1))
  .option("--seed <n>", "seed instead of the file's", whole(0))
  .option("--workers <n>", "worker threads; no influence on the result", whole(1))
  .option("--max-memory <MB>", "bound on the heaps of all workers together", whole(1))
  .option("--replace", "replace a finished or another run in the folder; without it the same study is continued")
  .option("--json", "one line of JSON instead of the summary")
  .addOption(
    new Option("--backend <name>", "what runs the model (default: wasm, or that of the record)").choices([
      "wasm",
      "interpreter",
    ]),
  )
  .action(async (study, options) => {
    exitCode = await trialCommand(study, options);
  });

program
  .command("simulate")
  .description("one patient under one or more strategies")
  .option("--disease <id>", DISEASE_IDS.join(", "))
  .option("--strategy <name...>", `${STRATEGY_NAMES.join(", ")}, or all`)
  .option("--model <name>", `${MODEL_NAMES.join(" or ")}; a published model knows no strategies`, OWN_MODEL)
  .option("--nominal", "the typical patient instead of a drawn one; no measurement error")
  .option("--seed <n>", "which patient", whole(0), 1)
  .option("--until <days>", "length in days", days, 730)
  .option(
    "--set <name=change...>",
    'changed parameters, as in a study file: rho=2.2 1/day, "rho={times: 1.2}", rho=fixed; the end of the table says what they do',
  )
  .option("--dose <dose...>", '"2e6 cell/kg", or "cd19-car-t: 2e6 cell/kg" where several things have one')
  .option("--weight <kg>", "body weight", between(30, 200, "a weight in kg"))
  .option("--age <years>", "age; no parameter depends on it", between(18, 120, "an age in years"))
  .option("--outputs <names>", "states and quantities instead of the usual curves: CARblood,C3")
  .option("--grid <times>", 'times: "0 day, {from: 1 day, to: 30 day, every: 12 h}, 90 day"')
  .option("--json", "everything as one line of JSON")
  .option("--csv", "courses as CSV (strategy, day, name, value, horizon), of --outputs at --grid")
  .option("--plot", "curves in the terminal")
  .action(async (options) => {
    exitCode = await (options.model === OWN_MODEL ? ofOwnModel(options) : ofPeer(options));
  });

function ofOwnModel(options: Record<string, unknown>): Promise<number> {
  const missing = ["disease", "strategy"].filter((name) => options[name] === undefined);
  const problems = missing.map((name) => ({
    path: `--${name}`,
    what: "is missing",
    hint: `one of ${(name === "disease" ? DISEASE_IDS : STRATEGY_NAMES).join(", ")}`,
  }));
  if (options["csv"] && options["outputs"] === undefined && options["grid"] === undefined)
    problems.push({ path: "--csv", what: "of which courses?", hint: "say --outputs CARblood,C3 or --grid …" });
  if (problems.length > 0) throw new InputProblems(problems);
  return simulateCommand(options as unknown as SimulateOptions);
}

function ofPeer(options: Record<string, unknown>): Promise<number> {
  const idle = ["strategy", "age", "plot"].filter((name) => options[name] !== undefined);
  if (idle.length > 0)
    throw new InputProblems(
      idle.map((name) => ({ path: `--${name}`, what: "says nothing to a published model", hint: "leave it out" })),
    );
  return simulatePeerCommand(options as unknown as Parameters<typeof simulatePeerCommand>[0]);
}

const evidence = program
  .command("evidence")
  .description("what is known: records, ladder, gates, harm, pooling, questions and claims, guidelines");
/** Options of every verb of evidence. */
const evidenceVerb = (name: string, about: string): Command =>
  evidence
    .command(name)
    .description(about)
    .option("--dir <folder>", "records of another folder instead of the package's")
    .option("--json", "one line of JSON");
evidenceVerb("ladder", "how far along each therapy is in each disease, computed from the records")
  .option("--html [file]", "also write the page (default: evidence.html)")
  .action(async (options) => {
    exitCode = await ladderCommand(options);
  });
evidenceVerb("gates", "what would have to be true before it is a treatment")
  .option("--therapy <name>", "as the ladder or people name it", "cd19-car-t")
  .option("--disease <name>", "as the records or people name it, such as lupus", "sle")
  .action(async (options) => {
    exitCode = await gatesCommand(options);
  });
evidenceVerb("harm", "rare harm: what published counts cannot rule out, and in whom they were counted")
  .option("--therapy <name>", "as the ladder or people name it", "cd19-car-t")
  .option("--disease <name>", "as the records or people name it, such as lupus", "sle")
  .action(async (options) => {
    exitCode = await harmCommand(options);
  });
evidenceVerb("ask", "the answer to a question in your own words, found offline")
  .argument("<question...>", 'such as "can my sister get it"')
  .action(async (question: string[], options) => {
    exitCode = await askCommand(question, options);
  });
evidenceVerb("guidelines", "what societies, regulators, protocols and hospitals say ought to be done")
  .option("--topic <id>", "such as vaccination")
  .action(async (options) => {
    exitCode = await guidelinesCommand(options);
  });
evidenceVerb("pool", "one figure from cohorts that share no patients")
  .argument("[records...]", "exactly these records; otherwise all that fit")
  .requiredOption("--endpoint <id>", "such as crs-any")
  .option("--records <id...>", "the same as naming them")
  .option("--therapy <name>", "such as cd19-car-t, or blinatumomab")
  .option("--disease <name>", "such as sle, or lupus")
  .option("--costimulation <id>", "4-1bb or cd28")
  .addOption(
    new Option("--role <role>", "only records of this role").choices([
      "car-t",
      "tissue",
      "engager",
      "comparator",
      "oncology-contrast",
    ]),
  )
  .option("--verified-only", "only figures read in a stored page; figures from memory are never pooled")
  .action(async (named: string[], options) => {
    const records = [...named, ...(options.records ?? [])];
    exitCode = await poolCommand(records.length > 0 ? { ...options, records } : options);
  });
evidenceVerb(
  "claim",
  "sentences said in public, questions people ask, and what our model says: with records for and against",
)
  .argument("[id]", "one claim; all where absent")
  .action(async (id, options) => {
    exitCode = await claimCommand(id, options);
  });
evidenceVerb("show", "a cohort record, or the list of them")
  .argument("[record]", "such as muller_2024_nejm")
  .action(async (id, options) => {
    exitCode = await showCommand(id, options);
  });
evidenceVerb("gaps", "which cohorts can be simulated from their fields alone, and what the others lack").action(
  async (options) => {
    exitCode = await gapsCommand(options);
  },
);

const model = program.command("model").description("the model itself");
model
  .command("inspect")
  .description("size of the compiled model; with --code the WebAssembly module as text")
  .option("--code", "print the module in the WebAssembly text format")
  .option("--disease <id>", DISEASE_IDS.join(", "), "sle")
  .option("--strategy <name>", STRATEGY_NAMES.join(", "), "car-t")
  .addOption(new Option("--lanes <n>", "patients per instruction").choices(["1", "2"]).default("2"))
  .option("--json", "one line of JSON")
  .action(({ lanes, ...options }) => {
    exitCode = inspectModel({ ...options, lanes: lanes === "1" ? 1 : 2 });
  });
model
  .command("parameters")
  .description("every symbol with its words; every number with value, unit, level, source or reason")
  .argument("[pattern]", 'a symbol, a module, a part of its words, or with "*" a form such as "W_*"')
  .addOption(
    new Option("--level <level>", "only numbers of this level").choices(["measured", "fitted", "animal", "assumed"]),
  )
  .option("--json", "as JSON")
  .option("--csv", "as CSV")
  .action((pattern, options) => {
    exitCode = listParameters(pattern, options);
  });
model
  .command("equations")
  .description("the equations of a module, and who acts on its ports")
  .argument("[module]", "such as b-cells, or a published model such as park-2025; all of ours where absent")
  .option("--latex", "as LaTeX (amsmath)")
  .action((module, options) => {
    exitCode = printEquations(module, options.latex ?? false);
  });
model
  .command("sensitivity")
  .description("which parameters move an output at a time: elasticities of the typical patient, Morris, or Sobol")
  .requiredOption("--output <name>", "a state or quantity, such as CARblood or AAb")
  .option("--at <day>", "day after the infusion", anyDay, 180)
  .option("--disease <id>", DISEASE_IDS.join(", "), "sle")
  .option("--strategy <name>", STRATEGY_NAMES.join(", "), "car-t")
  .option("--set <name=change...>", "changed parameters, as for simulate")
  .addOption(
    new Option("--method <name>", "elasticities of the typical patient, or over the spread of virtual patients")
      .choices(["local", "morris", "sobol"])
      .default("local"),
  )
  .option("--samples <n>", "paths of Morris (20), rows of Sobol (128)", whole(2))
  .option("--seed <n>", "of the points of Morris and Sobol", whole(0))
  .option("--log", "Morris, Sobol: of the logarithm of the output")
  .option("--all", "all parameters")
  .option("--json", "one line of JSON")
  .option("--csv", "as CSV")
  .action((options) => {
    exitCode = options.method === "local" ? printSensitivity(options) : printGlobalSensitivity(options);
  });
model
  .command("document")
  .description("the whole model as a page: equations, numbers, therapies, rules, diseases")
  .option("--write [file]", "write it (default: docs/model.md) instead of printing it")
  .action((options) => {
    exitCode = documentModel(options.write === true ? "docs/model.md" : options.write);
  });

program
  .command("check")
  .description("check study files and evidence folders: all problems at once, changes nothing")
  .argument("<file...>", "study files, or a folder of evidence records")
  .option("--json", "problems as JSON")
  .action(async (files, options) => {
    exitCode = await checkCommand(files, options.json ?? false);
  });

const runs = program.command("runs").description("runs on disk: list, show, resume, verify, clean, query");
runs
  .command("list")
  .description("the runs in a folder")
  .argument("[folder]", "folder of runs", "runs")
  .option("--json", "as JSON")
  .action(async (folder, options) => {
    exitCode = await listRuns(folder, options.json ?? false);
  });
runs
  .command("show")
  .description("everything that is known of one run")
  .argument("<run>", "folder of the run")
  .option("--json", "as JSON")
  .action(async (run, options) => {
    exitCode = await showRun(run, options.json ?? false);
  });
runs
  .command("resume")
  .description("continue an unfinished run")
  .argument("<run>", "folder of the run")
  .option("--workers <n>", "worker threads; no influence on the result", whole(1))
  .option("--max-memory <MB>", "bound on the heaps of all workers together", whole(1))
  .option("--json", "one line of JSON instead of the summary")
  .action(async (run, options) => {
    exitCode = await resumeRun(run, options);
  });
runs
  .command("verify")
  .description("check every file and every cell of a finished run against its record")
  .argument("<run>", "folder of the run")
  .action(async (run) => {
    exitCode = await verifyRun(run);
  });
runs
  .command("clean")
  .description("remove temporary files; with --unfinished also the shards of a run that will not be continued")
  .argument("<run>", "folder of the run")
  .option("--unfinished", "give up an unfinished run")
  .action(async (run, options) => {
    exitCode = await cleanRunCommand(run, options.unfinished ?? false);
  });

runs
  .command("query")
  .description("SQL, or a named question, over the tables of one or many runs")
  .argument("<question>", "SQL, or a name that `runs tables` lists")
  .argument("<run...>", "folders of finished runs")
  .option(
    "--json",
    "rows as JSON; whole numbers beyond 2^53 − 1 and decimals of more than 15 digits are texts, NaN and infinity are null",
  )
  .action(async (question, paths, options) => {
    exitCode = await queryCommand(question, paths, options.json ?? false);
  });
runs
  .command("export")
  .description("a table of a finished run as CSV, or as JSON with one row per line")
  .argument("<run>", "folder of the run")
  .option("--table <name>", "which table; `runs tables` lists them", "trajectories")
  .option("--csv", "CSV, which it is unless --json is said")
  .option("--json", "one JSON object per row")
  .action(async (run, options) => {
    exitCode = await exportCommand(run, options);
  });
runs
  .command("tables")
  .description("every table and column of a run with type, unit and meaning; the named questions")
  .option("--json", "as JSON")
  .action((options) => {
    exitCode = describeTables(options.json ?? false);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof InputProblems || error instanceof StoreError) {
    process.stderr.write(`${formatProblems(error.problems)}\n`);
    exitCode = 2;
  } else {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    exitCode = 1;
  }
}
process.exitCode = exitCode;
