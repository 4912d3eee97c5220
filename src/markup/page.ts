import { html, Markup } from "./escape.js";
import { TOKENS } from "./tokens.js";

export interface Page {
  readonly title: string;
  /** Version of the platform that wrote it. */
  readonly version?: string;
  /** Rules after those that all pages share. */
  readonly style: string;
  readonly body: Markup;
}

/** Nothing is loaded and nothing runs: a page is its text, its drawings and one style sheet. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A whole page in one HTML file. */
export const writePage = ({ title, version, style, body }: Page): string =>
  `<!doctype html>\n${html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="generator" content="immune-reset${version === undefined ? "" : ` ${version}`}">
<title>${title}</title>
<style>${new Markup(TOKENS + style)}</style>
</head>
<body>
${body}
</body>
</html>`}\n`;
