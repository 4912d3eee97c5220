/** The page of what is known: one list per disease, a map on wide screens, questions, guidance. A pure function of the records; nothing runs on it. */
import {
  CANCERS,
  diseaseName,
  type Evidence,
  LEVELS,
  ladder,
  levelMeaning,
  NOT_COMPUTED,
  RESULTS,
  type Rung,
  therapyName,
} from "../../evidence/index.js";
import { html, type Markup, writePage } from "../../markup/index.js";
import { modelReach } from "../model-reach.js";
import { claimsOf, guidance, sourcesOf } from "./answers.js";
import { cell } from "./cell.js";
import { followUpBar, iconSymbols, steps } from "./drawings.js";
import { STYLE } from "./style.js";
import { APPROVAL_WORDS, capital, cellId, commonName, sentence } from "./words.js";

/** Diseases that the model has come first; then the others that are no cancer; then cancer. */
const DISEASES_FIRST: readonly string[] = [...modelReach().diseases.keys(), "ra", "mg", "nmosd", "ms"];
const LAST: readonly string[] = ["autoimmune-mixed", "crs", "renal-transplant", "not-stated"];

const GROUPS: readonly { readonly name: string; readonly has: (therapy: string) => boolean }[] = [
  { name: "CAR-T and other engineered cells", has: (therapy) => /ca+r-t/.test(therapy) },
  { name: "Antibodies that lead T cells to B cells", has: (therapy) => therapy.endsWith("-engager") },
  { name: "Transplantation", has: (therapy) => therapy === "stem-cell-transplant" },
  { name: "Drugs", has: () => true },
];

export function renderEvidence(evidence: Evidence): string {
  const rungs = ladder(evidence);
  const asOf = rungs[0]?.asOf ?? "no date";
  const rank = (disease: string) =>
    CANCERS.has(disease)
      ? 300
      : LAST.includes(disease)
        ? 200
        : DISEASES_FIRST.includes(disease)
          ? DISEASES_FIRST.indexOf(disease)
          : 100;
  const diseases = [...new Set(rungs.map((r) => r.disease))].sort(
    (a, b) => rank(a) - rank(b) || (diseaseName(a) < diseaseName(b) ? -1 : 1),
  );
  const body = html`<a class="skip" href="#main">Skip to the list</a>${iconSymbols()}
<header><p class="soft">Immune Reset</p><h1>How far along is it, and on how many people does that rest?</h1>
<p class="strip"><strong>Research and education, not medical advice.</strong> Evidence seen up to ${asOf}. ${evidence.cohorts.size} published records, none read in full text. Approved for a cancer is not approved for an autoimmune disease.</p>
${legend()}</header>
<nav aria-label="On this page"><ul><li><a href="#questions">Questions</a></li>${diseases.filter((d) => rank(d) < 200).map((d) => html`<li><a href="#disease-${d}">${commonName(d)}</a></li>`)}${diseases
    .filter((d) => rank(d) === 300)
    .slice(0, 1)
    .map(
      (d) => html`<li><a href="#disease-${d}">Cancer, for contrast</a></li>`,
    )}<li><a href="#said">Said in public</a></li><li><a href="#guidance">Guidance</a></li><li><a href="#sources">Sources</a></li></ul></nav>
<main id="main">${map(
    rungs.filter((r) => !CANCERS.has(r.disease)),
    diseases,
  )}
${diseases.map((disease) =>
  list(
    evidence,
    disease,
    rungs.filter((r) => r.disease === disease),
  ),
)}
<section aria-labelledby="questions"><h2 id="questions">Questions people ask</h2>${claimsOf(evidence, "question")}</section>
<section aria-labelledby="said"><h2 id="said">Said in public</h2>${claimsOf(evidence, "public")}</section>
<section aria-labelledby="model"><h2 id="model">What our own model says</h2>${claimsOf(evidence, "model")}</section>
<section aria-labelledby="guidance"><h2 id="guidance">What guidance says</h2><p>What ought to be done, or how it is done. Most of it comes from cancer, and says so.</p>${guidance(evidence)}</section>
<section aria-labelledby="sources"><h2 id="sources">Sources</h2>${sourcesOf(evidence)}</section></main>
<footer><p>Positions are computed from the records, never typed in. What is known from memory only carries nothing. Of records that may share people the largest counts. Where there is no record nobody has looked: that is not “no”.</p></footer>`;
  return writePage({ title: "What is known: CAR-T in autoimmune disease", style: STYLE, body });
}

