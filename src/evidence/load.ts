/** From file contents to checked records: all of them, or every problem with file, line and hint. Needs no file system. */
import { isMap, isPair, LineCounter, type Node, type ParsedNode, parseDocument } from "yaml";
import type { z } from "zod";
import { type Problem, sortProblems } from "../quantity/index.js";
import type { Path, Report } from "./check.js";
import { checkApproval, checkClaims } from "./check-claim.js";
import { checkCohort } from "./check-cohort.js";
import { checkSource } from "./check-source.js";
import { checkTogether } from "./check-together.js";
import { nearest } from "./nearest.js";
import {
  type Approval,
  approvalSchema,
  type Claim,
  type Cohort,
  claimSchema,
  cohortSchema,
  type Evidence,
  type Source,
  sourceSchema,
} from "./record.js";

export interface EvidenceFile {
  /** `sources/ID.yaml`, `cohorts/ID.yaml`, `approvals/ID.yaml` or `claims/ID.yaml`; folders in front of that are only shown. */
  readonly file: string;
  readonly text: string;
}

export type LoadedEvidence =
  | { readonly ok: true; readonly evidence: Evidence }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** A YAML document that can say on which line a key or value stands. */
interface Written {
  readonly file: string;
  readonly problems: Problem[];
  readonly report: Report;
  readonly value: unknown;
}

export function loadEvidence(files: readonly EvidenceFile[]): LoadedEvidence {
  const sources = new Map<string, Source>();
  const cohorts = new Map<string, Cohort>();
  const approvals = new Map<string, Approval>();
  const claims = new Map<string, Claim>();
  const documents: Written[] = [];
  const written = new Map<string, Written>();
  const known = new Set<string>();
  const problems: Problem[] = [];
  if (files.length === 0)
    problems.push({ path: "", what: "no evidence files", hint: "name a folder that holds sources/ and cohorts/" });
  // By name, so that the answer does not depend on how a folder was listed.
  for (const { file, text } of [...files].sort((a, b) => (a.file < b.file ? -1 : 1))) {
    const match = /(?:^|\/)(sources|cohorts|approvals|claims)\/([^/]+)\.yaml$/.exec(file.replaceAll("\\", "/"));
    if (!match) {
      problems.push({
        file,
        path: "",
        what: "neither a source, a cohort, an approval nor a claim",
        hint: "put it at sources/ID.yaml, cohorts/ID.yaml, approvals/ID.yaml or claims/ID.yaml",
      });
      continue;
    }
    const id = match[2]!;
    const document = readDocument(file, text);
    if (known.has(id))
      document.report(["id"], `the id "${id}" occurs twice`, "all records share one space of ids: rename one");
    known.add(id);
    documents.push(document);
    written.set(id, document);
    if (match[1] === "sources") read(document, id, sourceSchema, checkSource, sources);
    else if (match[1] === "cohorts") read(document, id, cohortSchema, checkCohort, cohorts);
    else if (match[1] === "approvals") read(document, id, approvalSchema, checkApproval, approvals);
    else read(document, id, claimSchema, () => {}, claims);
  }
  const evidence: Evidence = { sources, cohorts, approvals, claims };
  checkTogether(evidence, known, (id) => written.get(id)!.report);
  checkClaims(evidence, known, (id) => written.get(id)!.report);
  for (const document of documents) problems.push(...document.problems);
  return problems.length > 0 ? { ok: false, problems: sortProblems(problems) } : { ok: true, evidence };
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
    for (const issue of parsed.error.issues)
      if (!misnamed || issue.path[0] !== "id") reportIssue(issue, document.value, document.report);
    return;
  }
  check(parsed.data, document.report);
  if (!misnamed) into.set(id, parsed.data);
}

function readDocument(file: string, text: string): Written {
  const lines = text.split("\n");
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const problems: Problem[] = [];
  const place = (offset: number) => {
    const { line, col } = counter.linePos(offset);
    return { file, line, column: col, source: lines[line - 1] ?? "" };
  };
  for (const error of [...document.errors, ...document.warnings])
    problems.push({
      ...place(error.pos[0]),
      path: "",
      what: error.code === "DUPLICATE_KEY" ? "a key that stands here twice" : `not readable as YAML: ${error.message}`,
      hint: error.code === "DUPLICATE_KEY" ? "keep one" : "look at the indentation, brackets and quotes here",
    });
  const report: Report = (path, what, hint) => {
    const [start, end] = rangeOf(document.contents, path);
    problems.push({
      ...place(start),
      path: path.map((part) => (typeof part === "number" ? part + 1 : part)).join(" › "),
      what,
      hint,
      width: Math.max(
        1,
        Math.min(end, text.indexOf("\n", start) < 0 ? text.length : text.indexOf("\n", start)) - start,
      ),
    });
  };
  return { file, problems, report, value: document.errors.length > 0 ? undefined : (document.toJS() as unknown) };
}

/** Where the value at `path` is written; of a key that is missing, where its nearest parent is. */
function rangeOf(root: ParsedNode | null, path: Path): readonly [number, number] {
  let node: Node | null = root;
  let range: readonly [number, number] = [0, 0];
  const take = (n: Node | null | undefined) => {
    if (n?.range) range = [n.range[0], n.range[1]];
  };
  take(root);
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && String(item.key) === String(part));
      if (!pair) break;
      take(pair.key as Node);
      node = pair.value as Node | null;
      // A block value is shown at its key; a value on the line of its key is shown itself.
      if (!isMap(node) && node && "value" in node) take(node);
    } else if (node && "items" in node) {
      node = (node.items as Node[])[Number(part)] ?? null;
      take(node);
    } else break;
  }
  return range;
}

/** Zod finds the mistake; the words are ours. */
function reportIssue(issue: z.core.$ZodIssue, value: unknown, report: Report): void {
  const path = issue.path.filter((part) => typeof part !== "symbol");
  const found = path.reduce<unknown>((inner, part) => (inner as Record<string, unknown> | null)?.[part], value);
  const name = String(path.at(-1) ?? "the record");
  if (issue.code === "unrecognized_keys") {
    for (const key of issue.keys) {
      const near = nearest(key, knownKeys);
      const hint = near && near !== key ? `did you mean ${near}?` : "remove it: it does not belong here";
      report([...path, key], `unknown key "${key}"`, hint);
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
  ...new Set([sourceSchema, cohortSchema, approvalSchema, claimSchema].flatMap(keysOf)),
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
