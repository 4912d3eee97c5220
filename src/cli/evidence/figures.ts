/** Verbs that compute: ladder, gates, harm, pooling, gaps. */
import { writeFile } from "node:fs/promises";
import {
  diseaseMeant,
  diseaseName,
  type Evidence,
  endpointOf,
  GATES,
  gaps,
  gates,
  harmWords,
  LEVELS,
  type Levels,
  ladder,
  ladderDisease,
  levelMeaning,
  levelsOf,
  NOT_COMPUTED,
  type Pooled,
  type PooledStudy,
  pool,
  RARE,
  RESULTS,
  rareHarm,
  therapyMeant,
  therapyName,
  trialResultWords,
} from "../../evidence/index.js";
import { InputProblems, inputProblem, modelReach, packagedEvidence, renderEvidence } from "../../workbench/index.js";
import { type Common, NOT_ADVICE, percent, print, printJson, range, table } from "./output.js";

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

/** A therapy and a disease that the records have together, by code or by name, or a problem that lists what there is. */
function cellOf(
  evidence: Evidence,
  written: { readonly therapy: string; readonly disease: string },
): { readonly therapy: string; readonly disease: string } {
  const rungs = ladder(evidence);
  const [therapy, disease] = [therapyMeant(evidence, written.therapy), ladderDisease(diseaseMeant(written.disease))];
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
  return { therapy, disease };
}

export async function gatesCommand(
  options: Common & { readonly therapy: string; readonly disease: string },
): Promise<number> {
  const evidence = await packagedEvidence(options.dir);
  const { therapy, disease } = cellOf(evidence, options);
  const found = gates(evidence, therapy, disease);
  if (options.json) {
    printJson(found);
    return 0;
  }
  print(`${therapyName(therapy)} in ${diseaseName(disease)}: what would have to be true\n`);
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
  const { dir: _, json, role, therapy, disease, ...request } = options;
  const result = pool(evidence, {
    ...request,
    ...(therapy === undefined ? {} : { therapy: therapyMeant(evidence, therapy) }),
    ...(disease === undefined ? {} : { disease: diseaseMeant(disease) }),
    ...(role === undefined ? {} : { roles: [role as "car-t"] }),
  });
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
function poolHeadline({ endpoint, k, n, common, studies, mixes, leftOut }: Pooled): string {
  const { harm } = endpointOf(endpoint);
  const count = `${k} of ${n} in ${studies.length} ${studies.length === 1 ? "record" : "records"}`;
  const limit = `up to ${percent(common.interval.upper)}`;
  const twins = leftOut.filter((each) => each.k !== undefined);
  const seen = twins.filter((each) => each.k! > 0);
  const others = leftOut.length - twins.length;
  return [
    harm && k / n <= RARE
      ? `${limit} cannot be ruled out (exact 95 %): ${count}`
      : `${count}; ${limit} is compatible (exact 95 %)`,
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

/** Upper limits first: what published counts cannot rule out. */
export async function harmCommand(
  options: Common & { readonly therapy: string; readonly disease: string },
): Promise<number> {
  const evidence = await packagedEvidence(options.dir);
  const { therapy, disease } = cellOf(evidence, options);
  const found = rareHarm(evidence, therapy, disease);
  if (options.json) {
    printJson(found);
    return 0;
  }
  print(`${therapyName(therapy)} in ${diseaseName(disease)}: rare harm, by published counts (exact 95 %)\n`);
  for (const harm of found) {
    print(`${harmWords(harm)}.`);
    if (harm.records.length > 0) print(`        records: ${harm.records.join(", ")}`);
  }
  print(`\nOf late harm see: evidence ask "second cancer". ${NOT_ADVICE}`);
  return 0;
}

export async function gapsCommand(options: Common): Promise<number> {
  const evidence = await packagedEvidence(options.dir);
  const all = [...evidence.cohorts.values()].map((cohort) => gaps(cohort, modelReach()));
  const known = levelsOf(evidence);
  if (options.json) {
    printJson({ records: all, known });
    return 0;
  }
  const able = all.filter((g) => g.simulatable);
  print(
    `${able.length} of ${all.length} cohort records can be simulated from their fields alone${able.length > 0 ? `: ${able.map((g) => g.record).join(", ")}` : ""}.`,
  );
  print(
    `Records: ${levelText(known.records)}. Figures: ${levelText(known.figures)}. Identifiers of sources: ${known.identifiers.checked} followed, ${known.identifiers.notChecked} not checked.\n`,
  );
  print(
    table([
      ["record", "lacks"],
      ...all.map((g) => [
        g.record,
        [...g.missing, ...g.beyondModel.map((x) => `[model] ${x}`)].join("; ") || "nothing: can be simulated",
      ]),
    ]),
  );
  return 0;
}

const levelText = ({ verified, secondary, unverified }: Levels["records"]): string =>
  `${verified} read in a page of the publication, ${secondary} from another text, ${unverified} from memory`;
