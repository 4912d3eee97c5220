import { html, type Part } from "../../markup/index.js";
import { formatNumber } from "../number-format.js";
import { numberMark } from "../sentence.js";
import type { Section } from "./section.js";

/** What is needed to get the same bits again. */
export const runRecord: Section = {
  id: "run",
  title: "Run record",
  write(context) {
    const { run, study } = context.data;
    const row = (label: string, value: Part) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
    return html`<dl class="record">
${row("Study", html`<code>${study.id}</code>`)}
${row("Version", run.version)}
${row("Date", run.date)}
${row("Seed", html`<code>${numberMark(context.number("run.seed"), String(run.seed))}</code>`)}
${row("Replicates", numberMark(context.number("run.replicates"), formatNumber(run.replicates, 0)))}
${row("Backend", run.backend)}
${row("Relative tolerance", numberMark(context.number("run.tolerance"), formatNumber(run.tolerance)))}
${row("Study hash", html`<code class="hash">${run.studyHash}</code>`)}
${row("Result hash", html`<code class="hash">${run.resultHash}</code>`)}
</dl>
<p class="command-head">This command repeats the run, bit for bit:</p>
<pre class="command"><code>${run.repeat}</code></pre>`;
  },
};
