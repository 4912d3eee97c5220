/** Text → tree: one YAML document, read as it is, or repaired where it is broken in places. */
import { Draft } from "./draft.js";
import { secondDocument } from "./lines.js";
import type { Check, Node } from "./node.js";
import { Repair } from "./repair.js";
import { nodeOfYaml, parseYaml, TextPlaces } from "./yaml.js";

/** The tree of a file, or undefined where nothing of it can be read; everything unreadable has been reported. */
export function readTree(raw: string, check: Check): Node | undefined {
  const lines = raw.replace(/^\uFEFF/, "").split(/\r?\n/);
  const places = new TextPlaces(lines);
  const second = secondDocument(lines);
  if (second !== undefined) {
    check.report({ path: "", place: places.ofLine(second) }, "a second YAML document", "write one per file");
    lines.length = second;
  }
  try {
    const first = parseYaml(lines.join("\n"));
    if (!first) {
      check.report({ path: "", place: places.at(0) }, "the file is empty", 'start with "id: …"');
      return undefined;
    }
    if (first.errors.length === 0) return nodeOfYaml(first.document, places, new Set(), check);
    const draft = new Draft(lines);
    const repair = new Repair(draft, check);
    repair.all();
    if (repair.reported === 0) repair.report(first, 0, places);
    const mended = parseYaml(draft.text());
    return mended && nodeOfYaml(mended.document, draft.places(), draft.lost, check);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    check.report({ path: "", place: places.at(0) }, "the file is nested too deep", "put less inside one another");
    return undefined;
  }
}
