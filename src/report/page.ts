import { html, type Markup, writePage } from "../markup/index.js";
import { openReport, type ReportContext } from "./context.js";
import type { ReportData } from "./data.js";
import { keepTogether } from "./keep-together.js";
import { formatNumber } from "./number-format.js";
import { findProblems } from "./problems.js";
import { answer } from "./sections/answer.js";
import { asked } from "./sections/asked.js";
import { assumptions } from "./sections/assumptions.js";
import { conduct } from "./sections/conduct.js";
import { constants } from "./sections/constants.js";
import { curves } from "./sections/curves.js";
import { definitions } from "./sections/definitions.js";
import { headline } from "./sections/headline.js";
import { horizon } from "./sections/horizon.js";
import { limits } from "./sections/limits.js";
import { measures } from "./sections/measures.js";
import { published } from "./sections/published.js";
import { runRecord } from "./sections/run-record.js";
import { safety } from "./sections/safety.js";
import type { Section } from "./sections/section.js";
import { sources } from "./sections/sources.js";
import { structures } from "./sections/structures.js";
import { survival } from "./sections/survival.js";
import { STYLE } from "./style.js";

const SECTIONS: readonly Section[] = [
  answer,
  headline,
  asked,
  curves,
  measures,
  structures,
  survival,
  safety,
  published,
  horizon,
  assumptions,
  conduct,
  constants,
  definitions,
  limits,
  sources,
  runRecord,
];

/** What there is to say where only published models were run. */
const WITHOUT_OWN_MODEL: readonly Section[] = [structures, asked, runRecord];

const NOTICE = "Research and education, not medical advice. All patients on this page are simulated.";

/** The whole report as one HTML file: a pure function of its data. Throws one Error that lists every problem of the data. */
export function renderReport(data: ReportData): string {
  const problems = findProblems(data);
  if (problems.length > 0)
    throw new Error(`the report cannot be written:\n${problems.map((problem) => `- ${problem}`).join("\n")}`);
  const { study, run } = data;
  return writePage({
    title: `${study.title} – Immune Reset`,
    version: run.version,
    style: STYLE,
    body: body(openReport(data)),
  });
}

function body(context: ReportContext): Markup {
  const { study, run } = context.data;
  const whole = context.data.structures?.own ?? true;
  const sections = SECTIONS.filter(
    (section) => (whole || WITHOUT_OWN_MODEL.includes(section)) && (section.shown?.(context.data) ?? true),
  );
  return html`<header class="masthead">
<p class="eyebrow">Immune Reset <span>Virtual trial</span> <span>${run.date}</span> <span>version ${run.version}</span> <span>seed ${run.seed}</span> <span>${formatNumber(run.replicates, 0)} ${run.replicates === 1 ? "replicate" : "replicates"}</span></p>
<h1>${keepTogether(study.title)}</h1>
<p class="question">${keepTogether(study.question)}</p>
<p class="notice">${NOTICE}</p>
</header>
<div class="body">
<nav class="contents" aria-label="Contents"><ol>${sections.map((section) => html`<li><a href="#${section.id}">${section.title}</a></li>`)}</ol></nav>
<main>${sections.map(
    (section) => html`
<section id="${section.id}" class="part" aria-labelledby="${section.id}-title">
<h2 id="${section.id}-title">${section.title}</h2>
${section.write(context)}
</section>`,
  )}
</main>
</div>
<footer><p class="notice">${NOTICE}</p><p>Not a medical device. Do not use it to decide about the treatment of a person.</p></footer>`;
}
