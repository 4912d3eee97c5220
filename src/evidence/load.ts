/** From file contents to checked records: all of them, or every problem with file, line and hint. Needs no file system. */
import type { z } from "zod";
import { isWarning, type Problem, sortProblems } from "../quantity/index.js";
import { Check, decodeText, plainValue, readTree, spotOf } from "../reading/index.js";
import { didYouMean, type Report } from "./check.js";
import { checkApproval, checkClaims } from "./check-claim.js";
import { checkCohort } from "./check-cohort.js";
import { checkGuideline } from "./check-guideline.js";
import { checkSource } from "./check-source.js";
import { checkTogether } from "./check-together.js";
import {
  type Approval,
  approvalSchema,
  type Claim,
  type Cohort,
  claimSchema,
  cohortSchema,
  type Evidence,
  type Guideline,
  guidelineSchema,
  type Source,
  sourceSchema,
} from "./record.js";

export interface EvidenceFile {
  /** `sources/ID.yaml`, or another of `FOLDERS`; folders in front of that are only shown. */
  readonly file: string;
  /** Its text, or its bytes as they were read. */
  readonly content: string | Uint8Array;
}

export const FOLDERS = ["sources", "cohorts", "approvals", "guidelines", "claims"] as const;
const FILE = new RegExp(`(?:^|/)(${FOLDERS.join("|")})/([^/]+)\\.yaml$`);

