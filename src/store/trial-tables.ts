import {
  type ArmRun,
  type PatientRuns,
  patientsPerReplicate,
  type ReportData,
  type Study,
  type TrialCase,
} from "../trial/index.js";
import type { GrowingFile } from "./files.js";
import { ParquetStream } from "./parquet.js";
import { combineHashes, TableHasher } from "./result-hash.js";
import type { TableFile } from "./run-record.js";
import { Sha256 } from "./sha256.js";
import { defineTable, type Row, type Table, TableBuilder, type TableSpec } from "./table.js";

/** The tables of a trial: every column with its type, unit and meaning. Documentation and SQL read the same declarations. */
const patients = defineTable({
  name: "patients",
  about: "one virtual patient; the same in every arm",
  columns: [
    { name: "patient", type: "int32", unit: "1", about: "number of the patient over all replicates" },
    { name: "replicate", type: "int32", unit: "1", about: "number of the replicate" },
    { name: "disease", type: "string", unit: "", about: "sle, iim or ssc" },
    { name: "age", type: "float64", unit: "year", about: "age" },
    { name: "weight", type: "float64", unit: "kg", about: "body weight" },
    { name: "prior_lines", type: "int32", unit: "1", about: "therapies that failed before" },
    { name: "prednisolone", type: "float64", unit: "mg/day", about: "prednisolone on coming in" },
    { name: "mycophenolate", type: "boolean", unit: "", about: "on mycophenolate on coming in" },
    {
      name: "baseline_activity",
      type: "float64",
      unit: "1",
      about: "activity of the disease's score at screening, 0 to 1",
    },
    {
      name: "refused_draws",
      type: "int32",
      unit: "1",
      about: "draws refused before this patient: implausible or not eligible",
    },
  ],
} as const);

const parameters = defineTable({
  name: "parameters",
  about: "one parameter of one virtual patient that differs from nominal",
  columns: [
    { name: "patient", type: "int32", unit: "1", about: "number of the patient" },
    { name: "parameter", type: "string", unit: "", about: "symbol of the parameter in the model" },
    { name: "value", type: "float64", unit: "1", about: "value, in the parameter's own unit" },
  ],
} as const);

const runs = defineTable({
  name: "runs",
  about: "one patient in one arm",
  columns: [
    { name: "patient", type: "int32", unit: "1", about: "number of the patient" },
    { name: "arm", type: "string", unit: "", about: "arm of the study" },
    { name: "status", type: "string", unit: "", about: "completed, stopped (dropout) or failed (numerics)" },
    { name: "reason", type: "string", unit: "", about: "why it stopped or failed" },
    { name: "end_day", type: "float64", unit: "day", about: "last day that was simulated" },
    { name: "infusion_day", type: "float64", unit: "day", about: "first infusion of cells" },
    { name: "cells_per_kg", type: "float64", unit: "cell/kg", about: "dose that was manufactured" },
    { name: "vein_to_vein", type: "float64", unit: "day", about: "leukapheresis to infusion" },
    { name: "batches", type: "int32", unit: "1", about: "batches that were made" },
    { name: "steps", type: "int32", unit: "1", about: "accepted steps of the integration" },
    { name: "rejected_steps", type: "int32", unit: "1", about: "rejected steps of the integration" },
  ],
} as const);

const visits = defineTable({
  name: "visits",
  about: "one visit of one patient in one arm: what was seen, with measurement error",
  columns: [
    { name: "patient", type: "int32", unit: "1", about: "number of the patient" },
    { name: "arm", type: "string", unit: "", about: "arm of the study" },
    { name: "day", type: "float64", unit: "day", about: "day of the visit" },
    { name: "activity", type: "float64", unit: "1", about: "activity of the disease's score, 0 to 1" },
    { name: "inactive", type: "boolean", unit: "", about: "remission of the disease, whatever the drugs" },
    { name: "drug_free", type: "boolean", unit: "", about: "neither prednisolone nor mycophenolate" },
    { name: "remission", type: "boolean", unit: "", about: "drug-free remission" },
    { name: "response", type: "boolean", unit: "", about: "response by the disease's definition" },
    { name: "relapsing", type: "boolean", unit: "", about: "the relapse rule holds at this visit, not yet confirmed" },
    {
      name: "clones",
      type: "float64",
      unit: "cell",
      about: "autoreactive cells of both sites; latent, nobody sees it",
    },
  ],
} as const);

