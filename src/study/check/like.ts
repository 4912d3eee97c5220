/** An arm that is like another but for what it says itself. docs/notes/study-file.md */
import {
  type Check,
  describeNode,
  type Entry,
  type MapNode,
  type Node,
  nearest,
  quote,
  reportUnknown,
  type Spot,
  within,
} from "../../reading/index.js";

const OWN = ["like", "doses"];

const entryOf = (node: Node, key: string): Entry | undefined =>
  node.kind === "map" ? node.entries.find((entry) => entry.key === key) : undefined;

/** The arm written out: what it does not say itself stands as in the arm that it names; `doses` replaces doses by therapy. Reports what cannot be meant. */
export function writtenOut(entry: Entry, arms: MapNode, spot: Spot, check: Check): Node {
  const { value } = entry;
  const like = entryOf(value, "like");
  const doses = entryOf(value, "doses");
  const at = within(spot, entry.key, entry.keyPlace);
  if (value.kind !== "map" || (!like && !doses)) return value;
  if (!like) {
    reportUnknown(doses!, at, check, 'it goes with "like": write the dose in "give"');
    return { ...value, entries: value.entries.filter(({ key }) => key !== "doses"), partial: true };
  }
  const own = value.entries.filter(({ key }) => !OWN.includes(key));
  const other = namedArm(like, entry, arms, within(at, "like", like.value.place ?? like.keyPlace), check);
  if (!other) return { ...value, entries: own, partial: true };
  if (!own.some(({ key }) => key === "label"))
    check.report(
      at,
      `arm ${quote(entry.key)} has no label of its own`,
      'write "label", so that the two can be told apart',
    );
  const taken = other.entries.filter(({ key }) => !own.some((each) => each.key === key));
  const entries = [...own, ...taken];
  const changed = doses
    ? entries.map((each) => (each.key === "give" ? withDoses(each, doses, at, check) : each))
    : entries;
  return { ...value, entries: changed };
}

function namedArm({ value }: Entry, own: Entry, arms: MapNode, spot: Spot, check: Check): MapNode | undefined {
  const name = value.kind === "scalar" && typeof value.value === "string" ? value.value : undefined;
  const ids = arms.entries.filter((each) => each !== own && !entryOf(each.value, "like")).map(({ key }) => key);
  if (name === undefined)
    return check.report(spot, `expected the id of an arm, found ${describeNode(value)}`, `one of ${ids.join(", ")}`);
  const other = arms.entries.find(({ key }) => key === name);
  if (other && (other === own || entryOf(other.value, "like")))
    return check.report(
      spot,
      `${quote(name)} is not written out itself`,
      `name an arm that is: ${ids.join(", ") || "there is none"}`,
    );
  if (other?.value.kind === "map") return other.value;
  const near = nearest(name, ids);
  return check.report(
    spot,
    `no arm ${quote(name)}`,
    near ? `did you mean "${near.name}"?` : `one of ${ids.join(", ")}`,
  );
}

/** Every administration of a therapy that is named gets the dose. */
function withDoses(give: Entry, doses: Entry, at: Spot, check: Check): Entry {
  const spot = within(at, "doses", doses.value.place ?? doses.keyPlace, doses.keyPlace);
  if (doses.value.kind !== "map") {
    check.report(
      spot,
      `expected doses by therapy, found ${describeNode(doses.value)}`,
      "write { cd19-car-t: 1e6 cell/kg }",
    );
    return give;
  }
  if (give.value.kind !== "list") return give;
  let items = give.value.items;
  for (const dose of doses.value.entries) {
    const isIt = (item: Node): item is MapNode => {
      const what = entryOf(item, "give")?.value;
      return what?.kind === "scalar" && what.value === dose.key;
    };
    if (!items.some(isIt)) {
      const given = items.flatMap((item) => {
        const what = entryOf(item, "give")?.value;
        return what?.kind === "scalar" ? [String(what.value)] : [];
      });
      check.report(
        within(spot, dose.key, dose.keyPlace),
        `the arm gives no ${quote(dose.key)}`,
        `it gives ${given.join(", ") || "nothing"}`,
      );
      continue;
    }
    items = items.map((item) =>
      isIt(item)
        ? { ...item, entries: [...item.entries.filter(({ key }) => key !== "dose"), { ...dose, key: "dose" }] }
        : item,
    );
  }
  return { ...give, value: { ...give.value, items } };
}
