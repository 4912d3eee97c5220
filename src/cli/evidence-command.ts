import { writeFile } from "node:fs/promises";
import {
  type AnsweredClaim,
  answer,
  approvalWords,
  type ClaimItem,
  cite,
  citeLine,
  describeFigure,
  diseaseName,
  type Evidence,
  GATES,
  gaps,
  gates,
  LEVELS,
  ladder,
  levelMeaning,
  NOT_COMPUTED,
  type Pooled,
  type PooledStudy,
  pool,
  RESULTS,
  trialResultWords,
  VERDICTS,
} from "../evidence/index.js";
import { InputProblems, inputProblem, modelReach, packagedEvidence, renderEvidence } from "../workbench/index.js";

/** What all verbs take: another folder of records, and JSON instead of text. */
interface Common {
  readonly dir?: string;
  readonly json?: boolean;
}

const print = (text: string) => process.stdout.write(`${text}\n`);
const printJson = (value: unknown) => print(JSON.stringify(value));
const percent = (x: number): string => `${(100 * x).toFixed(x > 0 && x < 0.1 ? 1 : 0)} %`;
const range = ({ lower, upper }: { readonly lower: number; readonly upper: number }): string =>
  `${(100 * lower).toFixed(0)}–${(100 * upper).toFixed(0)} %`;

/** Columns as wide as their widest cell; the last is left as it is. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows
    .map((row) => row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i]! + 2))).join(""))
    .join("\n");
}

const NOT_ADVICE = "Research and education, not medical advice.";

export async function ladderCommand(options: Common & { readonly html?: string | true }): Promise<number> {
  const evidence = await packagedEvidence(options.dir);
  const rungs = ladder(evidence);
  if (options.html !== undefined) {
    const file = options.html === true ? "evidence.html" : options.html;
    await writeFile(file, renderEvidence(evidence)).catch((error: NodeJS.ErrnoException) => {
      throw inputProblem(
        "--html",
        `${file} cannot be written: ${error.code ?? error.message}`,
        "name a file in a folder that is there",
      );
    });
    process.stderr.write(`${file}\n`);
  }
  if (options.json) {
    printJson(rungs);
    return 0;
  }
  print(
    table([
      ["therapy", "disease", "level", "result", "approval", "records", "why"],
      ...rungs.map((r) => [
        r.therapy,
        r.disease,
        r.level,
        `${RESULTS[r.result].glyph} ${r.result.replace("-", " ")}`,
        APPROVAL_WORDS[r.approval.state],
        r.records.join(", ") || "–",
        r.because,
      ]),
    ]),
  );
  print("\nWhat randomised trials found (a level says how much was tried, not that it worked):");
  for (const trial of new Map(
    rungs.flatMap((r) => r.primaryEndpoint.map((t) => [`${t.record} ${t.trial}`, t])),
  ).values())
    print(`  ${trialResultWords(trial)} (${trial.record})`);
  print("");
  for (const [level, meaning] of Object.entries(LEVELS)) print(`${level}  ${meaning}`);
  print(`${NOT_COMPUTED}   ${levelMeaning(NOT_COMPUTED)}`);
  print(
    `\nComputed from ${evidence.cohorts.size} cohort records; the material reaches to ${rungs[0]?.asOf ?? "no date"}. ${NOT_ADVICE}`,
  );
  return 0;
}

/** Nobody has looked, which is not "no". */
const APPROVAL_WORDS = {
  approved: "approved",
  "not-approved": "not approved",
  "not-looked-up": "not looked up",
} as const;

/** A therapy and a disease that the records have together, or a problem that lists what there is. */
function cellOf(evidence: Evidence, therapy: string, disease: string): void {
  const rungs = ladder(evidence);
  if (!rungs.some((r) => r.therapy === therapy))
    throw inputProblem(
      "--therapy",
      `no records of "${therapy}"`,
      `therapies: ${[...new Set(rungs.map((r) => r.therapy))].join(", ")}`,
    );
  if (!rungs.some((r) => r.therapy === therapy && r.disease === disease))
    throw inputProblem(
      "--disease",
      `no records of ${therapy} in "${disease}"`,
      `diseases with it: ${rungs
        .filter((r) => r.therapy === therapy)
        .map((r) => r.disease)
        .join(", ")}`,
    );
}

