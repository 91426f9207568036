package org.entente.memorandum.page;

import org.entente.evidence.canonical.Digest;

/** How the pages look: quiet, two columns that keep step, one size for text and one for notes. */
final class Sheet {
    /** For browsers, light and dark, wide and narrow, and for their printing. */
    private static final String SCREEN = """

            :root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --line: #e3e7ec; --ground: #ffffff; --band: #f6f8fa; --mark: #1d4f91; }
            @media (prefers-color-scheme: dark) { :root { --ink: #dde3ea; --soft: #94a0af; --line: #2c3541; --ground: #151b23; --band: #1b222c; --mark: #8ab4f0; } }
            * { box-sizing: border-box; }
            body { margin: 0 auto; max-width: 76rem; padding: 3rem 1.5rem 4rem; background: var(--ground); color: var(--ink); font: 0.9375rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; font-variant-numeric: tabular-nums; }
            header { margin-bottom: 2.5rem; }
            .mark { margin: 0 0 1rem; color: var(--soft); font-size: 0.8125rem; letter-spacing: 0.03em; }
            .mark b { color: var(--mark); font-weight: 600; }
            h1, h2 { margin: 0; font-size: 1.375rem; line-height: 1.35; font-weight: 600; text-wrap: balance; }
            h2 { font-size: 1.0625rem; margin: 3rem 0 0.5rem; }
            .note { color: var(--soft); font-size: 0.8125rem; margin: 0 0 1rem; max-width: 60rem; }
            ul.note { padding-left: 1.1rem; }
            .lead { margin: 0.75rem 0 0; max-width: 60rem; }
            table { width: 100%; border-collapse: collapse; }
            th { font-weight: 600; text-align: left; }
            th, td { padding: 0.7rem 1.5rem 0.7rem 0; vertical-align: top; overflow-wrap: anywhere; }
            thead th { position: sticky; top: 0; background: var(--ground); color: var(--soft); font-size: 0.8125rem; padding: 0.75rem 1.5rem 0.5rem 0; border-bottom: 2px solid var(--ink); z-index: 1; }
            thead th i { font-style: normal; font-weight: 400; }
            tbody tr { border-bottom: 1px solid var(--line); }
            tbody tr:target { background: var(--band); }
            .titles td { padding-top: 0; width: 50%; }
            .titles tr { border: 0; }
            .text tbody th[scope=row], .text tbody th[scope=rowgroup] { width: 4.5rem; color: var(--mark); }
            .text thead th:first-child { width: 4.5rem; }
            .text a { color: inherit; text-decoration: none; }
            .text a:hover, .text a:focus-visible { text-decoration: underline; }
            .section th { padding-top: 2.25rem; color: var(--soft); font-size: 0.8125rem; font-weight: 600; letter-spacing: 0.04em; }
            td ul { margin: 0.25rem 0 0; padding-left: 1.1rem; }
            td p { margin: 0; }
            .rows td ul { margin: 0; font-size: 0.8125rem; line-height: 1.5; }
            .rows th { white-space: nowrap; }
            .rows td:nth-child(6) { width: 22rem; }
            td.half { width: 50%; }
            .matrix { width: auto; display: block; overflow-x: auto; }
            .matrix th, .matrix td { border: 1px solid var(--line); padding: 0.4rem 0.7rem; position: static; font-size: 0.8125rem; }
            .matrix thead th { background: var(--band); vertical-align: bottom; max-width: 12rem; }
            .matrix td { text-align: center; min-width: 3.5rem; }
            .matrix td.own { background: var(--band); }
            .voices { color: var(--soft); font-size: 0.8125rem; margin-bottom: 0.35rem; }
            .voices b { color: var(--ink); font-weight: 600; }
            .differs { margin-top: 0.35rem; padding-left: 0.75rem; border-left: 2px solid var(--line); }
            .agreed th.number { border-left: 3px solid var(--ink); padding-left: 0.6rem; }
            .proposed th.number { border-left: 3px dotted var(--soft); padding-left: 0.6rem; }
            .disputed th.number { border-left: 3px double var(--mark); padding-left: 0.6rem; }
            nav { margin: 1rem 0 0; font-size: 0.8125rem; }
            nav a { color: var(--mark); margin-right: 1rem; }
            footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: 0.8125rem; }
            dl { margin: 1rem 0 0; }
            dt { font-weight: 600; }
            dd { margin: 0 0 0.5rem; font-family: ui-monospace, "Liberation Mono", monospace; overflow-wrap: anywhere; }
            .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
            @media (max-width: 46rem) { .text thead { display: none; } .text tr, .text td, .text th, .titles tr, .titles td { display: block; width: auto; padding: 0.25rem 0; } .text td.number, .section th.number { display: none; } .text td[lang=es], .titles td + td { color: var(--soft); margin-top: 0.5rem; } }
            @media print { :root { color-scheme: light; --ink: #000; --soft: #444; --line: #ccc; --ground: #fff; --band: #fff; --mark: #000; } body { padding: 0; max-width: none; font-size: 9.5pt; } thead th { position: static; } tr { break-inside: avoid; } }
            """;

