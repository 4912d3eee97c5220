import {
  answer,
  approvalWords,
  CANCERS,
  cite,
  describeFigure,
  diseaseName,
  type Evidence,
  GATES,
  gates,
  LEVELS,
  ladder,
  levelMeaning,
  NOT_COMPUTED,
  type Rung,
  therapyName,
  trialResultWords,
  VERDICTS,
} from "../evidence/index.js";
import { html, type Markup, writePage } from "../markup/index.js";
import { modelReach } from "./model-reach.js";

/** What the page adds to the style that all pages share. There is no script: cells open by `details`. */
const STYLE = `
:root { --l0: #eceae4; --l1: #dfe7ee; --l2: #c2d7e6; --l3: #93bfdc; --l4: #5c9ec9; --l5: #2d77a8; --l6: #0f5079; }
@media screen and (prefers-color-scheme: dark) { :root { --l0: #2a2c2e; --l1: #25313a; --l2: #274355; --l3: #2b5a77; --l4: #3a7ba3; --l5: #6aa9cf; --l6: #a9d4ee; } }
body { margin: 0 auto; padding: 1.5rem 1.25rem 3rem; max-width: 78rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 var(--plain); }
h1 { font-size: 1.75rem; line-height: 1.2; margin: .2rem 0 .6rem; text-wrap: balance; } h2 { font-size: 1.3rem; margin: 2.2rem 0 .7rem; } h3 { font-size: 1rem; margin: 1rem 0 .3rem; }
p, li { max-width: 75ch; } a { color: var(--link); }
.soft, caption { color: var(--soft); font-size: .9rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; } li { overflow-wrap: anywhere; }
caption { text-align: left; padding-bottom: .4rem; }
th, td { padding: .35rem .5rem; text-align: left; vertical-align: top; font-size: .9rem; } thead th { border-bottom: 1px solid var(--rule); white-space: nowrap; }
.matrix td { padding: 2px; } .matrix th[scope=row] { white-space: nowrap; font-weight: 600; position: sticky; left: 0; background: var(--paper); }
.cell { display: block; min-width: 3.1rem; padding: .45rem .3rem; text-align: center; border-radius: 4px; text-decoration: none; color: #16202a; font-weight: 600; }
.L0 { background: var(--l0); } .L1 { background: var(--l1); } .L2 { background: var(--l2); } .L3 { background: var(--l3); } .L4 { background: var(--l4); } .L5 { background: var(--l5); color: #fff; } .L6 { background: var(--l6); color: #fff; }
@media screen and (prefers-color-scheme: dark) { .cell { color: #e4e3df; } .L4, .L5, .L6 { color: #0d1418; } }
.approved { outline: 2px solid currentColor; outline-offset: -4px; }
details { border-top: 1px solid var(--rule); padding: .5rem 0; } summary { cursor: pointer; font-weight: 600; } details > div { padding: .2rem 0 .6rem 1rem; scroll-margin-top: 4rem; }
.state { display: inline-block; min-width: 4rem; font-weight: 600; } .verdict { font-weight: 600; }
.level { display: inline-block; min-width: 2.2rem; text-align: center; padding: .05rem .3rem; border-radius: 3px; font-weight: 600; color: #16202a; }
@media screen and (prefers-color-scheme: dark) { .level { color: #e4e3df; } .level.L4, .level.L5, .level.L6 { color: #0d1418; } }
.level.L5, .level.L6 { color: #fff; } @media screen and (prefers-color-scheme: dark) { .level.L5, .level.L6 { color: #0d1418; } }
ul { padding-left: 1.2rem; margin: .2rem 0 .6rem; } code { font-size: .9em; overflow-wrap: anywhere; }
@media (max-width: 40rem) { .matrix th[scope=row] { white-space: normal; max-width: 7rem; } .cell { min-width: 2.6rem; } details > div { padding-left: .2rem; } }
`;

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** Stands inside the `details`, which browsers open when they are led there. */
const anchor = ({ therapy, disease }: { readonly therapy: string; readonly disease: string }): string =>
  `${therapy}--${disease}`;

