/** What the page adds to the style that all pages share. Light first, dark on screens that ask for it; print is always light. */
export const STYLE = `
:root { --l0: #f1efe9; --l1: #e4ecf2; --l2: #d3e2ed; --l3: #bfd7e8; --l4: #a9cae1; --l5: #93bdd9; --l6: #7eb0d1; --bar: #2f6f9c; --met: #1d6b3f; --missed: #a83200; --box: #f6f6f4; --pale: #a9cae1; }
@media screen and (prefers-color-scheme: dark) { :root { --l0: #22262a; --l1: #212c34; --l2: #23343f; --l3: #253d4c; --l4: #284658; --l5: #2b5066; --l6: #2f5a74; --bar: #7db6de; --met: #7fd0a0; --missed: #f5996b; --box: #1c2024; --pale: #35607e; } }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.55 var(--plain); font-variant-numeric: tabular-nums; }
.skip { position: absolute; left: -99rem; } .skip:focus { position: static; display: inline-block; padding: .5rem 1rem; }
header, main, footer, nav { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.75rem; }
h1, h2, h3 { font-family: var(--prose); text-wrap: balance; line-height: 1.2; }
h1 { font-size: 2.125rem; font-weight: 600; margin: .3rem 0 .8rem; max-width: 24em; }
h2 { font-size: 1.6875rem; margin: 3rem 0 .6rem; } h3 { font-size: 1.3125rem; margin: 1.6rem 0 .5rem; } details h3 { font: 600 1.0625rem/1.3 var(--plain); margin: 1.2rem 0 .4rem; }
p, li, dd { max-width: 66ch; overflow-wrap: anywhere; } p { margin: 0 0 .7rem; } ul { padding-left: 1.2rem; margin: .2rem 0 .8rem; } li { margin: .15rem 0; }
a { color: var(--link); text-underline-offset: .15em; } a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.soft, .note { color: var(--soft); font-size: .9375rem; } .strip { border: 1px solid var(--rule); background: var(--box); padding: .6rem .9rem; font-size: .9375rem; max-width: none; }
nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .4rem; } nav a { display: inline-block; padding: .6rem .75rem; min-height: 44px; border: 1px solid var(--rule); border-radius: 4px; text-decoration: none; font-size: .9375rem; }
.legend { display: grid; gap: 1.2rem; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); margin: 1.2rem 0; } .legend > div { border-top: 2px solid var(--rule); padding-top: .5rem; } .legend .key { font-weight: 600; margin: 0 0 .3rem; } .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; } .legend dl { margin: 0; font-size: .9375rem; } .legend dt { font-weight: 600; float: left; clear: left; min-width: 2.2rem; } .legend dd { margin: 0 0 .25rem 2.4rem; }
svg { display: block; } .hundred { min-width: 110px; } .legend svg { margin-bottom: .4rem; } .steps rect { fill: none; stroke: var(--soft); } .steps .on { fill: var(--bar); stroke: var(--bar); } .steps .hollow { fill: var(--paper); stroke: var(--missed); stroke-width: 2; }
.ruler line { stroke: var(--soft); } .ruler rect { fill: var(--bar); }
.icon-on { fill: var(--bar); } .icon-likely { fill: var(--pale); stroke: var(--bar); stroke-width: 1.4; } .icon-maybe { fill: none; stroke: var(--bar); stroke-width: 1.4; } .icon-off { fill: none; stroke: var(--rule); }
details { border-top: 1px solid var(--rule); } details > summary { cursor: pointer; padding: .7rem 0; min-height: 44px; } details > div { padding: 0 0 1.2rem; scroll-margin-top: 4rem; }
.group { margin: 1.2rem 0 .2rem; font: 600 .8125rem/1.4 var(--plain); letter-spacing: .04em; color: var(--soft); }
.row { display: grid; grid-template-columns: minmax(11rem, 1.5fr) 8.5rem 6.5rem minmax(8rem, 1fr) minmax(7rem, .9fr) 9.5rem; gap: .3rem 1rem; align-items: start; list-style: none; } .row::-webkit-details-marker { display: none; }
small { display: block; color: var(--soft); font-size: .875rem; font-weight: 400; line-height: 1.45; } .row b { display: block; } .row .name { font-weight: 600; text-decoration: underline; text-decoration-color: var(--rule); text-underline-offset: .2em; } .row small { font-size: .8125rem; }
.met { color: var(--met); } .missed { color: var(--missed); }
.badge { display: inline-block; border: 1px solid currentColor; border-radius: 3px; padding: 0 .35rem; font-size: .875rem; } .badge.approved { background: var(--ink); color: var(--paper); border-color: var(--ink); } .badge.not-looked-up { border-style: dotted; color: var(--soft); }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9375rem; } caption { text-align: left; color: var(--soft); font-size: .9375rem; padding-bottom: .5rem; } th, td { text-align: left; vertical-align: top; padding: .5rem .7rem .5rem 0; border-bottom: 1px solid var(--rule); font-weight: 400; } thead th { font-weight: 600; font-size: .875rem; } tbody th { font-weight: 600; }
.map { display: none; } .map table { width: auto; } .map th[scope=row] { position: sticky; left: 0; background: var(--paper); max-width: 16rem; min-width: 11rem; padding-right: 1rem; } .map thead th { vertical-align: bottom; min-width: 6.2rem; max-width: 8rem; font-weight: 400; font-size: .8125rem; line-height: 1.25; hyphens: auto; } .map td { padding: 2px; border: 0; } .map a { display: block; position: relative; padding: .5rem .4rem; text-decoration: none; color: var(--ink); text-align: center; border-radius: 3px; font-size: .875rem; line-height: 1.3; min-height: 44px; } .map a b { display: block; }
.L0 { background: var(--l0); outline: 1px dotted var(--soft); outline-offset: -2px; } .L1 { background: var(--l1); } .L2 { background: var(--l2); } .L3 { background: var(--l3); } .L4 { background: var(--l4); } .L5 { background: var(--l5); } .L6 { background: var(--l6); } .none { outline: 1px solid var(--rule); outline-offset: -1px; }
@media (min-width: 900px) { .map { display: block; } }
.verdict { font-size: 1.3125rem; font-weight: 600; margin: 0 0 .5rem; } .unknown { border-left: 4px solid var(--bar); background: var(--box); padding: .6rem .9rem; margin: .8rem 0; } details .unknown h3 { margin: 0 0 .2rem; } .state { font-weight: 600; }
.question summary { font-weight: 600; } .question summary > span { font-weight: 400; color: var(--soft); white-space: nowrap; }
footer { border-top: 1px solid var(--rule); margin-top: 3rem; padding-top: 1rem; padding-bottom: 3rem; color: var(--soft); font-size: .9375rem; }
@media (max-width: 56rem) { .row { grid-template-columns: repeat(2, minmax(0, 1fr)); } .row .name { grid-column: 1 / -1; } }
@media (max-width: 40rem) {
  body { font-size: 1rem; } h1 { font-size: 1.6875rem; } h2 { font-size: 1.3125rem; } h3 { font-size: 1.0625rem; }
  .findings, .findings caption, .findings tbody, .findings tr, .findings th, .findings td { display: block; width: auto; border: 0; padding: 0; } .findings thead { position: absolute; clip-path: inset(50%); } .findings tr { border-bottom: 1px solid var(--rule); padding: .7rem 0; } .findings td::before { content: attr(data-head); display: block; color: var(--soft); font-size: .8125rem; } .findings td { margin-top: .4rem; }
}
@media print { nav, .skip, .map { display: none; } body { font-size: 10pt; } h2 { break-after: avoid; margin-top: 1.5rem; } details, tr { break-inside: avoid; } details[open] { break-inside: auto; } details:not([open]) > summary { padding: .25rem 0; min-height: 0; } a[href^=http]::after { content: " " attr(href); font-size: 8pt; color: var(--soft); } .badge.approved { background: none; color: var(--ink); } }
`;
