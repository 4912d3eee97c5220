/** Questions and sentences with their verdicts, and what guidance says. */
import {
  answer,
  approvalWords,
  type ClaimItem,
  citeSource,
  diseaseName,
  type Evidence,
  figureWords,
  GUIDELINE_TOPICS,
  type Guideline,
  guidelineWords,
  RESULTS,
  therapyName,
  VERDICTS,
} from "../../evidence/index.js";
import { html, type Markup } from "../../markup/index.js";
import { cellId, outcomeName, paper, populationName, sentence } from "./words.js";

/** Beside the words, for those who skim. */
const GLYPHS = {
  yes: "✓",
  no: "✕",
  "only-in-trials": "◐",
  "nobody-knows": "?",
  supported: "✓",
  partly: "◐",
  misleading: "!",
  "not-shown": "?",
  contradicted: "✕",
} as const satisfies Record<keyof typeof VERDICTS, string>;

export function claimsOf(evidence: Evidence, kind: string): Markup[] {
  return [...evidence.claims.values()]
    .filter((claim) => claim.kind === kind)
    .map((claim) => {
      const full = answer(evidence, claim);
      const side = (name: string, list: readonly ClaimItem[]) =>
        list.length === 0 ? "" : html`<h3>${name}</h3><ul>${list.map((item) => itemOf(evidence, item))}</ul>`;
      const verdict = html`<span aria-hidden="true">${GLYPHS[claim.verdict]}</span> ${VERDICTS[claim.verdict]}`;
      return html`<details class="question" id="${claim.id}"><summary>${claim.says} <span>${verdict}</span></summary><div><p class="verdict">${verdict}</p><p>${claim.answer}</p>
<div class="unknown"><h3>What nobody knows</h3><ul>${claim.unknown.map((text) => html`<li>${text}</li>`)}</ul></div>
${side("What speaks for it", full.for)}${side("What speaks against it", full.against)}
${full.ladder.length > 0 ? html`<h3>How far along</h3><ul>${full.ladder.map((r) => html`<li><a href="#${cellId(r.therapy, r.disease)}">${therapyName(r.therapy)} in ${diseaseName(r.disease)}</a>: level ${r.level.slice(1)} of 6, ${RESULTS[r.result].words}.</li>`)}</ul>` : ""}
${full.approvals.length > 0 ? html`<h3>Approval</h3><ul>${full.approvals.map((a) => html`<li>${sentence(approvalWords(a))} <span class="soft">Looked up on ${a.asOf}.</span></li>`)}</ul>` : ""}
${full.guidelines.length > 0 ? html`<h3>What guidance says</h3><ul>${full.guidelines.map(guidelineOf)}</ul>` : ""}
${claim.doctor ? html`<h3>Ask your doctor</h3><ul>${claim.doctor.map((text) => html`<li>${text}</li>`)}</ul>` : ""}</div></details>`;
    });
}

function itemOf(evidence: Evidence, { record, because, figures }: ClaimItem): Markup {
  const cohort = evidence.cohorts.get(record)!;
  return html`<li>${sentence(because)}${figures.map(
    (f) =>
      html` ${outcomeName(f.endpoint)}${f.population === "all" ? "" : `, ${populationName(cohort, f.population)}`}: <b>${figureWords(f)}</b>${f.verification === "secondary" ? " (read in another text)" : ""}.`,
  )} <span class="soft">${paper(evidence, record)}</span></li>`;
}

const guidelineOf = (each: Guideline): Markup =>
  html`<li>${guidelineWords(each)}${/^https?:/.test(each.read) ? html` <a href="${each.read}">source</a>` : ""}</li>`;

export const guidance = (evidence: Evidence): Markup[] =>
  (Object.keys(GUIDELINE_TOPICS) as Guideline["topic"][]).flatMap((topic) => {
    const own = [...evidence.guidelines.values()].filter((each) => each.topic === topic);
    return own.length === 0
      ? []
      : [
          html`<details><summary>${sentence(GUIDELINE_TOPICS[topic]).slice(0, -1)}</summary><div><ul>${own.map(guidelineOf)}</ul></div></details>`,
        ];
  });

/** Every source of a cohort record, with its link and whether anybody followed it. */
export function sourcesOf(evidence: Evidence): Markup {
  const cited = [...new Set([...evidence.cohorts.values()].map(({ source }) => source))]
    .map((id) => evidence.sources.get(id)!)
    .filter(({ kind }) => kind !== "unverified-knowledge")
    .map(citeSource)
    .sort((a, b) => (a.citation < b.citation ? -1 : 1));
  return html`<details><summary>${cited.length} sources, and whether anybody followed their links</summary><div><ul>${cited.map(
    ({ citation, link, checked }) =>
      html`<li>${citation} ${link ? html`<a href="${link}">${link}</a> ` : ""}<span class="soft">(${checked})</span></li>`,
  )}</ul></div></details>`;
}
