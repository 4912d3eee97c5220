/** What the YAML parser found, in words with a next move, and where to point. */
import { type Document, isCollection, isScalar, isSeq, visit, type YAMLError } from "yaml";

/** The bracket that was opened and not closed. */
export const openFlow = ({ message }: YAMLError): "[" | "{" | undefined =>
  /end with a? ?]/.test(message) ? "[" : /end with a? ?}/.test(message) ? "{" : undefined;

/** Where the bracket or the quotation mark stands that the fault leaves open; undefined for other faults. */
export function opening(document: Document.Parsed, error: YAMLError): number | undefined {
  const bracket = openFlow(error);
  const quote = /closing.*quote/.test(error.message);
  if (!bracket && !quote) return undefined;
  let start: number | undefined;
  visit(document, {
    Node: (_, node) => {
      const range = node.range;
      if (!range || range[0] >= error.pos[1]) return;
      const fits = bracket
        ? isCollection(node) && node.flow && isSeq(node) === (bracket === "[") && range[1] >= error.pos[0]
        : isScalar(node) && node.type?.startsWith("QUOTE") && range[1] >= error.pos[0];
      if (fits) start = range[0];
    },
  });
  return start;
}

/** The parser's words, with a next move. */
export function explain(error: YAMLError): { what: string; hint: string } {
  const bracket = openFlow(error);
  if (bracket === "[") return { what: 'the list "[" is not closed', hint: 'add "]"' };
  if (bracket === "{") return { what: 'the map "{" is not closed', hint: 'add "}"' };
  if (/closing.*quote/.test(error.message)) return { what: "this quotation mark is not closed", hint: "close it" };
  const [what, hint] = ADVICE[error.code] ?? [
    `not valid YAML: ${error.message}`,
    "look at the indentation, brackets and quotes here",
  ];
  return { what, hint };
}

const ADVICE: Readonly<Record<string, readonly [string, string]>> = {
  BAD_SCALAR_START: ["a value cannot start with this character in YAML", "put the value in quotes"],
  BLOCK_AS_IMPLICIT_KEY: ["two colons in one line", "put a text with a colon in quotes"],
  MULTILINE_IMPLICIT_KEY: ['this is not "key: value"', "write a key, a colon, a space and a value"],
  BLOCK_IN_FLOW: ["a comma or a bracket is missing", 'separate entries by ","'],
  BAD_INDENT: ["indentation does not fit the lines around", "align entries that belong together"],
  UNEXPECTED_TOKEN: ["the value should have ended here", "check quotes, commas and brackets before this place"],
};