    /** For the printer of the PDF, which knows CSS 2.1 and paged media, and one face of type. */
    private static final String PAPER = """

            @page { size: A4; margin: 20mm 18mm 26mm 18mm; @bottom-center { content: element(foot); } }
            #foot { position: running(foot); font-size: 7pt; color: #5b6675; border-top: 0.5pt solid #c9d0d8; padding-top: 2mm; }
            #foot td { padding: 0; border: 0; }
            #foot td.page { text-align: right; width: 14mm; }
            #foot td.page:after { content: counter(page) " / " counter(pages); }
            body { font-family: "Liberation Sans"; font-size: 8.8pt; line-height: 1.5; color: #1c2430; margin: 0; }
            header { margin-bottom: 7mm; }
            .mark { margin: 0 0 4mm; color: #5b6675; font-size: 7.5pt; }
            .mark b { color: #1d4f91; font-weight: normal; }
            h1 { margin: 0; font-size: 13.5pt; line-height: 1.35; font-weight: normal; }
            .lead { margin: 4mm 0 0; }
            table { width: 100%; border-collapse: collapse; }
            th { font-weight: normal; text-align: left; }
            th, td { padding: 2mm 5mm 2mm 0; vertical-align: top; }
            .titles td { width: 50%; padding-top: 0; }
            .text { -fs-table-paginate: paginate; table-layout: fixed; }
            .text .number { width: 12mm; padding-right: 2mm; }
            .text thead th { color: #5b6675; font-size: 7.5pt; border-bottom: 0.8pt solid #1c2430; padding-bottom: 1.2mm; }
            .text thead th i { font-style: normal; }
            .text tbody td, .text tbody th { border-bottom: 0.4pt solid #dfe4e9; }
            .text tbody tr { page-break-inside: avoid; }
            .text tbody tr.long { page-break-inside: auto; }
            td { word-wrap: break-word; orphans: 3; widows: 3; }
            .number { color: #1d4f91; }
            .text .section th { padding-top: 6mm; color: #5b6675; font-size: 7.5pt; border-bottom: 0; page-break-after: avoid; }
            .text a { color: #1d4f91; text-decoration: none; }
            .note { color: #5b6675; font-size: 7.5pt; margin: 6mm 0 0; }
            dl { margin: 3mm 0 0; font-size: 7.5pt; color: #5b6675; page-break-inside: avoid; }
            dt { color: #1c2430; }
            dd { margin: 0 0 1.5mm; }
            .hidden { display: none; }
            """;

    private Sheet() {}

    /** The digest stands on each sheet that a browser prints. */
    static String screen(Digest digest) {
        return SCREEN + "@page { size: A4; margin: 18mm 16mm 20mm; @bottom-left { content: \"SHA-256 " + digest.hex()
                + "\"; font-size: 7pt; color: #444; }"
                + " @bottom-right { content: counter(page) \" / \" counter(pages); font-size: 7pt; color: #444; } }\n";
    }

    static String paper() {
        return PAPER;
    }
}