function legend(): Markup {
  return html`<div class="legend">
<div><p class="key">How much was tried</p>${steps("L4", "not-recorded")}<dl>${Object.entries(LEVELS).map(([level, meaning]) => html`<dt>${level.slice(1)}</dt><dd>${sentence(meaning)}</dd>`)}<dt>${NOT_COMPUTED}</dt><dd>${sentence(levelMeaning(NOT_COMPUTED))}</dd></dl></div>
<div><p class="key">What came out</p><dl>${Object.values(RESULTS).map(({ glyph, words }) => html`<dt>${glyph}</dt><dd>${sentence(words)}</dd>`)}</dl><p class="note">By the primary endpoints of randomised trials. Hollow steps: tried much, and missed.</p></div>
<div><p class="key">Approval by a regulator</p><p>${(["approved", "not-approved", "not-looked-up"] as const).map((state) => html`<span class="badge ${state}">${APPROVAL_WORDS[state]}</span> `)}</p><p class="note">Not looked up means that nobody here has looked. It is not “no”.</p></div>
<div><p class="key">How long people were watched</p>${followUpBar(30)}<p class="note">The longest group of five or more, against five years; a mark each year.</p></div></div>`;
}

function list(evidence: Evidence, disease: string, rungs: readonly Rung[]): Markup {
  const order = (r: Rung) => GROUPS.findIndex(({ has }) => has(r.therapy));
  return html`<section aria-labelledby="disease-${disease}"><h2 id="disease-${disease}">${capital(diseaseName(disease))}</h2>${disease === "sle" ? html`<p class="soft">With lupus nephritis.</p>` : ""}${GROUPS.map(
    ({ name }, i) => {
      const own = rungs
        .filter((r) => order(r) === i)
        .sort((a, b) => b.patients - a.patients || (a.therapy < b.therapy ? -1 : 1));
      return own.length === 0 ? "" : html`<p class="group">${name}</p>${own.map((rung) => cell(evidence, rung))}`;
    },
  )}</section>`;
}

/** Therapy by disease, on wide screens. Blank: no record. Dotted: a record, and nobody read of a patient in it. */
function map(rungs: readonly Rung[], all: readonly string[]): Markup {
  const diseases = all.filter((disease) => rungs.some((r) => r.disease === disease));
  const order = (therapy: string) => GROUPS.findIndex(({ has }) => has(therapy));
  const treated = (therapy: string) =>
    rungs.filter((r) => r.therapy === therapy).reduce((sum, { patients }) => sum + patients, 0);
  const therapies = [...new Set(rungs.map((r) => r.therapy))].sort(
    (a, b) => order(a) - order(b) || treated(b) - treated(a) || (a < b ? -1 : 1),
  );
  return html`<section class="map" aria-labelledby="map"><h2 id="map">The map</h2><div class="scroll" tabindex="0" role="region" aria-label="Therapies by disease"><table><caption>Level, people, and what the randomised trials found. Blank: no record, nobody has looked. Dotted: a case is known, and nobody here has read of it.</caption>
<thead><tr><td></td>${diseases.map((d) => html`<th scope="col">${capital(diseaseName(d))}</th>`)}</tr></thead>
<tbody>${therapies.map(
    (therapy) =>
      html`<tr><th scope="row">${therapyName(therapy)}</th>${diseases.map((disease) => {
        const rung = rungs.find((r) => r.therapy === therapy && r.disease === disease);
        if (!rung) return html`<td></td>`;
        const { glyph, words } = RESULTS[rung.result];
        const approved = rung.approval.state === "approved" ? " approved" : "";
        return html`<td><a class="${rung.level === NOT_COMPUTED ? "none" : rung.level}" href="#${cellId(therapy, disease)}"><b>${rung.level} ${rung.result === "not-recorded" ? "" : glyph}</b>${rung.patients > 0 ? rung.patients : approved === "" ? "–" : ""}${approved}<span class="unseen">${rung.patients > 0 ? " people" : ""}, ${therapyName(therapy)}, ${diseaseName(disease)}, ${words}</span></a></td>`;
      })}</tr>`,
  )}</tbody></table></div></section>`;
}
