import { describe, expect, it } from "vitest";
import { formatProblems, type Problem } from "../../src/quantity/index.js";

const at = (source: string, column: number, width = 1): Problem => ({
  path: "p",
  file: "f",
  line: 7,
  column,
  source,
  width,
  what: "w",
  hint: "h",
});
const shown = (problem: Problem) =>
  formatProblems([problem])
    .split("\n")
    .slice(2, 4)
    .map((line) => line.replace(/^ +(7| ) \| /, ""));

describe("the line of a problem", () => {
  it("is shown with a caret under the fault", () =>
    expect(shown(at("key: valu", 6, 4))).toEqual(["key: valu", "     ^^^^"]));
  it("is cut around the fault where it is long, and the caret stays under it", () => {
    const source = `${"x".repeat(500)}FAULT${"y".repeat(500)}`;
    const [line, carets] = shown(at(source, 501, 5));
    expect(line!.length).toBe(162);
    expect(line!.slice(carets!.indexOf("^"), carets!.lastIndexOf("^") + 1)).toBe("FAULT");
    const [end, under] = shown(at(source, 1005, 300));
    expect(end!.endsWith("y")).toBe(true);
    expect(under!.length).toBe(end!.length);
  });
  it("does not act on the terminal", () => {
    const [line] = shown(at("a\u001b[31mb\u0000c\td", 1));
    expect(line).toBe("a\ufffd[31mb\ufffdc\td");
  });
});
