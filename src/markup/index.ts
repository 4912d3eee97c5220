/** markup: pages of HTML from plain data: escaping, the shell of a page, its policy and its colours. */
export { escapeText, html, Markup, type Part } from "./escape.js";
export { writePage } from "./page.js";