const items = defineTable({
  name: "items",
  about: "one item of the disease's score at one visit",
  columns: [
    { name: "patient", type: "int32", unit: "1", about: "number of the patient" },
    { name: "arm", type: "string", unit: "", about: "arm of the study" },
    { name: "day", type: "float64", unit: "day", about: "day of the visit" },
    { name: "item", type: "string", unit: "", about: "name of the item" },
    { name: "value", type: "float64", unit: "1", about: "value, in the item's own unit" },
  ],
} as const);

const events = defineTable({
  name: "events",
  about: "one event of one patient in one arm",
  columns: [
    { name: "patient", type: "int32", unit: "1", about: "number of the patient" },
    { name: "arm", type: "string", unit: "", about: "arm of the study" },
    { name: "day", type: "float64", unit: "day", about: "day of the event" },
    { name: "event", type: "string", unit: "", about: "crs, icans, licats, infection, relapse, rescue, dropout, …" },
    { name: "value", type: "float64", unit: "1", about: "grade, count or dose, by event" },
  ],
} as const);

const outcomes = defineTable({
  name: "outcomes",
  about: "the numbers of one patient in one arm that endpoints read; NaN where it did not happen",
  columns: [
    { name: "patient", type: "int32", unit: "1", about: "number of the patient" },
    { name: "arm", type: "string", unit: "", about: "arm of the study" },
    { name: "car_t_peak", type: "float64", unit: "cell/uL", about: "highest CAR-T count in blood" },
    { name: "car_t_peak_day", type: "float64", unit: "day", about: "days after infusion of that count" },
    { name: "depleted_day", type: "float64", unit: "day", about: "first day with blood B cells below 1/µL" },
    { name: "return_day", type: "float64", unit: "day", about: "first day above 5/µL after that" },
    { name: "naive_share", type: "float64", unit: "1", about: "naive share of blood B cells on that day" },
    { name: "lymph_node_90", type: "float64", unit: "1", about: "lymph-node B cells at day 90, fraction of baseline" },
    { name: "autoantibody_90", type: "float64", unit: "%", about: "autoantibody at day 90, % of baseline" },
    { name: "vaccine_365", type: "float64", unit: "%", about: "vaccine antibody at 12 months, % of baseline" },
    { name: "igg_min", type: "float64", unit: "g/L", about: "lowest IgG" },
    { name: "neutropenia", type: "float64", unit: "day", about: "days with neutrophils below 0.5e9/L, first 60 days" },
    { name: "crs", type: "int32", unit: "1", about: "highest CRS grade" },
    { name: "icans", type: "int32", unit: "1", about: "highest ICANS grade" },
    { name: "infections", type: "int32", unit: "1", about: "serious infections" },
    { name: "relapse_day", type: "float64", unit: "day", about: "confirmed relapse" },
    { name: "rescue_day", type: "float64", unit: "day", about: "background therapy taken up again" },
    { name: "prednisolone", type: "float64", unit: "g", about: "prednisolone taken from day 0" },
    {
      name: "failure_day",
      type: "float64",
      unit: "day",
      about: "failure of drug-free remission, or end of observation",
    },
    { name: "failed", type: "boolean", unit: "", about: "whether that was a failure" },
  ],
} as const);

const curves = defineTable({
  name: "curves",
  about: "median and 5–95 % band of a quantity on one day in one arm, as drawn in the report",
  columns: [
    { name: "curve", type: "string", unit: "", about: "id of the curve" },
    { name: "arm", type: "string", unit: "", about: "arm of the study" },
    { name: "day", type: "float64", unit: "day", about: "day" },
    { name: "median", type: "float64", unit: "1", about: "median, in the unit of the curve" },
    { name: "low", type: "float64", unit: "1", about: "5th percentile" },
    { name: "high", type: "float64", unit: "1", about: "95th percentile" },
  ],
} as const);

