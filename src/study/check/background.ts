/** What happens to the therapy with which a refractory patient comes in. */
import {
  type Check,
  expected,
  type Field,
  type Node,
  nearest,
  optional,
  quantity,
  type Reader,
  readMap,
  required,
  type Spot,
} from "../../reading/index.js";
import { type BackgroundTherapy, backgroundTherapies } from "../../therapy/index.js";
import type { Background, StopPlan, TaperPlan } from "../study.js";
import { duration, time } from "./times.js";

const taper =
  (unit: string): Reader<TaperPlan> =>
  (node, spot, check) => {
    if (node.kind !== "map") return continued('"continue" or { taper-to, from, over }', node, spot, check);
    const found = readMap(node, spot, check, "a taper", {
      "taper-to": required(
        quantity({ noun: "a daily dose", unit, example: `0 ${unit}`, low: 0, high: Infinity }),
        `a daily dose such as "0 ${unit}"`,
        { alsoCalled: ["to"] },
      ),
      from: required(time, 'a time such as "-14 day"', { alsoCalled: ["at", "start"] }),
      over: required(duration, 'a duration such as "14 day"', { alsoCalled: ["during", "duration"] }),
    });
    if (!found?.["taper-to"] || !found.from || !found.over) return undefined;
    return { "taper-to": found["taper-to"].value, from: found.from.value, over: found.over.value };
  };

const withdrawal: Reader<StopPlan> = (node, spot, check) => {
  if (node.kind !== "map") return continued('"continue" or { stop }', node, spot, check);
  const found = readMap(node, spot, check, "a withdrawal", {
    stop: required(time, 'a time such as "-14 day"', { alsoCalled: ["at", "stop-at", "from"] }),
  });
  return found?.stop && { stop: found.stop.value };
};

function continued(form: string, node: Node, spot: Spot, check: Check): "continue" | undefined {
  if (node.kind === "scalar" && node.value === "continue") return "continue";
  const word = node.kind === "scalar" && typeof node.value === "string" ? nearest(node.value, ["continue"]) : undefined;
  return expected(form, word ? `did you mean "${word.name}"?` : `write ${form}`, node, spot, check);
}

function field({ background: { plan, unit, usual }, alsoCalled = [] }: BackgroundTherapy): Field<TaperPlan | StopPlan> {
  const [read, form] =
    plan === "taper" ? [taper(unit), '"continue" or { taper-to, from, over }'] : [withdrawal, '"continue" or { stop }'];
  return (usual ? required : optional)<TaperPlan | StopPlan>(read, form, { alsoCalled });
}

const FIELDS = Object.fromEntries(backgroundTherapies.map((therapy) => [therapy.id, field(therapy)]));

export const background: Reader<Background> = (node, spot, check) => {
  const found = readMap(node, spot, check, "the background therapy", FIELDS);
  if (!found || backgroundTherapies.some(({ id, background: { usual } }) => usual && !found[id])) return undefined;
  return Object.fromEntries(Object.entries(found).map(([id, plan]) => [id, plan!.value])) as Background;
};
