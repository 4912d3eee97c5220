import type { ReportData } from "../report/index.js";
import type { Study } from "../study/index.js";
import { type ArmRun, type PatientRuns, patientsPerReplicate, type TrialCase, timesOf } from "../trial/index.js";
import type { GrowingFile } from "./files.js";
import { ParquetStream } from "./parquet.js";
import { combineHashes, TableHasher } from "./result-hash.js";
import type { TableFile } from "./run-record.js";
import { Sha256 } from "./sha256.js";
import { type Cell, type Row, type Table, TableBuilder, type TableSpec } from "./table.js";
import {
  curves,
  events,
  items,
  measures,
  numbers,
  outcomes,
  parameters,
  patients,
  runs,
  trajectories,
  visits,
} from "./trial-table-specs.js";

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

  /** Cells in the order of the columns. */
  cells(...cells: readonly Cell[]): void {
    this.builder.appendCells(cells);
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
  private readonly perReplicate: number;
  private readonly days: readonly number[];

  private constructor(
    private readonly study: Study,
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
    private readonly asked: {
      readonly trajectories?: TableFileWriter<typeof trajectories>;
      readonly measures?: TableFileWriter<typeof measures>;
    },
  ) {
    this.perReplicate = patientsPerReplicate(study);
    this.days = timesOf(study).courses;
  }

  /** `file` makes the file of a name: `growWhole` in the folder of a run, or `nowhere` where only the hash is wanted. */
  static async open(study: Study, file: (name: string) => Promise<GrowingFile>): Promise<TrialTableWriter> {
    const opened: GrowingFile[] = [];
    const open = async <S extends TableSpec>(spec: S) => {
      const grown = await file(`${spec.name}.parquet`);
      opened.push(grown);
      return new TableFileWriter(spec, grown);
    };
    try {
      return new TrialTableWriter(
        study,
        {
          patients: await open(patients),
          parameters: await open(parameters),
          runs: await open(runs),
          visits: await open(visits),
          items: await open(items),
          events: await open(events),
          outcomes: await open(outcomes),
          curves: await open(curves),
          numbers: await open(numbers),
        },
        {
          ...(study.trajectories === undefined ? {} : { trajectories: await open(trajectories) }),
          ...(study.measures === undefined ? {} : { measures: await open(measures) }),
        },
      );
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
      prednisolone: background["glucocorticoid"]!,
      mycophenolate: background["mycophenolate"]! > 0,
      baseline_activity: baseline.activity,
      refused_draws: patient.refused.length,
    });
    for (const [parameter, value] of patient.parameters) t.parameters.cells(index, parameter, value);
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
        relapse_unconfirmed: o.relapseUnconfirmed,
        remission_day: orMissing(o.remission?.from ?? null),
        remission_end_day: orMissing(o.remission?.until ?? null),
        remission_lost: o.remission?.lost ?? false,
      });
  }

  private addRun(run: ArmRun): void {
    const { t } = this;
    this.addAsked(run);
    const { patient, arm, product } = run;
    t.runs.append({
      patient,
      arm,
      status: run.status,
      reason: run.reason,
      end_day: run.endDay,
      infusion_day: run.infusionDay ?? Number.NaN,
      cells_planned: run.cells?.planned ?? Number.NaN,
      cells_given: run.infusionDay === null ? Number.NaN : (run.cells?.given ?? Number.NaN),
      cells_per_kg: product?.kind === "released" ? product.cellsPerKg : Number.NaN,
      vein_to_vein: product?.kind === "released" ? product.veinToVein : Number.NaN,
      batches: product?.attempts ?? 0,
      steps: run.accepted,
      rejected_steps: run.rejected,
      undershoot: run.undershoot,
    });
    for (const { day, event, value } of run.events) t.events.cells(patient, arm, day, event, value);
    for (const visit of run.visits) {
      const { day, activity, remission, drugFree, drugFreeRemission, response, relapsing, clones } = visit;
      // In the order of the columns: `inactive` is the disease's remission, `remission` the drug-free one.
      t.visits.cells(patient, arm, day, activity, remission, drugFree, drugFreeRemission, response, relapsing, clones);
      for (const item in visit.items) t.items.cells(patient, arm, day, item, visit.items[item]!);
    }
  }

  private addAsked({ patient, arm, course, measures: found }: ArmRun): void {
    const { trajectories, measures } = this.asked;
    if (course && trajectories)
      this.days.forEach((day, row) => {
        course.names.forEach((name, column) => {
          const value = course.values[row * course.names.length + column]!;
          if (!Number.isNaN(value)) trajectories.cells(patient, arm, day, name, value);
        });
      });
    if (found && measures)
      Object.keys(this.study.measures ?? {}).forEach((measure, i) => {
        measures.append({ patient, arm, measure, value: found[i]! });
      });
  }

  private get writers() {
    return [...Object.values(this.t), ...Object.values(this.asked)];
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
    const { writers } = this;
    const files: TableFile[] = [];
    for (const writer of writers) files.push(await writer.finish());
    return { files, resultHash: combineHashes(writers.map(({ hasher }) => hasher)) };
  }

  /** Leaves no file. */
  async abandon(): Promise<void> {
    for (const writer of this.writers) await writer.abandon();
  }
}
