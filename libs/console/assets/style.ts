/** The console's look: one column that grows to two, calm colours, light and dark, nothing that moves. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #f6f5f1; --card: #ffffff; --ink: #1b2026; --soft: #57606a; --line: #dcd9d1; --line-strong: #868d95;
  --accent: #0b5c6b; --accent-ink: #ffffff; --accent-wash: #e3eff1;
  --good: #1b6b3d; --good-ink: #ffffff; --bad: #a3262a; --warn: #8a5300; --warn-wash: #fdf0d5; --bad-wash: #fbe6e4; --good-wash: #e2f2e7;
  --mark: #fde9a8; --mark-ink: #1b2026;
  --band-reject: #d98a85; --band-person: #e5b95c; --band-approve: #7dbb92;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #121518; --card: #1a1e22; --ink: #e7eaed; --soft: #a4adb6; --line: #2e343a; --line-strong: #7d8790;
    --accent: #6fc6d6; --accent-ink: #0c1d21; --accent-wash: #17323a;
    --good: #6fcf94; --good-ink: #0a1f12; --bad: #f19a95; --warn: #eebf6a; --warn-wash: #3a2d12; --bad-wash: #3d2220; --good-wash: #173224;
    --mark: #5c4a12; --mark-ink: #fff6da;
    --band-reject: #a4524e; --band-person: #a67d2b; --band-approve: #3f7f58;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 4.5rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1, h2 { line-height: 1.25; margin: 0; text-wrap: balance; }
h1 { font-size: 1.5rem; letter-spacing: -.01em; }
h2 { font-size: 1rem; }
p { margin: .5rem 0; }
a { color: var(--accent); text-underline-offset: .15em; }
.soft { color: var(--soft); }
.small { font-size: .875rem; }
.warn { color: var(--warn); }
.error { color: var(--bad); font-weight: 600; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .25rem; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: .5rem; z-index: 9; background: var(--card); padding: .5rem 1rem; }

.top { position: sticky; top: 0; z-index: 5; display: flex; align-items: center; gap: 1.5rem; padding: 0 1.5rem; min-height: 3.5rem; background: var(--card); border-bottom: 1px solid var(--line); }
.brand { display: inline-flex; align-items: center; gap: .5rem; min-height: 2.75rem; font-weight: 700; color: var(--accent); text-decoration: none; }
.top nav ul { display: flex; gap: .25rem; list-style: none; margin: 0; padding: 0; }
.top nav a { white-space: nowrap; display: inline-flex; align-items: center; min-height: 2.25rem; padding: 0 .75rem; border-radius: .5rem; color: var(--ink); text-decoration: none; }
.top nav a:hover { background: var(--accent-wash); }
.top nav a[aria-current] { background: var(--accent-wash); color: var(--accent); font-weight: 600; }
.me { margin-left: auto; position: relative; }
.me summary { list-style: none; cursor: pointer; min-height: 2.75rem; display: flex; align-items: center; padding: 0 .5rem; border-radius: .5rem; }
.me summary::-webkit-details-marker { display: none; }
.me summary::after { content: ""; width: .4rem; height: .4rem; margin: -.2rem 0 0 .5rem; border: solid var(--soft); border-width: 0 2px 2px 0; transform: rotate(45deg); }
.me-card { position: absolute; right: 0; top: 100%; min-width: 15rem; padding: .75rem 1rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; box-shadow: 0 8px 24px rgb(0 0 0 / .14); }
.me-card p { margin: .25rem 0; overflow-wrap: anywhere; }

main { max-width: 76rem; margin: 0 auto; padding: 1.5rem; }
.head { margin-bottom: 1.25rem; }
.head p { margin: .25rem 0 0; }
.crumb { font-size: .875rem; margin: 0 0 .25rem !important; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.125rem 1.25rem 1.25rem; }
.card > h2 { margin-bottom: .75rem; }
.columns { display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr); }
.column { display: grid; gap: 1.25rem; align-content: start; min-width: 0; }
@media (min-width: 62rem) {
  .columns { grid-template-columns: minmax(0, 1fr) 22.5rem; }
  .side { position: sticky; top: 5rem; align-self: start; }
}

button, .button { font: inherit; font-weight: 600; display: inline-flex; align-items: center; justify-content: center; min-height: 2.75rem; padding: 0 1.125rem; border: 1px solid transparent; border-radius: .5rem; cursor: pointer; text-decoration: none; background: var(--accent); color: var(--accent-ink); }
button:hover, .button:hover { filter: brightness(1.08); }
button.quiet { background: transparent; color: var(--ink); border-color: var(--line-strong); font-weight: 500; margin-top: .5rem; }
button.approve { background: var(--good); color: var(--good-ink); }
button.reject { background: transparent; color: var(--bad); border-color: var(--bad); }
button.reject:hover { background: var(--bad-wash); }
.buttons { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; margin-top: .75rem; }
label { font-weight: 600; }
textarea { display: block; width: 100%; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line-strong); border-radius: .5rem; padding: .625rem .75rem; resize: vertical; }

.rows { list-style: none; margin: 0; padding: 0; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; overflow: hidden; }
.rows li + li { border-top: 1px solid var(--line); }
.row { display: grid; grid-template-columns: minmax(0, 1fr) 8.5rem 8rem; gap: 1.25rem; align-items: center; padding: .875rem 1.25rem; color: inherit; text-decoration: none; }
.row:hover { background: var(--accent-wash); }
.row:focus-visible { outline-offset: -3px; border-radius: .75rem; }
.pick .rows li { display: grid; grid-template-columns: 3rem minmax(0, 1fr); } .pick .row { padding-left: 0; } .tick { display: grid; place-items: center; min-height: 2.75rem; cursor: pointer; } .tick input, .check input { width: 1.25rem; height: 1.25rem; accent-color: var(--accent); } .rows li:has(input:checked) { background: var(--accent-wash); }
.bulk { position: sticky; bottom: 0; display: none; flex-wrap: wrap; gap: .75rem; margin-top: .75rem; padding: .75rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; box-shadow: 0 -4px 14px rgb(0 0 0 / .12); } .bulk button { margin: 0; } .pick:has(input:checked) .bulk { display: flex; }
@supports not selector(:has(*)) { .bulk { display: flex; } }
.bulk-items { gap: 1.25rem; } .check { display: flex; gap: .75rem; align-items: center; min-height: 2.75rem; font-size: 1.0625rem; cursor: pointer; } .check input { flex: none; } .within > .card { border: 0; border-top: 1px solid var(--line); border-radius: 0; padding: 1rem 0 0; margin-top: 1rem; }
.row-main { display: grid; gap: .125rem; min-width: 0; }
.row-main strong { font-weight: 600; overflow-wrap: anywhere; }
.row-main .soft { font-size: .875rem; }
.row-score { display: flex; align-items: center; gap: .625rem; font-size: .875rem; }
.row-score b { font-variant-numeric: tabular-nums; min-width: 1.5rem; text-align: right; font-size: 1rem; }
.due { white-space: nowrap; font-variant-numeric: tabular-nums; }
.row .due { justify-self: end; }
.due-overdue { color: var(--bad); font-weight: 700; }
.due-today { color: var(--bad); font-weight: 600; }
.due-soon { color: var(--warn); font-weight: 600; }
.due-later { color: var(--soft); }
.empty, .notice { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 2.5rem 1.5rem; text-align: center; }
.empty p, .notice p { max-width: 34rem; margin: .75rem auto; }
.notice { max-width: 40rem; margin: 6vh auto 0; }
.notice textarea, .notice label { text-align: left; }
blockquote { margin: .375rem 0; padding: .125rem 0 .125rem .875rem; border-left: 3px solid var(--line-strong); color: var(--soft); overflow-wrap: anywhere; text-align: left; }

.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .75rem 1.5rem; margin: 0; }
.facts .wide { grid-column: 1 / -1; }
.facts dt { font-size: .8125rem; color: var(--soft); }
.facts dd { margin: 0; overflow-wrap: anywhere; white-space: pre-line; }
.scale { display: block; width: 100%; max-width: 30rem; height: auto; margin: .75rem 0; overflow: visible; }
.scale-small { width: 5.5rem; height: .75rem; }
.band-reject { fill: var(--band-reject); } .band-person { fill: var(--band-person); } .band-approve { fill: var(--band-approve); }
.marker { fill: var(--ink); stroke: var(--card); stroke-width: 1.5; }
.tick { fill: var(--soft); font-size: 12px; }
.value { fill: var(--ink); font-size: 17px; font-weight: 700; }
.reasons { list-style: none; margin: .75rem 0; padding: 0; display: grid; gap: .875rem; }
.reasons li { border-top: 1px solid var(--line); padding-top: .875rem; }
.reasons p { margin: 0; }
.level { display: inline-block; min-width: 2rem; text-align: center; padding: 0 .375rem; margin: 0 .25rem; border: 1px solid var(--line-strong); border-radius: 1rem; font-size: .8125rem; font-variant-numeric: tabular-nums; }
.flags { list-style: none; margin: .75rem 0; padding: 0; display: grid; gap: .5rem; } .flags li { padding: .5rem .75rem; border-left: .25rem solid var(--warn); background: var(--warn-wash); border-radius: .25rem; overflow-wrap: anywhere; } .flags a { white-space: nowrap; }
mark.flag { background: var(--bad-wash); color: var(--ink); outline: 1px solid var(--bad); } .unseen { font-size: .8125rem; padding: 0 .25rem; border: 1px dashed var(--bad); border-radius: .25rem; color: var(--bad); white-space: nowrap; }
.similar li { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center; } .pill.outcome-approved { background: var(--good-wash); border-color: var(--good); color: var(--good); } .pill.outcome-rejected { background: var(--bad-wash); border-color: var(--bad); color: var(--bad); }
.after-title { font-size: .875rem; margin: 1rem 0 .25rem; padding-top: .75rem; border-top: 1px solid var(--line); } .after { margin: 0; display: grid; gap: .5rem; } .after dt { font-weight: 600; } .after dd { margin: 0; color: var(--soft); }
label.code { display: block; margin-top: .75rem; } select.code { width: 100%; }
.document { white-space: pre-wrap; overflow-wrap: anywhere; max-height: 32rem; overflow: auto; padding: 1rem 1.125rem; background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; font-size: .9375rem; }
mark { background: var(--mark); color: var(--mark-ink); border-radius: .2rem; padding: .05em .15em; }
mark:target { outline: 3px solid var(--accent); }
.history { list-style: none; margin: 0; padding: 0; display: grid; gap: .625rem; font-size: .9375rem; }
.history li { display: grid; }
.history q { color: var(--soft); overflow-wrap: anywhere; }
.outcome { border-left-width: .375rem; }
.outcome-approved { border-left-color: var(--good); } .outcome-rejected { border-left-color: var(--bad); } .outcome-expired, .outcome-withdrawn { border-left-color: var(--warn); }

.tools { margin-bottom: 1rem; display: grid; gap: .75rem; }
.tabs { display: flex; flex-wrap: wrap; gap: .375rem; list-style: none; margin: 0; padding: 0; }
.tabs a { display: inline-flex; align-items: center; min-height: 2.25rem; padding: 0 .875rem; border: 1px solid var(--line); border-radius: 1.25rem; background: var(--card); color: var(--ink); text-decoration: none; font-size: .9375rem; }
.tabs a:hover { border-color: var(--accent); }
.tabs a[aria-current] { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); font-weight: 600; }
summary { cursor: pointer; }
.filters > summary { color: var(--accent); min-height: 1.75rem; width: fit-content; }
.filters form, .filters-open { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; padding: .875rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
.field { display: grid; gap: .25rem; } .field label { font-size: .8125rem; font-weight: 500; color: var(--soft); }
.said-note { background: var(--warn-wash); border: 1px solid var(--warn); border-radius: .75rem; padding: .75rem 1rem; margin: 0 0 1rem; }
.more-filters { flex-basis: 100%; } .more-filters > summary { color: var(--accent); width: fit-content; min-height: 1.75rem; } .more-filters .line { margin-top: .5rem; }
.wide-field { flex: 1 1 18rem; }
select, input:not([type=checkbox]):not([type=radio]):not([type=hidden]) { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line-strong); border-radius: .5rem; min-height: 2.75rem; padding: 0 .625rem; min-width: 0; max-width: 100%; }
.wide-field input { width: 100%; }
.field input[type=number] { width: 5.5rem; }
.more { text-align: center; }
.keys { display: flex; flex-wrap: wrap; justify-content: center; align-items: center; gap: .375rem .625rem; padding: 0 1.5rem 1.5rem; } .keys[hidden] { display: none; } .keys label { font-weight: 400; display: inline-flex; align-items: center; gap: .375rem; min-height: 1.5rem; } .keys input { width: 1rem; height: 1rem; } kbd { font: inherit; font-size: .8125rem; padding: 0 .375rem; border: 1px solid var(--line-strong); border-radius: .25rem; background: var(--card); }
.note { color: var(--warn); }
.stack { display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr); }
.plain { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem; }
.mono { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; font-size: .9375rem; overflow-wrap: anywhere; }
h1.mono { font-size: 1.125rem; }
.row-execution { grid-template-columns: minmax(0, 1fr) 7rem 9rem; }
.pill { display: inline-block; padding: .0625rem .625rem; border-radius: 1rem; border: 1px solid var(--line-strong); font-size: .8125rem; white-space: nowrap; justify-self: start; }
.state-succeeded .pill, .pill.state-succeeded { background: var(--good-wash); border-color: var(--good); color: var(--good); }
.state-failed .pill, .pill.state-failed, .state-timed-out .pill, .pill.state-timed-out { background: var(--bad-wash); border-color: var(--bad); color: var(--bad); }
.state-waiting .pill, .state-retrying .pill, .pill.state-running, .state-running .pill { background: var(--accent-wash); border-color: var(--accent); color: var(--accent); }
.scroll { overflow-x: auto; }
.timeline { border-collapse: collapse; width: 100%; font-size: .9375rem; }
.timeline th, .timeline td { text-align: left; padding: .5rem .75rem .5rem 0; border-top: 1px solid var(--line); vertical-align: middle; font-weight: 400; }
.timeline thead th { border: 0; font-size: .8125rem; color: var(--soft); white-space: nowrap; }
.timeline time { white-space: nowrap; } .timeline td.mono { white-space: nowrap; overflow-wrap: normal; } .timeline .number { white-space: nowrap; font-variant-numeric: tabular-nums; }
.letters { list-style: none; margin: 0; padding: 0; display: grid; gap: .875rem; } .letters > li + li { border-top: 1px solid var(--line); padding-top: .875rem; } .letters form { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin: .75rem 0; } .letters form label { font-weight: 400; }
.tabs-alone { margin-bottom: 1rem; }
.log td { vertical-align: top; } .log .when { white-space: nowrap; font-size: .8125rem; } .more-log { margin-top: 1.25rem; }
.bar rect { fill: var(--line-strong); } .state-succeeded .bar rect { fill: var(--good); } .state-failed .bar rect, .state-timed-out .bar rect { fill: var(--bad); } .state-waiting .bar rect, .state-running .bar rect, .state-retrying .bar rect { fill: var(--accent); }
.payload { margin: 0; max-height: 24rem; overflow: auto; padding: .875rem; background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; font: .8125rem/1.5 ui-monospace, Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.figures { list-style: none; margin: 0 0 1.25rem; padding: 0; display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); }
.figure { display: grid; } .figure b { font-size: 1.75rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
main > .card + .card { margin-top: 1.25rem; }
.bar-figure { margin: .75rem 0 1.25rem; } .bar-figure > svg { display: block; width: 100%; height: 1.125rem; border-radius: .375rem; margin: .375rem 0; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr)); gap: 1rem 2rem; margin: 1rem 0; } .columns-figure { margin: 0; min-width: 0; } .columns-figure > svg { display: block; width: 100%; max-width: 36rem; height: auto; } .axis { stroke: var(--line-strong); } .columns-figure details { margin-top: .375rem; } .columns-figure .tick { font-size: 11px; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: 0; padding: 0; font-size: .875rem; color: var(--soft); }
.legend b { color: var(--ink); font-variant-numeric: tabular-nums; }
.reliability { display: block; width: 100%; max-width: 44rem; height: auto; margin: .75rem 0; overflow: visible; }
.grid { stroke: var(--line); } .interval { stroke: var(--line-strong); stroke-width: 2; } .curve { fill: none; stroke: var(--accent); stroke-width: 2; }
table.shares { border-collapse: collapse; width: 100%; margin: .5rem 0; font-size: .875rem; }
table.shares th, table.shares td { text-align: left; padding: .375rem .75rem .375rem 0; border-bottom: 1px solid var(--line); vertical-align: top; font-variant-numeric: tabular-nums; }
table.shares thead th { color: var(--soft); font-weight: 600; } table.shares tbody th { font-weight: 500; }
.card h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
.part-none { fill: var(--line); } .part-bad { fill: var(--bad); } .part-warn { fill: var(--band-person); } .part-good { fill: var(--band-approve); } .part-accent { fill: var(--accent); } .part-soft { fill: var(--line-strong); }
.work form { margin: .5rem 0; } .work details { border-top: 1px solid var(--line); padding-top: .625rem; margin-top: .625rem; }
.said { white-space: pre-line; overflow-wrap: anywhere; }
.summary { white-space: pre-line; margin-top: 0; }
.choices { border: 0; margin: 1rem 0 0; padding: 0; display: grid; gap: .5rem; } .choices legend { font-weight: 600; padding: 0; }
.choice { padding: .5rem .75rem; border: 1px solid var(--line-strong); border-radius: .5rem; } .choice-form { display: none; margin-top: .5rem; } .choice:has(input:checked) .choice-form { display: grid; gap: .5rem; } .choice p { margin: .125rem 0 0 1.5rem; } .choice-form label { display: grid; gap: .25rem; font-weight: 500; }
.narrow { max-width: 46rem; } .actions { display: flex; flex-wrap: wrap; gap: .75rem; } .actions form { margin: 0; display: flex; flex-wrap: wrap; gap: .75rem; } .actions button { margin: 0; } .section { margin: 1.5rem 0 .75rem; } .row-audit { grid-template-columns: minmax(0, 1fr) auto; }
.line { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; }
.work label, .work input { display: block; } .work input:not([type=hidden]) { width: 100%; margin-bottom: .5rem; }
a.button.quiet { background: transparent; color: var(--ink); border-color: var(--line-strong); font-weight: 500; }
.jump { display: none; }
.buttons.one { grid-template-columns: 1fr; }
dialog { max-width: 26rem; border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; background: var(--card); color: var(--ink); } dialog::backdrop { background: rgb(0 0 0 / .45); }

@media (max-width: 61.99rem) { .jump { display: inline-flex; position: fixed; right: 1rem; bottom: 1rem; z-index: 4; box-shadow: 0 4px 14px rgb(0 0 0 / .3); } }
@media (max-width: 40rem) {
  .columns-figure .tick { font-size: 15px; }
  .facts { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .625rem 1rem; }
  .keys, .keys[hidden] { display: none; }
  .row-execution { grid-template-columns: 1fr auto; }
  .top { padding: 0 1rem; gap: .75rem; flex-wrap: wrap; }
  .top nav { order: 3; flex-basis: 100%; overflow-x: auto; padding-bottom: .375rem; }
  main { padding: 1rem; }
  h1 { font-size: 1.3rem; }
  .row { grid-template-columns: 1fr auto; gap: .375rem 1rem; padding: .875rem 1rem; }
  .row-main { grid-column: 1 / -1; }
  .card { padding: 1rem; }
}
@media (forced-colors: active) { .marker { fill: CanvasText; } }
`;
