/** One therapy in one disease: a row of the list that opens to a summary of findings. */
import {
  type Cohort,
  describeFigure,
  diseaseName,
  type Evidence,
  type Finding,
  figureWords,
  findings,
  GATES,
  gates,
  levelMeaning,
  longestWatched,
  NOT_COMPUTED,
  type RareHarm,
  RESULTS,
  type Rung,
  recordsOf,
  therapyName,
  trialResultWords,
  upTo,
} from "../../evidence/index.js";
import { html, type Markup, type Part } from "../../markup/index.js";
import { followUpBar, hundred, steps } from "./drawings.js";
import {
  approvalBadge,
  capital,
  cellId,
  outcomeName,
  paper,
  people,
  populationName,
  sentence,
  timeWords,
  withoutIds,
} from "./words.js";

const DAYS_PER_MONTH = 365.25 / 12;
const small = (text: string): Markup => html`<small>${text}</small>`;

export function cell(evidence: Evidence, rung: Rung): Markup {
  const watched = longestWatched(recordsOf(evidence, rung.therapy, rung.disease));
  const months = watched ? watched.days / DAYS_PER_MONTH : null;
  const { glyph, words } = RESULTS[rung.result];
  return html`<details><summary class="row"><span class="name">${therapyName(rung.therapy)}</span>
<span>${steps(rung.level, rung.result)}<small>${rung.level === NOT_COMPUTED ? "no level: trials not among the records" : `level ${rung.level.slice(1)} of 6`}</small></span>
<span><b>${rung.patients > 0 ? people(rung.patients) : "–"}</b>${small(rung.patients > 0 ? `${rung.groups} ${rung.groups === 1 ? "group" : "groups"}` : "number not read")}</span>
<span class="${rung.result === "met" ? "met" : rung.result === "missed" ? "missed" : "result"}">${glyph} ${words}</span>
<span>${approvalBadge(evidence, rung.approval)}</span>
<span>${followUpBar(months)}${small(months === null ? "follow-up not read" : `${Math.round(months)} of 60 months`)}</span></summary>
<div id="${cellId(rung.therapy, rung.disease)}">${inside(evidence, rung)}</div></details>`;
}

function inside(evidence: Evidence, rung: Rung): Markup {
  const { benefit, harm, rare } = findings(evidence, rung.therapy, rung.disease);
  const rows = [
    ...rare.filter(({ count }) => count !== null).map((each) => rareRow(evidence, each)),
    ...[...benefit, ...harm].map((each) => findingRow(evidence, rung, each)),
  ];
  const unread = rare.filter(({ count }) => count === null).map(({ name }) => name);
  return html`<p>${sentence(levelMeaning(rung.level))} ${sentence(rung.because)}</p>
<h3>Approval</h3><p>${sentence(rung.approval.says)}</p>
${rung.primaryEndpoint.length > 0 ? html`<h3>What the randomised trials found</h3><ul>${rung.primaryEndpoint.map((trial) => html`<li>${trialResultWords(trial)} (${paper(evidence, trial.record)})</li>`)}</ul>` : ""}
${
  rows.length > 0
    ? html`<div class="scroll" tabindex="0" role="region" aria-label="Summary of findings: ${therapyName(rung.therapy)} in ${diseaseName(rung.disease)}"><table class="findings"><caption>Summary of findings. Each dot is one of 100 people. Solid: at least as many. Pale: as many as were seen in the studies. Outlined: up to what the counts cannot rule out (exact 95 % interval).</caption>
<thead><tr><th scope="col">Outcome</th><th scope="col">Seen in</th><th scope="col">Of 100 people</th><th scope="col">Certainty, and why</th><th scope="col">Records</th></tr></thead>
<tbody>${rows}</tbody></table></div>`
    : html`<p>No count here that may be put together: nobody has looked, or only percentages were printed.</p>`
}
${unread.length > 0 ? html`<p class="note">Nobody has read a count of: ${unread.join(", ")}. That is not zero.</p>` : ""}
<h3>What would have to be true before it is a treatment</h3><ul>${gates(evidence, rung.therapy, rung.disease).map(({ id, state, figures }) => html`<li><span class="state">${capital(state)}</span>: ${GATES[id]}. <span class="soft">${figures.map((figure) => sentence(withoutIds(evidence, figure))).join(" ")}</span></li>`)}</ul>
${rung.records.some((id) => evidence.cohorts.has(id)) ? html`<h3>Records that carry the level</h3>${rung.records.flatMap((id) => evidence.cohorts.get(id) ?? []).map((cohort) => recordOf(evidence, cohort))}` : ""}
${rung.approval.records.length > 0 ? html`<h3>Where the approval was looked up</h3><ul>${rung.approval.records.map((id) => evidence.approvals.get(id)!).map((each) => html`<li>${each.regulator}: <span class="soft">${each.read}</span></li>`)}</ul>` : ""}
${rung.aside.length > 0 ? html`<h3>Records that do not carry it</h3><ul>${rung.aside.map(({ record, reason }) => html`<li>${paper(evidence, record)}: ${withoutIds(evidence, reason)}</li>`)}</ul>` : ""}`;
}