export async function gatesCommand(
  options: Common & { readonly therapy: string; readonly disease: string },
): Promise<number> {
  const evidence = await packagedEvidence(options.dir);
  cellOf(evidence, options.therapy, options.disease);
  const found = gates(evidence, options.therapy, options.disease);
  if (options.json) {
    printJson(found);
    return 0;
  }
  print(`${options.therapy} in ${diseaseName(options.disease)}: what would have to be true\n`);
  for (const { id, state, figures, records } of found) {
    print(`${state.padEnd(7)} ${GATES[id]}`);
    for (const figure of figures) print(`        ${figure}`);
    if (records.length > 0) print(`        records: ${records.join(", ")}`);
  }
  return 0;
}

export async function poolCommand(
  options: Common & {
    readonly endpoint: string;
    readonly records?: readonly string[];
    readonly therapy?: string;
    readonly disease?: string;
    readonly costimulation?: string;
    readonly role?: string;
    readonly verifiedOnly?: boolean;
  },
): Promise<number> {
  const evidence = await packagedEvidence(options.dir);
  const { dir: _, json, role, ...request } = options;
  const result = pool(evidence, { ...request, ...(role === undefined ? {} : { roles: [role as "car-t"] }) });
  if (Array.isArray(result)) throw new InputProblems(result);
  const pooled = result as Pooled;
  if (json) {
    printJson(pooled);
    return 0;
  }
  print(`${pooled.endpoint}: ${pooled.meaning}`);
  print(`${poolHeadline(pooled)}\n`);
  print(
    table([
      ["record", "population", "k of n", "", "95 % (exact)", "known by"],
      ...pooled.studies.map((s: PooledStudy) => [
        s.record,
        s.population,
        `${s.k} of ${s.n}`,
        percent(s.k / s.n),
        range(s.interval),
        s.verification,
      ]),
      [
        "all patients as one",
        "",
        `${pooled.k} of ${pooled.n}`,
        percent(pooled.common.proportion),
        range(pooled.common.interval),
        "",
      ],
    ]),
  );
  if (pooled.pHomogeneous !== null) print(`\np = ${pooled.pHomogeneous.toPrecision(2)} for all cohorts being one`);
  if (pooled.randomEffects) {
    const { proportion, interval, prediction, tau } = pooled.randomEffects;
    print(
      `They differ: the middle cohort ${percent(proportion)} (${range(interval)}), a further cohort ${prediction ? range(prediction) : "cannot be foretold from two"}; τ = ${tau.toFixed(2)} on the logit scale.`,
    );
  }
  if (pooled.apart) print("They lie so far apart that no pooled figure speaks for all of them.");
  for (const remark of pooled.remarks) print(`note: ${remark}`);
  for (const { record, reason } of pooled.leftOut) print(`left out: ${record}: ${reason}`);
  return 0;
}

/** What is counted, what it mixes and what was left out, before the table. */
function poolHeadline({ k, n, common, studies, mixes, leftOut }: Pooled): string {
  const twins = leftOut.filter((each) => each.k !== undefined);
  const seen = twins.filter((each) => each.k! > 0);
  const others = leftOut.length - twins.length;
  return [
    `${k} of ${n} in ${studies.length} ${studies.length === 1 ? "record" : "records"}; up to ${percent(common.interval.upper)} is compatible (exact 95 %)`,
    ...(mixes.therapies.length > 1 ? [`counts several therapies together: ${mixes.therapies.join(", ")}`] : []),
    ...(mixes.diseases.length > 1 ? [`counts several diseases together: ${mixes.diseases.join(", ")}`] : []),
    ...(twins.length > 0
      ? [
          `left out, since they may be the same people: ${twins.length} more ${twins.length === 1 ? "record" : "records"}${
            seen.length > 0
              ? `, and in ${seen.length === 1 ? "one" : seen.length} of them it happened: ${seen.map((each) => `${each.k} of ${each.n} (${each.record})`).join(", ")}`
              : ", in none of which it happened"
          }`,
        ]
      : []),
    ...(others > 0
      ? [`left out, since nobody has read a count: ${others} more ${others === 1 ? "record" : "records"}`]
      : []),
  ].join("\n");
}

export async function claimCommand(id: string | undefined, options: Common): Promise<number> {
  const evidence = await packagedEvidence(options.dir);
  const claims = [...evidence.claims.values()];
  if (id !== undefined && !evidence.claims.has(id))
    throw inputProblem("claim", `no claim "${id}"`, `claims: ${claims.map((c) => c.id).join(", ")}`);
  const chosen = (id === undefined ? claims : [evidence.claims.get(id)!]).map((claim) => answer(evidence, claim));
  if (options.json) {
    printJson(id === undefined ? chosen : chosen[0]);
    return 0;
  }
  print(chosen.map((claim) => claimText(evidence, claim)).join("\n\n"));
  return 0;
}

