/** Claims, questions and guidelines. */
import {
  type AnsweredClaim,
  answer,
  approvalWords,
  ask,
  type ClaimItem,
  citeLine,
  diseaseName,
  type Evidence,
  figureWords,
  GUIDELINE_TOPICS,
  type Guideline,
  guidelineWords,
  therapyName,
  VERDICTS,
} from "../../evidence/index.js";
import { inputProblem, packagedEvidence } from "../../workbench/index.js";
import { type Common, NOT_ADVICE, print, printJson } from "./output.js";

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

/** `evidence ask "can my sister get it"`: the nearest question in full, the next ones by name. */
export async function askCommand(words: readonly string[], options: Common): Promise<number> {
  const evidence = await packagedEvidence(options.dir);
  const asked = ask(evidence, words.join(" "));
  if (options.json) {
    printJson(asked);
    return 0;
  }
  const [first, ...others] = asked.answers;
  if (first) print(claimText(evidence, first));
  else print("No question here is near that one. `evidence claim` lists those that are answered.");
  for (const cell of asked.cells)
    print(
      `\n${therapyName(cell.therapy)} in ${diseaseName(cell.disease)}: ${cell.level}, ${cell.because}; ${cell.approval.says}`,
    );
  if (others.length > 0) print(`\nNear it:\n${others.map(({ says, id }) => `  ${says} (${id})`).join("\n")}`);
  print(`\n${NOT_ADVICE}`);
  return 0;
}

function claimText(evidence: Evidence, claim: AnsweredClaim): string {
  const item = ({ record, because, figures }: ClaimItem): string => {
    const said = figures.map(
      (figure) =>
        `${figure.endpoint}${figure.population === "all" ? "" : ` (${figure.population})`} ${figureWords(figure)}${figure.verification === "secondary" ? ", from another text" : ""}`,
    );
    return `  ${record}: ${because}${said.length > 0 ? `: ${said.join("; ")}` : ""}`;
  };
  const cited = [
    ...new Set([...claim.for, ...claim.against].map(({ record }) => evidence.cohorts.get(record)!.source)),
  ];
  const list = (head: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : [head, ...lines]);
  return [
    `“${claim.says}” (${claim.id})`,
    VERDICTS[claim.verdict].toUpperCase(),
    claim.answer,
    ...list(
      "what nobody knows",
      claim.unknown.map((text) => `  ${text}`),
    ),
    ...claim.ladder.map((r) => `ladder: ${r.therapy} in ${diseaseName(r.disease)} ${r.level}, ${r.because}`),
    ...claim.approvals.map((a) => `approval: ${approvalWords(a)} (looked up on ${a.asOf}, ${a.verification})`),
    ...list("for", claim.for.map(item)),
    ...list("against", claim.against.map(item)),
    ...list(
      "guidance",
      claim.guidelines.map((each) => `  ${guidelineWords(each)}`),
    ),
    ...list(
      "to ask a doctor",
      (claim.doctor ?? []).map((text) => `  ${text}`),
    ),
    ...list(
      "sources",
      cited.map((source) => `  ${citeLine(evidence, source)}`),
    ),
  ].join("\n");
}

export async function guidelinesCommand(options: Common & { readonly topic?: string }): Promise<number> {
  const evidence = await packagedEvidence(options.dir);
  const topics = Object.keys(GUIDELINE_TOPICS) as Guideline["topic"][];
  if (options.topic !== undefined && !(topics as readonly string[]).includes(options.topic))
    throw inputProblem("--topic", `no topic "${options.topic}"`, `topics: ${topics.join(", ")}`);
  const chosen = [...evidence.guidelines.values()].filter(
    ({ topic }) => options.topic === undefined || topic === options.topic,
  );
  if (options.json) {
    printJson(chosen);
    return 0;
  }
  for (const topic of topics) {
    const own = chosen.filter((each) => each.topic === topic);
    if (own.length === 0) continue;
    print(GUIDELINE_TOPICS[topic].toUpperCase());
    for (const each of own) print(`  ${guidelineWords(each)} [${each.id}]`);
    print("");
  }
  print(`What ought to be done, or is done; not what came out. Most of it comes from cancer. ${NOT_ADVICE}`);
  return 0;
}