const row = (head: Part, seen: Part, icons: Part, certainty: Part, records: Part): Markup =>
  html`<tr><th scope="row">${head}</th><td data-head="Seen in">${seen}</td><td data-head="Of 100 people">${icons}</td><td data-head="Certainty, and why">${certainty}</td><td data-head="Records">${records}</td></tr>`;

const papers = (evidence: Evidence, records: readonly string[]): Markup =>
  html`${records.map((id, i) => html`${i > 0 ? "; " : ""}${paper(evidence, id)}`)}`;

/** Rare harm: what cannot be ruled out stands first. */
function rareRow(evidence: Evidence, { name, count, all, borrowed, reviews, records }: RareHarm): Markup {
  const { k, n, lower, upper } = count!;
  const more = [
    ...(all ? [`All autoimmune diseases together: ${upTo(all.upper)}, seen in ${all.k} of ${all.n}.`] : []),
    ...reviews.map(
      (review) => `A review counts ${review.k} of ${review.n}${review.note === "" ? "" : ` (${review.note})`}.`,
    ),
  ];
  return row(
    capital(name),
    html`<b>${capital(upTo(upper))} cannot be ruled out</b>${small(`seen in ${k} of ${n}`)}${borrowed === null ? "" : small(capital(borrowed))}${more.map(small)}`,
    hundred(k / n, { lower, upper }),
    html`<b>Very low</b>${small(`rare harm, ${people(n)}${borrowed === null ? "" : ", not of this therapy in this disease alone"}`)}`,
    papers(evidence, [...records, ...reviews.map(({ record }) => record)]),
  );
}

function findingRow(evidence: Evidence, rung: Rung, finding: Finding): Markup {
  const { k, n, interval, control, definitions, times, certainty, studies, wider, notAdded, diseases } = finding;
  const defined = definitions.filter((each) => each !== "" && each !== "not stated");
  const others = diseases.filter((each) => each !== rung.disease).map(diseaseName);
  const whom =
    others.length === 0
      ? ""
      : `Counted in ${others.join(", ")}: ${diseaseName(rung.disease)} is ${diseases.includes(rung.disease) ? "among them and not told apart" : "not among them"}`;
  const lines = [
    `${(100 * interval.lower).toFixed(0)} to ${(100 * interval.upper).toFixed(0)} of 100`,
    ...(control ? [`compared with ${control.k} of ${control.n}`] : []),
    ...(whom === "" ? [] : [whom]),
    ...(wider ? [`All autoimmune diseases together: ${wider.k} of ${wider.n}`] : []),
    ...(notAdded.length === 0
      ? []
      : [
          `Not added, since they may be the same people: ${notAdded.map((each) => `${each.k} of ${each.n} (${withoutIds(evidence, each.record)})`).join("; ")}`,
        ]),
  ];
  return row(
    html`${capital(finding.outcome)}${defined.length > 0 ? small(defined.join("; ")) : ""}${small(times.length > 0 ? `after ${times.map(({ value, unit }) => timeWords(value, unit)).join(", ")}` : "when is not stated")}`,
    html`<b>${k} of ${n}</b>${lines.map(small)}`,
    hundred(k / n, interval),
    html`<b>${capital(certainty.level)}</b>${small(certainty.why)}`,
    papers(
      evidence,
      studies.map(({ record }) => record),
    ),
  );
}

/** A record in words: what it is, its figures with definition and time, conflicts and doubts. */
function recordOf(evidence: Evidence, cohort: Cohort): Markup {
  const rows = cohort.endpoints.map((each) => describeFigure(cohort, each)).filter(({ usable }) => usable);
  const when = ({ timepoint }: (typeof rows)[number]["row"]) =>
    timepoint ? `, ${timeWords(timepoint.value, timepoint.unit)}` : "";
  return html`<details><summary>${sentence(cohort.about)} <span class="soft">${withoutIds(evidence, cohort.id)}</span></summary><div>
<p>${paper(evidence, cohort.id)}. ${cohort.use === "validate" ? "Kept for prediction only: no number of our model is set from it." : ""}</p>
<ul>${rows.map((figure) => {
    const { row: each, verification, population } = figure;
    return html`<li>${outcomeName(each.id)}, ${populationName(cohort, population)}${when(each)}: <b>${figureWords(figure)}</b>${each.definition && each.definition !== "not stated" ? ` (${each.definition})` : ""}${each.cause ? `; cause: ${each.cause}` : ""}${verification === "secondary" ? html` <span class="soft">read in another text</span>` : ""}</li>`;
  })}</ul>
${(cohort.conflicts ?? []).map(({ about, used, others, why }) => html`<p><b>Two texts disagree: ${about}.</b> Used: ${used.says} (${used.from}). ${others.map((other) => `Other: ${other.says} (${other.from}).`).join(" ")} ${why}</p>`)}
${(cohort.doubts ?? []).length > 0 ? html`<p class="note">Doubts: ${withoutIds(evidence, cohort.doubts!.join(" "))}</p>` : ""}</div></details>`;
}
