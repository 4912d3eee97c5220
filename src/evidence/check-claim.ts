/** What a claim or an approval may still have wrong: unknown words, dangling ids, a figure that nobody published. */
import type { ValuePath } from "../reading/index.js";
import { didYouMean, names, type Report, suggest } from "./check.js";
import { diseaseCodes, diseases } from "./diseases.js";
import { endpointIds, isEndpointId } from "./endpoints.js";
import { ladder } from "./ladder.js";
import { type Approval, type Claim, type Evidence, QUESTION_VERDICTS, SENTENCE_VERDICTS } from "./record.js";
import { CANCERS, ladderDisease } from "./therapy.js";

export function checkApproval(approval: Approval, report: Report): void {
  if (!Object.hasOwn(diseases, approval.disease))
    report(["disease"], `unknown disease "${approval.disease}"`, suggest(approval.disease, diseaseCodes));
  const { state, products = [], date, dateNote, indication } = approval;
  if (state === "approved" && products.length === 0)
    report(["state"], "approved, but no product is named", "add products");
  if (state === "approved" && indication === undefined)
    report(["state"], "approved, but for whom is not said", "add indication");
  if (state === "approved" && date === undefined && dateNote === undefined)
    report(["state"], "approved, but when is not said", 'add date, or dateNote such as "date not read"');
  if (state === "not-approved" && date !== undefined)
    report(
      ["date"],
      "a date of approval of what is not approved",
      "remove it; asOf is the day on which somebody looked",
    );
}

export function checkClaims(evidence: Evidence, known: ReadonlySet<string>, report: (id: string) => Report): void {
  const cells = ladder(evidence);
  for (const claim of evidence.claims.values()) {
    const here = report(claim.id);
    for (const side of ["for", "against"] as const)
      claim[side].forEach((item, i) => {
        checkItem(evidence, known, item, [side, i], here);
        checkBorrowed(evidence, item, [side, i], here);
      });
    for (const folder of ["approvals", "guidelines"] as const)
      (claim[folder] ?? []).forEach((id, i) => {
        if (names(evidence, known, folder, id)) return;
        const hint = didYouMean(id, [...evidence[folder].keys()], `add evidence/${folder}/${id}.yaml`);
        here([folder, i], `no ${folder.slice(0, -1)} "${id}"`, hint);
      });
    const verdicts: readonly string[] = claim.kind === "question" ? QUESTION_VERDICTS : SENTENCE_VERDICTS;
    if (!verdicts.includes(claim.verdict))
      here(
        ["verdict"],
        claim.kind === "question" ? `"${claim.verdict}" answers no question` : `"${claim.verdict}" judges no sentence`,
        `write one of ${verdicts.join(", ")}`,
      );
    (claim.ladder ?? []).forEach(({ therapy, disease }, i) => {
      if (!Object.hasOwn(diseases, disease))
        here(["ladder", i, "disease"], `unknown disease "${disease}"`, suggest(disease, diseaseCodes));
      else if (!cells.some((cell) => cell.therapy === therapy && cell.disease === ladderDisease(disease)))
        here(
          ["ladder", i],
          `no records of "${therapy}" in ${disease}`,
          suggest(
            therapy,
            cells.filter((cell) => cell.disease === ladderDisease(disease)).map((cell) => cell.therapy),
          ),
        );
    });
    if (claim.verdict === "supported" && claim.for.length === 0 && (claim.approvals ?? []).length === 0)
      here(["verdict"], "supported, but nothing speaks for it", "name the records, or change the verdict");
  }
}

/** What was counted in people with cancer says so where it is said of others. */
function checkBorrowed(evidence: Evidence, item: Claim["for"][number], at: ValuePath, report: Report): void {
  const cohort = evidence.cohorts.get(item.record);
  if (!cohort?.diseases.every(({ disease }) => CANCERS.has(disease))) return;
  if (/cancer|leukaemia|lymphoma|myeloma/i.test(item.because)) return;
  report([...at, "because"], "counted in people with cancer, and the line does not say so", 'write "from cancer: …"');
}

function checkItem(
  evidence: Evidence,
  known: ReadonlySet<string>,
  item: Claim["for"][number],
  at: ValuePath,
  report: Report,
): void {
  if (!names(evidence, known, "cohorts", item.record)) {
    const hint = didYouMean(item.record, [...evidence.cohorts.keys()], `add evidence/cohorts/${item.record}.yaml`);
    report([...at, "record"], `no cohort "${item.record}"`, hint);
    return;
  }
  const cohort = evidence.cohorts.get(item.record);
  if (item.endpoint === undefined || !cohort) return;
  if (!isEndpointId(item.endpoint)) {
    report([...at, "endpoint"], `unknown endpoint "${item.endpoint}"`, suggest(item.endpoint, endpointIds));
    return;
  }
  const rows = [...(cohort.baseline ?? []), ...cohort.endpoints].filter((row) => row.id === item.endpoint);
  const chosen = rows.filter((row) => item.population === undefined || row.population === item.population);
  if (chosen.length === 0)
    report(
      [...at, "endpoint"],
      `${item.record} reports no "${item.endpoint}"${rows.length > 0 ? " in that population" : ""}`,
      rows.length > 0
        ? `populations: ${rows.map((r) => r.population).join(", ")}`
        : "name another endpoint of that record",
    );
  else if (chosen.every((row) => row.verification === "unverified"))
    report(
      [...at, "endpoint"],
      `the figure of ${item.record} is from memory only`,
      "a claim rests on figures that somebody read",
    );
}
