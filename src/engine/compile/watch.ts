import type { SystemEvent } from "../assemble.js";
import type { Differentiator } from "../differentiate.js";
import type { Expression } from "../expression.js";
import { Graph, type Node } from "../graph.js";
import { controlIndex } from "../solve/step-control.js";

/** A comparison that moves. Rates read a number instead of it, 1 where it holds, which stands at `place` among the parameters. */
export interface HeldComparison {
  readonly text: string;
  /** The comparison, `lt` or `le`. */
  readonly node: Node;
  readonly place: number;
}

/** A comparison is watched as a number that is positive where it holds (0 counts for `<=`). */
export interface Switch {
  readonly text: string;
  readonly place: number;
  /** Whether it does not hold at 0. */
  readonly strict: boolean;
  /** Reads time and constants only. */
  readonly timeOnly: boolean;
  /** Stands in a rate, not only in the condition of an event. */
  readonly inRates: boolean;
}

export interface WatchPlan {
  readonly switches: readonly Switch[];
  /** By switch: its number, and the derivative of that along the solution. */
  readonly values: readonly Node[];
  readonly slopes: readonly Node[];
}

/** An event, with the places of its numbers among the effects; −1 where nothing is declared. */
export interface EventPlan {
  readonly name: string;
  readonly condition: number;
  readonly priority: number;
  readonly delay: number;
  readonly fromTrigger: boolean;
  readonly persistent: boolean;
  readonly initially: boolean | undefined;
  readonly assignments: readonly { readonly target: string; readonly value: number }[];
}

/** The switches that rates and conditions read, and those that these read. Null where there are none. */
export function planWatch(
  graph: Graph,
  held: readonly HeldComparison[],
  rates: readonly Node[],
  conditions: readonly Node[],
  differentiator: Differentiator,
): WatchPlan | null {
  const byPlace = new Map(held.map((each) => [each.place, each]));
  const found = new Set<HeldComparison>();
  let seen = new Set<Node>();
  const visit = (node: Node): void => {
    if (node < 0 || seen.has(node)) return;
    seen.add(node);
    const each = graph.op[node] === "parameter" ? byPlace.get(graph.value[node]!) : undefined;
    if (each && !found.has(each)) {
      found.add(each);
      visit(graph.a[each.node]!);
      visit(graph.b[each.node]!);
    }
    for (const argument of [graph.a[node]!, graph.b[node]!, graph.c[node]!]) visit(argument);
  };
  rates.forEach(visit);
  const inRates = new Set(found);
  seen = new Set();
  conditions.forEach(visit);
  if (found.size === 0) return null;
  const used = held.filter((each) => found.has(each));
  const values = used.map(({ node }) => graph.sub(graph.b[node]!, graph.a[node]!));
  const slopes = values.map((value) => {
    let slope = differentiator.derivative(value, -1);
    for (const state of [...differentiator.dependsOn(value)].sort((x, y) => x - y))
      if (state >= 0) slope = graph.add(slope, graph.mul(differentiator.derivative(value, state), rates[state]!));
    return slope;
  });
  const switches = used.map(
    (each, i): Switch => ({
      text: each.text,
      place: each.place,
      strict: graph.op[each.node] === "lt",
      inRates: inRates.has(each),
      timeOnly: [...differentiator.dependsOn(values[i]!)].every((on) => on < 0),
    }),
  );
  return { switches, values, slopes };
}

/** Conditions, priorities, delays and assigned values of all events in one list. */
export function planEvents(
  events: readonly SystemEvent[],
  conditionOf: (tree: Expression) => Node,
  numberOf: (tree: Expression) => Node,
): { readonly events: readonly EventPlan[]; readonly effects: readonly Node[] } {
  const effects: Node[] = [];
  const place = (node: Node): number => effects.push(node) - 1;
  const plans = events.map(
    (event): EventPlan => ({
      name: event.name,
      condition: place(conditionOf(event.when.tree)),
      priority: event.priority ? place(numberOf(event.priority.tree)) : -1,
      delay: event.delay ? place(numberOf(event.delay.tree)) : -1,
      fromTrigger: event.fromTrigger,
      persistent: event.persistent,
      initially: event.initially,
      assignments: event.set.map(({ target, formula }) => ({ target, value: place(numberOf(formula.tree)) })),
    }),
  );
  return { events: plans, effects };
}

/** Where the numbers stand that say whether a step is to be looked at. */
interface WatchPlaces {
  readonly parameters: number;
  readonly control: number;
  readonly watched: number;
  readonly watchedNext: number;
}

/**
 * A formula on the numbers of a lane, as parameters by their places: 1 where a step has to be looked at before it is taken, because a comparison no longer holds or now does, or because
 * it went towards its crossing where the step begins and away from it where the step ends.
 */
export function suspicion(
  { switches }: WatchPlan,
  { parameters, control, watched, watchedNext }: WatchPlaces,
): { readonly graph: Graph; readonly node: Node } {
  const g = new Graph();
  const zero = g.constant(0);
  const one = g.constant(1);
  const count = switches.length;
  let suspect = zero;
  switches.forEach(({ place, strict }, k) => {
    const value = g.parameter(watchedNext + k);
    const held = g.parameter(parameters + place);
    const [before, after] = [g.parameter(watched + count + k), g.parameter(watchedNext + count + k)];
    const holds = strict ? g.lt(zero, value) : g.le(zero, value);
    const falls = g.select(g.lt(before, zero), g.lt(zero, after), zero);
    const rises = g.select(g.lt(zero, before), g.lt(after, zero), zero);
    const kept = g.select(held, holds, g.select(holds, zero, one));
    suspect = g.select(kept, g.select(g.select(held, falls, rises), one, suspect), one);
  });
  return { graph: g, node: g.select(g.parameter(control + controlIndex("watching")), suspect, zero) };
}