export type LoadedEvidence =
  | { readonly ok: true; readonly evidence: Evidence; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** A record as it was written, which can say on which line a key or value stands. */
interface Written {
  /** Problems and warnings up to now. */
  readonly notes: () => readonly Problem[];
  /** At the value of the path. */
  readonly report: Report;
  /** At the last key of the path. */
  readonly reportKey: Report;
  readonly value: unknown;
}

export function loadEvidence(files: readonly EvidenceFile[]): LoadedEvidence {
  const sources = new Map<string, Source>();
  const cohorts = new Map<string, Cohort>();
  const approvals = new Map<string, Approval>();
  const guidelines = new Map<string, Guideline>();
  const claims = new Map<string, Claim>();
  const documents: Written[] = [];
  const written = new Map<string, Written>();
  const known = new Set<string>();
  const problems: Problem[] = [];
  if (files.length === 0)
    problems.push({ path: "", what: "no evidence files", hint: "name a folder that holds sources/ and cohorts/" });
  // By name, so that the answer does not depend on how a folder was listed.
  for (const { file, content } of [...files].sort((a, b) => (a.file < b.file ? -1 : 1))) {
    const match = FILE.exec(file.replaceAll("\\", "/"));
    if (!match) {
      problems.push({
        file,
        path: "",
        what: "neither a source, a cohort, an approval, a guideline nor a claim",
        hint: `put it at one of ${FOLDERS.map((folder) => `${folder}/ID.yaml`).join(", ")}`,
      });
      continue;
    }
    const id = match[2]!;
    const document = readDocument(file, content);
    if (known.has(id))
      document.report(["id"], `the id "${id}" occurs twice`, "all records share one space of ids: rename one");
    known.add(id);
    documents.push(document);
    written.set(id, document);
    if (match[1] === "sources") read(document, id, sourceSchema, checkSource, sources);
    else if (match[1] === "cohorts") read(document, id, cohortSchema, checkCohort, cohorts);
    else if (match[1] === "approvals") read(document, id, approvalSchema, checkApproval, approvals);
    else if (match[1] === "guidelines") read(document, id, guidelineSchema, checkGuideline, guidelines);
    else read(document, id, claimSchema, () => {}, claims);
  }
  const evidence: Evidence = { sources, cohorts, approvals, guidelines, claims };
  checkTogether(evidence, known, (id) => written.get(id)!.report);
  checkClaims(evidence, known, (id) => written.get(id)!.report);
  for (const document of documents) problems.push(...document.notes());
  return problems.every(isWarning)
    ? { ok: true, evidence, warnings: sortProblems(problems) }
    : { ok: false, problems: sortProblems(problems) };
}

function read<T extends { readonly id: string }>(
  document: Written,
  id: string,
  schema: z.ZodType<T>,
  check: (record: T, report: Report) => void,
  into: Map<string, T>,
): void {
  if (document.value === undefined) return;
  const parsed = schema.safeParse(document.value);
  const writtenId = (document.value as { id?: unknown } | null)?.id;
  const misnamed = typeof writtenId === "string" && writtenId !== id;
  if (misnamed)
    document.report(
      ["id"],
      `the id is "${writtenId}", the file name says "${id}"`,
      `write id: ${id}, or rename the file`,
    );
  if (!parsed.success) {
    for (const issue of parsed.error.issues) if (!misnamed || issue.path[0] !== "id") reportIssue(issue, document);
    return;
  }
  check(parsed.data, document.report);
  if (!misnamed) into.set(id, parsed.data);
}

function readDocument(file: string, content: string | Uint8Array): Written {
  const check = new Check("text", file);
  const decoded = typeof content === "string" ? { text: content } : decodeText(content, file);
  if ("problem" in decoded)
    return { notes: () => [decoded.problem], report: () => {}, reportKey: () => {}, value: undefined };
  const tree = readTree(decoded.text, check);
  if (!tree) return { notes: () => check.problems, report: () => {}, reportKey: () => {}, value: undefined };
  // What stands on a line that could not be read as it is gets no second problem.
  const broken = new Set(check.problems.flatMap((each) => (isWarning(each) ? [] : (each.line ?? []))));
  const at =
    (which: "spot" | "key"): Report =>
    (path, what, hint) => {
      const found = spotOf(tree, path);
      const { line } = found[which].place ?? {};
      if (!found.lost && !(line !== undefined && broken.has(line))) check.report(found[which], what, hint);
    };
  return { notes: () => check.problems, report: at("spot"), reportKey: at("key"), value: plainValue(tree, check) };
}

/** Zod finds the mistake; the words are ours. */
function reportIssue(issue: z.core.$ZodIssue, { value, report, reportKey }: Written): void {
  const path = issue.path.filter((part) => typeof part !== "symbol");
  const found = path.reduce<unknown>((inner, part) => (inner as Record<string, unknown> | null)?.[part], value);
  const name = String(path.at(-1) ?? "the record");
  if (issue.code === "unrecognized_keys") {
    for (const key of issue.keys) {
      const hint = didYouMean(key, knownKeys, "remove it: it does not belong here");
      reportKey([...path, key], `unknown key "${key}"`, hint);
    }
    return;
  }
  const wanted = wantedBy(issue);
  if (found === undefined) report(path, `${name} is missing`, wanted);
  else report(path, `${name} is ${JSON.stringify(found)}`, wanted);
}

function wantedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `write ${issue.expected === "int" ? "a whole number" : `a ${issue.expected}`}`;
    case "invalid_value":
      return `write ${issue.values.map(String).join(", ")}`;
    case "invalid_union":
      return "write kind: sd or se with value, or kind: iqr, range, ci95 or interval with low and high";
    default:
      return issue.message.replace(/^(Invalid|Too)/, (word) => word.toLowerCase());
  }
}

const knownKeys: readonly string[] = [
  ...new Set([sourceSchema, cohortSchema, approvalSchema, guidelineSchema, claimSchema].flatMap(keysOf)),
];

/** Every key that occurs anywhere in a schema, for hints. */
function keysOf(schema: z.core.$ZodType): string[] {
  const definition = (
    schema as unknown as {
      def: {
        type: string;
        element?: z.core.$ZodType;
        innerType?: z.core.$ZodType;
        options?: z.core.$ZodType[];
        shape?: Record<string, z.core.$ZodType>;
      };
    }
  ).def;
  const inside = [definition.element, definition.innerType, ...(definition.options ?? [])].filter(
    (s) => s !== undefined,
  );
  const shape = definition.shape ?? {};
  return [...Object.keys(shape), ...[...inside, ...Object.values(shape)].flatMap(keysOf)];
}