/** CAR-T first, then what it would be compared with; among each, what the model has comes first. */
const THERAPIES_FIRST: readonly string[] = [...modelReach().therapies];
const DISEASES_FIRST: readonly string[] = [...modelReach().diseases.keys()];

/** The whole page: matrix, cells with records and gates, claims. A pure function of the records. */
export function renderEvidence(evidence: Evidence): string {
  const rungs = ladder(evidence);
  const asOf = rungs[0]?.asOf ?? "no date";
  const rank = (list: readonly string[], word: string) => (list.includes(word) ? list.indexOf(word) : list.length);
  const sorted = (words: Iterable<string>, order: (word: string) => number) =>
    [...new Set(words)].sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1));
  const matrix = (caption: string, cells: readonly Rung[]): Markup => {
    const diseases = sorted(
      cells.map((r) => r.disease),
      (disease) => rank(DISEASES_FIRST, disease),
    );
    const therapies = sorted(
      cells.map((r) => r.therapy),
      (therapy) => rank(THERAPIES_FIRST, therapy) + (/ca+r-t/.test(therapy) ? 0 : 100),
    );
    return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table class="matrix"><caption>${caption}</caption>
<thead><tr><th scope="col">therapy</th>${diseases.map((d) => html`<th scope="col"><abbr title="${diseaseName(d)}">${d}</abbr></th>`)}</tr></thead>
<tbody>${therapies.map(
      (therapy) =>
        html`<tr><th scope="row">${therapyName(therapy)}</th>${diseases.map((disease) => {
          const rung = cells.find((r) => r.therapy === therapy && r.disease === disease);
          return html`<td>${
            rung
              ? html`<a class="cell ${rung.level}${rung.approval.state === "approved" ? " approved" : ""}" href="#${anchor(rung)}" title="${diseaseName(disease)}: ${rung.because}">${rung.level}</a>`
              : ""
          }</td>`;
        })}</tr>`,
    )}</tbody></table></div>`;
  };
  const body = html`<header><p class="soft">Immune Reset · evidence · as of ${asOf}</p><h1>How far along is it, and on how many patients does that rest?</h1>
<p>${evidence.cohorts.size} published records, none read in full text. Positions are computed from the records, never typed in. A record known from memory only carries nothing; of records that may share patients the largest counts.</p>
<p><strong>Research and education, not medical advice.</strong> Approved for a cancer is not approved for an autoimmune disease.</p></header>
<main><h2>Studied in autoimmune disease</h2>${matrix(
    "Each cell leads to its records and gates. Lupus includes lupus nephritis.",
    rungs.filter((r) => !CANCERS.has(r.disease)),
  )}
<h2>Approved for, or studied in, cancer</h2>${matrix(
    "A frame marks an approval in that disease. No frame: not approved, or nobody has looked; the cell says which.",
    rungs.filter((r) => CANCERS.has(r.disease)),
  )}
<h2>Levels</h2>
<ul>${Object.entries(LEVELS).map(([level, meaning]) => html`<li><span class="level ${level}">${level}</span> ${sentence(meaning)}</li>`)}<li><span class="level">${NOT_COMPUTED}</span> ${sentence(levelMeaning(NOT_COMPUTED))}</li></ul>
<h2>Said in public</h2>${claimsOf(evidence, "public")}
<h2>Five questions people ask</h2>${claimsOf(evidence, "question")}
<h2>What our own model says</h2>${claimsOf(evidence, "model")}
<h2>Cells</h2>${rungs.map((rung) => cell(evidence, rung))}
</main>`;
  return writePage({ title: "What is known: CAR-T in autoimmune disease", style: STYLE, body });
}

function claimsOf(evidence: Evidence, kind: string): Markup[] {
  return [...evidence.claims.values()]
    .filter((claim) => claim.kind === kind)
    .map((claim) => {
      const full = answer(evidence, claim);
      const side = (name: string, list: typeof full.for) =>
        list.length === 0
          ? ""
          : html`<h3>${name}</h3><ul>${list.map(
              ({ record, because, figures }) =>
                html`<li>${because}${figures.length > 0 ? ": " : ""}${figures.map((f, i) => html`${i > 0 ? "; " : ""}${f.endpoint} ${f.phrase}${f.verification === "secondary" ? " (from another text)" : ""}`)} <span class="soft"><code>${record}</code></span></li>`,
            )}</ul>`;
      return html`<details id="${claim.id}"><summary>${claim.says}</summary><div><p class="verdict">${VERDICTS[claim.verdict]}</p><p>${claim.answer}</p>
${full.approvals.map((a) => html`<p class="soft">${sentence(approvalWords(a))} ${a.verification === "secondary" ? "Another text says so" : "Read in a stored page"}, looked up on ${a.asOf}.</p>`)}${side("For", full.for)}${side("Against", full.against)}
<h3>Unknown</h3><ul>${claim.unknown.map((text) => html`<li>${text}</li>`)}</ul></div></details>`;
    });
}

function cell(evidence: Evidence, rung: Rung): Markup {
  const record = (id: string): Markup => {
    const cohort = evidence.cohorts.get(id);
    const approval = evidence.approvals.get(id);
    if (approval)
      return html`<li><code>${id}</code>: ${approvalWords(approval)} <span class="soft">${approval.read}; ${approval.verification}</span></li>`;
    if (!cohort) return html`<li><code>${id}</code></li>`;
    const source = cite(evidence, cohort.source);
    const figures = cohort.endpoints.map((row) => describeFigure(cohort, row)).filter((f) => f.usable);
    return html`<li><code>${id}</code>: ${cohort.about}${source ? html` <span class="soft">${source.citation}${source.link ? html` <a href="${source.link}">${source.link}</a>` : ""} (${source.checked})</span>` : ""}${
      figures.length > 0
        ? html`<ul>${figures.map((f) => html`<li>${f.endpoint}${f.population === "all" ? "" : ` (${f.population})`}: ${f.phrase}${f.verification === "secondary" ? " (from another text)" : ""}</li>`)}</ul>`
        : ""
    }</li>`;
  };
  return html`<details><summary><span class="level ${rung.level}">${rung.level}</span> ${therapyName(rung.therapy)} in ${diseaseName(rung.disease)}</summary><div id="${anchor(rung)}">
<p>${sentence(levelMeaning(rung.level))} ${sentence(rung.because)}</p>
<h3>Approval</h3><p>${sentence(rung.approval.says)}</p>${rung.approval.records.length > 0 ? html`<ul>${rung.approval.records.map(record)}</ul>` : ""}
${rung.records.length > 0 ? html`<h3>Records that carry it</h3><ul>${rung.records.map(record)}</ul>` : ""}
${rung.primaryEndpoint.length > 0 ? html`<h3>What the randomised trials found</h3><p class="soft">A level says how much was tried, not that it worked.</p><ul>${rung.primaryEndpoint.map((trial) => html`<li>${trialResultWords(trial)} <span class="soft">(<code>${trial.record}</code>)</span></li>`)}</ul>` : ""}
${rung.aside.length > 0 ? html`<h3>Records that do not</h3><ul>${rung.aside.map(({ record: id, reason }) => html`<li><code>${id}</code>: ${reason}</li>`)}</ul>` : ""}
<h3>What would have to be true</h3><ul>${gates(evidence, rung.therapy, rung.disease).map(({ id, state, figures }) => html`<li><span class="state">${state}</span> ${GATES[id]}<br><span class="soft">${sentence(figures.join("; "))}</span></li>`)}</ul></div></details>`;
}
