/**
 * What the report adds to the style that all pages share.
 * Arm colours: blue, orange, grey and so on in steps of lightness too, so that they differ for every kind of colour vision and in grey print; dashes tell them apart as well.
 */
export const STYLE = `
:root {
  --grid: #e3e6e8; --axis: #8b9299; --beyond: #f1f0ec; --beyond-edge: #8a8577; --observed: #c9d6df;
  --in: #1c1f22; --out: #a83200; --bar: #5d7f98; --bar-rest: #c3c7ca;
  --arm-0: #0067a8; --arm-1: #b84a00; --arm-2: #5a5f64; --arm-3: #8f2f7c; --arm-4: #00735a; --arm-5: #7a5c00; --arm-6: #4b3fb0; --arm-7: #a11f3c;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --grid: #2b3035; --axis: #6f767c; --beyond: #212529; --beyond-edge: #8d8a80; --observed: #38505f;
    --in: #e4e3df; --out: #f5996b; --bar: #7d9fb8; --bar-rest: #4b5156;
    --arm-0: #5fb2ea; --arm-1: #f0954f; --arm-2: #b9bdc1; --arm-3: #dd94cd; --arm-4: #45c7a4; --arm-5: #dcb84a; --arm-6: #a9a0f5; --arm-7: #f2899d;
  }
}
body { margin: 0; padding: 0 2rem; background: var(--paper); color: var(--ink); font: 1.0625rem/1.55 var(--prose); }
.masthead, .body, footer { max-width: 72rem; margin: 0 auto; }
.keep { white-space: nowrap; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
h1, h2, h3, p, ul, ol, dl, figure { margin: 0; }
ul, ol { padding: 0; }
code { font: .86em/1.4 var(--mono); overflow-wrap: anywhere; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.masthead { padding-top: 2.75rem; padding-bottom: 1.75rem; }
.eyebrow { font: .8125rem/1.5 var(--plain); color: var(--soft); }
.eyebrow span::before { content: "· "; margin-left: .15em; }
h1 { font-size: 2.125rem; line-height: 1.18; font-weight: 600; letter-spacing: -.012em; margin: .55rem 0 .7rem; max-width: 27em; text-wrap: balance; }
.question { font-size: 1.2rem; line-height: 1.45; max-width: 72ch; text-wrap: pretty; }
.notice { font: 600 .875rem/1.5 var(--plain); margin-top: .95rem; }
footer { padding-top: 1.5rem; padding-bottom: 3.5rem; font: .875rem/1.5 var(--plain); color: var(--soft); }
footer .notice { color: var(--ink); margin: 0; }

.body { display: grid; grid-template-columns: 11.25rem minmax(0, 1fr); column-gap: 2.75rem; border-top: 1px solid var(--rule); }
.contents { font: .8125rem/1.35 var(--plain); position: sticky; top: 0; align-self: start; padding-top: 2.05rem; }
.contents ol { list-style: none; }
.contents a { display: block; padding: .26rem 0; color: var(--soft); text-decoration: none; }
.contents a:hover { color: var(--link); text-decoration: underline; }
.part { padding: 1.8rem 0 2.4rem; }
.part + .part { border-top: 1px solid var(--rule); }
h2 { font-size: 1.4375rem; line-height: 1.25; font-weight: 600; letter-spacing: -.008em; margin-bottom: .85rem; }
h3 { font: 600 .9375rem/1.35 var(--plain); margin: 1.5rem 0 .5rem; }
.part p { max-width: 70ch; text-wrap: pretty; }
.note, .figure-note, caption { font: .8438rem/1.5 var(--plain); color: var(--soft); }
.note { margin-top: .85rem; }
.answer { display: grid; gap: .7rem; font-size: 1.1875rem; line-height: 1.5; }
.answer p { max-width: 64ch; }
.num { font-weight: 600; font-variant-numeric: lining-nums tabular-nums; white-space: nowrap; }
.answer .range { font-size: .9em; }
.range { color: var(--soft); white-space: nowrap; font-variant-numeric: lining-nums tabular-nums; }

.arm-0 { --arm: var(--arm-0); --dash: none; }
.arm-1 { --arm: var(--arm-1); --dash: 8 3; }
.arm-2 { --arm: var(--arm-2); --dash: 2.2 2.6; }
.arm-3 { --arm: var(--arm-3); --dash: 9 3 2 3; }
.arm-4 { --arm: var(--arm-4); --dash: 13 4; }
.arm-5 { --arm: var(--arm-5); --dash: 5 2 1.5 2 1.5 2; }
.arm-6 { --arm: var(--arm-6); --dash: 4 4; }
.arm-7 { --arm: var(--arm-7); --dash: 1.5 4; }
.arm-id { color: var(--arm); font: 600 .8125rem/1.35 var(--plain); white-space: nowrap; }
.swatch { flex: none; width: 30px; height: 10px; }
.arm-head { display: block; }
.arm-label { display: block; }
.arm-mark { display: flex; gap: .5rem; align-items: center; padding-top: .15rem; }
.key { list-style: none; display: flex; flex-wrap: wrap; gap: .35rem 1.75rem; font: .8438rem/1.4 var(--plain); margin: .9rem 0 1.1rem; }
.key li { display: flex; gap: .5rem; align-items: center; }

table { border-collapse: collapse; width: 100%; font: .9063rem/1.4 var(--plain); font-variant-numeric: lining-nums tabular-nums; }
caption { text-align: left; padding-bottom: .7rem; caption-side: top; max-width: 80ch; }
th, td { text-align: left; vertical-align: top; padding: .5rem 1.4rem .5rem 0; font-weight: 400; }
th:last-child, td:last-child { padding-right: 0; }
thead th { vertical-align: bottom; font-weight: 600; border-bottom: 1px solid var(--axis); padding-bottom: .45rem; }
tbody tr + tr > * { border-top: 1px solid var(--grid); }
tbody tr:last-child > * { border-bottom: 1px solid var(--axis); }
.row-label { font-weight: 600; }
.unit-mark { color: var(--soft); white-space: nowrap; }
.row-note { display: block; color: var(--soft); font: .8125rem/1.45 var(--plain); }
.cell-head { display: none; }
table.arms { table-layout: fixed; min-width: 54rem; }
table.arms:not(:has(thead th:nth-child(4))) { min-width: 38rem; }
table.survival-values { min-width: 44rem; }
table.arms thead th:first-child { width: 34%; }
table.survival-values thead th:first-child { width: 22%; }
table.many { table-layout: auto; }
table.many thead th:first-child { width: auto; min-width: 14rem; }
table.many td { min-width: 8rem; }
.arms .value { white-space: nowrap; }
.arms .value .num, .arms .value .absent { font-weight: inherit; }
figure.survival + .scroll + figure.survival { margin-top: 2.4rem; }
.at-risk-n .num, .row-note .num { font-weight: inherit; }
.at-risk-n { color: var(--soft); margin-left: .5em; white-space: nowrap; }
.scroll { overflow-x: auto; }
.part p + .scroll { margin-top: 1rem; }
.value { font-weight: 600; }

.population, .changes { list-style: none; font: .9375rem/1.45 var(--plain); }
.population li { display: grid; grid-template-columns: 2.6rem 1fr; padding: .22rem 0; align-items: baseline; }
.population .count { font-variant-numeric: tabular-nums; }
.population .row-note { display: inline; margin-left: .35em; }
div.arms { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 1.25rem 2rem; font: .9063rem/1.45 var(--plain); }
div.arms .arm-label { font-weight: 600; }
div.arms ul { list-style: none; margin-top: .5rem; }
div.arms li { padding: .12rem 0; }

.charts { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 2.1rem 2.25rem; }
figure { min-width: 0; }
.figure-title { font: 600 .9688rem/1.35 var(--plain); }
.figure-unit { font: .8125rem/1.35 var(--plain); color: var(--soft); }
.figure-note { margin-top: .3rem; }
.chart { display: block; width: 100%; height: auto; margin-top: .3rem; overflow: visible; }
.chart text, .interval text { font: 12px var(--plain); fill: var(--soft); font-variant-numeric: lining-nums tabular-nums; }
.chart .unit { fill: var(--soft); }
.grid path { stroke: var(--grid); stroke-width: 1; fill: none; }
.axis { stroke: var(--axis); stroke-width: 1; fill: none; }
.beyond { fill: var(--beyond); }
.observed { fill: var(--observed); }
.horizon { stroke: var(--beyond-edge); stroke-width: 1; stroke-dasharray: 3 2; fill: none; }
.horizon-cap { stroke: var(--beyond-edge); stroke-width: 1; fill: none; }
.chart .beyond-text { font-size: 11px; fill: var(--soft); }
.beyond + .grid path, .has-beyond .grid path { stroke: var(--rule); }
.band { fill: var(--arm); fill-opacity: .12; stroke: var(--arm); stroke-opacity: .4; stroke-width: .75; }
.line { stroke: var(--arm); stroke-width: 2; stroke-dasharray: var(--dash); fill: none; stroke-linejoin: round; }
.thread { stroke: var(--arm); stroke-width: .75; fill: none; opacity: .7; }
.chart .end-labels text, .chart .at-risk .name { fill: var(--arm); font-weight: 600; }
.chart .at-risk text { fill: var(--ink); }
.chart .at-risk .unit { fill: var(--soft); }
.narrow-only { display: none; }
.horizon-bar { margin-top: .8rem; }
.survival .definition { margin: .2rem 0 .6rem; }
.survival .chart, .horizon-bar .chart { max-width: 760px; }
.survival + .scroll { margin-top: 1.6rem; max-width: 760px; }

.values { font: .8125rem/1.4 var(--plain); margin-top: .35rem; }
.values summary { color: var(--link); cursor: pointer; width: max-content; padding: .2rem 0; }
.values table { font-size: .8125rem; width: auto; margin-top: .3rem; }
.values th, .values td { padding: .22rem 1.1rem .22rem 0; white-space: nowrap; }

.interval { display: block; max-width: 100%; height: auto; }
table.published { table-layout: fixed; min-width: 56rem; }
table.published thead th:nth-child(1) { width: 26%; }
table.published thead th:nth-child(2) { width: 15%; }
table.published thead th:nth-child(4) { width: 288px; }
table.published thead th:nth-child(5) { width: 4.8rem; }
.key .interval { flex: none; }
.interval text { font-size: 11px; }
.predicted { stroke: var(--soft); stroke-width: 1.5; fill: none; }
.published-interval { stroke: var(--soft); stroke-width: 1; fill: none; }
.predicted-median { stroke: var(--ink); stroke-width: 2.5; fill: none; }
.published.in path, path.published.in { fill: var(--ink); stroke: var(--paper); stroke-width: 1; }
path.published { fill: none; stroke: var(--soft); stroke-width: 1.5; }
path.published.out { fill: var(--paper); stroke: var(--out); stroke-width: 2; }
table.published td { padding-right: 1.1rem; }
table.published .range { display: block; white-space: normal; }
.word { display: block; }
.word.in { font-weight: 600; }
.word.out { font-weight: 600; color: var(--out); }
.word.label { color: var(--soft); }

.share-cell { display: grid; grid-template-columns: minmax(4rem, 200px) 4.2rem; gap: .7rem; align-items: center; }
.share-cell .value { text-align: right; white-space: nowrap; }
.share { width: 100%; height: 12px; display: block; }
.share rect { fill: var(--bar); }
.rest-share rect { fill: var(--bar-rest); }
.parameter { color: var(--soft); display: block; }
.shares { min-width: 48rem; }
.shares thead th:last-child { width: 288px; }
.shares th[scope="row"] { max-width: 19rem; }
.shares .sum > * { border-top: 1px solid var(--axis); }

.counts { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1.1rem 2rem; font: .9063rem/1.4 var(--plain); }
.counts > div { display: flex; flex-direction: column-reverse; justify-content: flex-end; border-top: 1px solid var(--rule); padding-top: .5rem; }
.counts dt { font-weight: 600; }
.counts dt .row-note { font-weight: 400; }
.counts dd { margin: 0; font-size: 1.4375rem; line-height: 1.25; font-variant-numeric: lining-nums tabular-nums; }
.reasons { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 2.5rem; font: .9063rem/1.4 var(--plain); }
td.number, th.number { font-variant-numeric: lining-nums tabular-nums; }
.plain td.number, .plain th.number { text-align: right; }

.definitions > div { display: grid; grid-template-columns: 13rem minmax(0, 1fr); gap: .2rem 1.5rem; padding: .35rem 0; }
.definitions dt { font: 600 .9063rem/1.65 var(--plain); }
.definitions dd { margin: 0; max-width: 64ch; }
.limits { padding-left: 1.1rem; max-width: 70ch; }
.limits li { padding: .18rem 0; }
.sources { padding-left: 1.6rem; font-size: 1rem; }
.sources li { padding: .3rem 0; max-width: 78ch; overflow-wrap: anywhere; }
.sources li::marker { color: var(--soft); font: .875rem var(--plain); }
.record { font: .9063rem/1.45 var(--plain); }
.record > div { display: grid; grid-template-columns: 13rem minmax(0, 1fr); gap: .1rem 1.5rem; padding: .22rem 0; }
.record dt { color: var(--soft); }
.record dd { margin: 0; }
.part p.command-head { margin-top: 1.1rem; font: .9063rem/1.45 var(--plain); }
.command { margin: .45rem 0 0; padding: .7rem .9rem; background: var(--tint); border: 1px solid var(--rule); white-space: pre-wrap; overflow-wrap: anywhere; }

@media screen and (max-width: 68rem) {
  .body { grid-template-columns: minmax(0, 1fr); }
  .contents { position: static; padding: 1rem 0; border-bottom: 1px solid var(--rule); }
  .contents ol { columns: 3; column-gap: 1.5rem; }
}
@media screen and (max-width: 46rem) {
  body { font-size: 1rem; padding: 0 1.125rem; }
  .masthead { padding-top: 1.5rem; padding-bottom: 1.25rem; }
  h1 { font-size: 1.625rem; }
  .question { font-size: 1.0625rem; }
  .answer { font-size: 1.0625rem; }
  h2 { font-size: 1.25rem; }
  .part { padding: 1.4rem 0 1.8rem; }
  .contents ol { columns: 2; column-gap: 1rem; }
  .contents a { padding: .36rem 0; }
  .charts, .reasons { grid-template-columns: minmax(0, 1fr); }
  .counts { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem 1.25rem; }
  .wide-only { display: none; }
  .narrow-only { display: block; }
  .key { flex-direction: column; }
  .key li { align-items: center; }
  .definitions > div, .record > div { grid-template-columns: minmax(0, 1fr); padding: .4rem 0; }
  .population li { grid-template-columns: 2rem 1fr; }

  .stack, .stack tbody, .stack tr, .stack th[scope="row"], .stack caption { display: block; max-width: none; }
  .stack thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stack tbody tr { border-top: 1px solid var(--axis); padding: .6rem 0 .55rem; }
  .stack tbody tr > *, .stack tbody tr + tr > *, .stack tbody tr:last-child > * { border: 0; padding: 0; }
  .stack tbody tr:last-child { border-bottom: 1px solid var(--axis); }
  .stack th[scope="row"] { padding-bottom: .3rem !important; }
  .stack td { display: grid; grid-template-columns: minmax(0, 9.5rem) minmax(0, 1fr); gap: .9rem; padding: .16rem 0 !important; align-items: baseline; }
  .cell-head { display: block; color: var(--soft); white-space: normal; font-size: .8438rem; }
  .cell-head .arm-label { display: none; }
  .cell-head .arm-mark { padding: 0; }
  .cell-head .arm-id { white-space: normal; overflow-wrap: anywhere; }
  table.stack { min-width: 0; }
  .side tbody tr { display: grid; gap: 0 .75rem; }
  .side-1 tbody tr { grid-template-columns: minmax(0, 1fr); }
  .side-2 tbody tr { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .side-3 tbody tr { grid-template-columns: repeat(3, minmax(0, 1fr)); }
  .side-4 tbody tr { grid-template-columns: repeat(4, minmax(0, 1fr)); }
  .side th[scope="row"] { grid-column: 1 / -1; }
  .side td { display: block; }
  .side .swatch { display: none; }
  .side .range { display: block; white-space: normal; font-size: .8125rem; }
  .at-risk-n { display: none; }
  table.published td:nth-child(4) { display: block; padding: .35rem 0 !important; }
  .stack .range { white-space: normal; }
  table.published .range { display: inline; }
  .word { display: inline; margin-right: .5em; }
  .shares .sum td:nth-child(2), .shares .sum td:nth-child(3), .shares .rest td:nth-child(2) { display: none; }
  .shares td { grid-template-columns: minmax(0, 6.5rem) minmax(0, 1fr); }
  .share-cell { grid-template-columns: minmax(0, 1fr) 4.2rem; width: 100%; }
  .stack .cell { min-width: 0; overflow-wrap: anywhere; }
}
@media print {
  @page { margin: 16mm 14mm; }
  html { font-size: 12px; }
  .contents, .values { display: none; }
  body { padding: 0; }
  .masthead, .body, footer { max-width: none; }
  .scroll { overflow: visible; }
  .body { display: block; }
  h2, h3 { break-after: avoid; }
  figure, tr, .arm, .counts > div, .definitions > div { break-inside: avoid; }
  table.stack { min-width: 0; }
  table.stack .range { white-space: normal; }
  table.published thead th:nth-child(4) { width: 236px; }
  .shares thead th:last-child { width: 200px; }
  .charts { gap: 5mm 7mm; }
  .beyond, .observed, .band, .share rect { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  a { color: inherit; }
}
`;