function claimText(evidence: Evidence, claim: AnsweredClaim): string {
  const item = ({ record, because, figures }: ClaimItem): string => {
    const said = figures.map(
      ({ endpoint, population, phrase, verification }) =>
        `${endpoint}${population === "all" ? "" : ` (${population})`} ${phrase}${verification === "secondary" ? ", from another text" : ""}`,
    );
    return `  ${record}: ${because}${said.length > 0 ? `: ${said.join("; ")}` : ""}`;
  };
  const cited = [
    ...new Set([...claim.for, ...claim.against].map(({ record }) => evidence.cohorts.get(record)!.source)),
  ];
  return [
    `“${claim.says}” (${claim.id})`,
    VERDICTS[claim.verdict].toUpperCase(),
    claim.answer,
    ...(claim.ladder.length > 0
      ? claim.ladder.map((r) => `ladder: ${r.therapy} in ${diseaseName(r.disease)} ${r.level}, ${r.because}`)
      : []),
    ...(claim.approvals.length > 0
      ? claim.approvals.map((a) => `approval: ${approvalWords(a)} (looked up on ${a.asOf}, ${a.verification})`)
      : []),
    ...(claim.for.length > 0 ? ["for", ...claim.for.map(item)] : []),
    ...(claim.against.length > 0 ? ["against", ...claim.against.map(item)] : []),
    "unknown",
    ...claim.unknown.map((text) => `  ${text}`),
    ...(cited.length > 0 ? ["sources", ...cited.map((source) => `  ${citeLine(evidence, source)}`)] : []),
  ].join("\n");
}

export async function showCommand(id: string | undefined, options: Common): Promise<number> {
  const evidence = await packagedEvidence(options.dir);
  if (id === undefined) {
    const list = [...evidence.cohorts.values()].map((c) => ({
      id: c.id,
      role: c.role,
      n: c.n ?? null,
      diseases: c.diseases.map((d) => d.disease),
      read: c.read,
      about: c.about,
    }));
    if (options.json) printJson(list);
    else
      print(
        table([
          ["record", "role", "n", "diseases", "read", "about"],
          ...list.map((c) => [c.id, c.role, c.n === null ? "?" : String(c.n), c.diseases.join(" "), c.read, c.about]),
        ]),
      );
    return 0;
  }
  const cohort = evidence.cohorts.get(id);
  if (!cohort) throw inputProblem("record", `no cohort record "${id}"`, "evidence show lists them");
  if (options.json) {
    printJson({ ...cohort, citation: cite(evidence, cohort.source) ?? null, gaps: gaps(cohort, modelReach()) });
    return 0;
  }
  const lacks = gaps(cohort, modelReach());
  const rows = [...(cohort.baseline ?? []), ...cohort.endpoints].map((row) => describeFigure(cohort, row));
  print(`${cohort.id}: ${cohort.about}`);
  print(citeLine(evidence, cohort.source) ?? cohort.source);
  print(
    `read: ${cohort.read}; design: ${cohort.design.kind}; n = ${cohort.n ?? "not stated"}${cohort.overlap ? `; overlap group ${cohort.overlap}` : ""}\n`,
  );
  if (rows.length > 0)
    print(
      table([
        ["endpoint", "population", "figure", "known by"],
        ...rows.map((row) => [
          row.endpoint,
          row.population,
          row.usable ? row.phrase : "(from memory, not shown)",
          row.verification,
        ]),
      ]),
    );
  for (const doubt of cohort.doubts ?? []) print(`doubt: ${doubt}`);
  print(
    lacks.simulatable
      ? "can be simulated from its fields alone"
      : `cannot be simulated from its fields alone: ${[...lacks.missing.map((x) => `no ${x}`), ...lacks.beyondModel.map((x) => `not in the model: ${x}`)].join("; ")}`,
  );
  return 0;
}

export async function gapsCommand(options: Common): Promise<number> {
  const evidence = await packagedEvidence(options.dir);
  const all = [...evidence.cohorts.values()].map((cohort) => gaps(cohort, modelReach()));
  if (options.json) {
    printJson(all);
    return 0;
  }
  const able = all.filter((g) => g.simulatable);
  print(
    `${able.length} of ${all.length} cohort records can be simulated from their fields alone${able.length > 0 ? `: ${able.map((g) => g.record).join(", ")}` : ""}.\n`,
  );
  print(
    table([
      ["record", "lacks"],
      ...all
        .filter((g) => !g.simulatable)
        .map((g) => [g.record, [...g.missing, ...g.beyondModel.map((x) => `[model] ${x}`)].join("; ")]),
    ]),
  );
  return 0;
}