const numbers = defineTable({
  name: "numbers",
  about: "one number of the report, as in summary.json",
  columns: [
    { name: "name", type: "string", unit: "", about: "dotted name" },
    { name: "value", type: "float64", unit: "1", about: "value, in `unit`" },
    { name: "low", type: "float64", unit: "1", about: "lower end of the interval" },
    { name: "high", type: "float64", unit: "1", about: "upper end of the interval" },
    { name: "unit", type: "string", unit: "", about: "unit of the three" },
  ],
} as const);

/** Declarations of all tables of a trial. */
export const trialTableSpecs = [patients, parameters, runs, visits, items, events, outcomes, curves, numbers];

/** A file that keeps nothing: for a browser, or where only the hash of the result is wanted. */
export const nowhere = async (): Promise<GrowingFile> => ({ append() {}, async finish() {}, async abandon() {} });

/** Rows of a piece before it goes to the disk. */
const PIECE = 50_000;

/** One table on its way to a Parquet file: bounded memory, whatever its length. */
class TableFileWriter<S extends TableSpec> {
  private builder: TableBuilder<S>;
  private readonly hash = new Sha256();
  private readonly stream: ParquetStream;
  readonly hasher: TableHasher;

  constructor(
    readonly spec: S,
    private readonly file: GrowingFile,
  ) {
    this.builder = new TableBuilder(spec);
    this.hasher = new TableHasher(spec);
    this.stream = new ParquetStream(spec, (bytes) => {
      this.hash.update(bytes);
      file.append(bytes);
    });
  }

  append(row: Row<S>): void {
    this.builder.append(row);
    if (this.builder.rows >= PIECE) this.flush();
  }

  private flush(): void {
    const piece = this.builder.build() as unknown as Table;
    this.builder = new TableBuilder(this.spec);
    this.hasher.add(piece);
    this.stream.add(piece);
  }

  async finish(): Promise<TableFile> {
    this.flush();
    this.stream.finish();
    await this.file.finish();
    const { name } = this.spec;
    return { name, rows: this.hasher.rows, file: `${name}.parquet`, sha256: this.hash.hex() };
  }

  abandon = (): Promise<void> => this.file.abandon();
}

/** The tables of a trial, written while patients come in, in the order of patients and arms. */
export class TrialTableWriter {
  private constructor(
    private readonly perReplicate: number,
    private readonly t: {
      readonly patients: TableFileWriter<typeof patients>;
      readonly parameters: TableFileWriter<typeof parameters>;
      readonly runs: TableFileWriter<typeof runs>;
      readonly visits: TableFileWriter<typeof visits>;
      readonly items: TableFileWriter<typeof items>;
      readonly events: TableFileWriter<typeof events>;
      readonly outcomes: TableFileWriter<typeof outcomes>;
      readonly curves: TableFileWriter<typeof curves>;
      readonly numbers: TableFileWriter<typeof numbers>;
    },
  ) {}

  /** `file` makes the file of a name: `growWhole` in the folder of a run, or `nowhere` where only the hash is wanted. */
  static async open(study: Study, file: (name: string) => Promise<GrowingFile>): Promise<TrialTableWriter> {
    const opened: GrowingFile[] = [];
    const open = async <S extends TableSpec>(spec: S) => {
      const grown = await file(`${spec.name}.parquet`);
      opened.push(grown);
      return new TableFileWriter(spec, grown);
    };
    try {
      return new TrialTableWriter(patientsPerReplicate(study), {
        patients: await open(patients),
        parameters: await open(parameters),
        runs: await open(runs),
        visits: await open(visits),
        items: await open(items),
        events: await open(events),
        outcomes: await open(outcomes),
        curves: await open(curves),
        numbers: await open(numbers),
      });
    } catch (error) {
      for (const grown of opened) await grown.abandon();
      throw error;
    }
  }

  add({ patient, runs: treated }: PatientRuns, cases: readonly TrialCase[]): void {
    const { t } = this;
    const { index, disease, covariates, background, baseline } = patient;
    t.patients.append({
      patient: index,
      replicate: Math.floor(index / this.perReplicate),
      disease,
      age: covariates.age,
      weight: covariates.weight,
      prior_lines: covariates.priorLines,
      prednisolone: background.prednisolone,
      mycophenolate: background.mycophenolate,
      baseline_activity: baseline.activity,
      refused_draws: patient.refused.length,
    });
    for (const [parameter, value] of patient.parameters) t.parameters.append({ patient: index, parameter, value });
    for (const run of treated) this.addRun(run);
    const orMissing = (value: number | null) => value ?? Number.NaN;
    for (const { run, outcomes: o } of cases)
      t.outcomes.append({
        patient: index,
        arm: run.arm,
        car_t_peak: orMissing(o.carTPeak),
        car_t_peak_day: orMissing(o.carTPeakDay),
        depleted_day: orMissing(o.depletedDay),
        return_day: orMissing(o.returnDay),
        naive_share: orMissing(o.naiveShare),
        lymph_node_90: orMissing(o.lymphNode90),
        autoantibody_90: orMissing(o.autoantibody90),
        vaccine_365: orMissing(o.vaccine365),
        igg_min: orMissing(o.igGMin),
        neutropenia: orMissing(o.neutropeniaDays),
        crs: o.crs,
        icans: o.icans,
        infections: o.infections,
        relapse_day: orMissing(o.relapseDay),
        rescue_day: orMissing(o.rescueDay),
        prednisolone: o.prednisolone,
        failure_day: o.failure.day,
        failed: o.failure.failed,
      });
  }

  private addRun(run: ArmRun): void {
    const { t } = this;
    const { patient, arm, product } = run;
    t.runs.append({
      patient,
      arm,
      status: run.status,
      reason: run.reason,
      end_day: run.endDay,
      infusion_day: run.infusionDay ?? Number.NaN,
      cells_per_kg: product?.kind === "released" ? product.cellsPerKg : Number.NaN,
      vein_to_vein: product?.kind === "released" ? product.veinToVein : Number.NaN,
      batches: product?.attempts ?? 0,
      steps: run.accepted,
      rejected_steps: run.rejected,
    });
    for (const { day, event, value } of run.events) t.events.append({ patient, arm, day, event, value });
    for (const visit of run.visits) {
      const { day, activity, inactive, drugFree, remission, response, relapsing, clones } = visit;
      t.visits.append({
        patient,
        arm,
        day,
        activity,
        inactive,
        drug_free: drugFree,
        remission,
        response,
        relapsing,
        clones,
      });
      for (const [item, value] of Object.entries(visit.items)) t.items.append({ patient, arm, day, item, value });
    }
  }

  /** Adds what the report says and closes all files. */
  async finish(report: ReportData): Promise<{ readonly files: TableFile[]; readonly resultHash: string }> {
    const { t } = this;
    for (const { id, days, arms } of report.curves)
      for (const { arm, median, low, high } of arms)
        days.forEach((day, i) => {
          t.curves.append({ curve: id, arm, day, median: median[i]!, low: low[i]!, high: high[i]! });
        });
    for (const { name, value, low, high, unit } of report.numbers)
      t.numbers.append({ name, value: value ?? Number.NaN, low: low ?? Number.NaN, high: high ?? Number.NaN, unit });
    const writers = Object.values(t);
    const files: TableFile[] = [];
    for (const writer of writers) files.push(await writer.finish());
    return { files, resultHash: combineHashes(writers.map(({ hasher }) => hasher)) };
  }

  /** Leaves no file. */
  async abandon(): Promise<void> {
    for (const writer of Object.values(this.t)) await writer.abandon();
  }
}
