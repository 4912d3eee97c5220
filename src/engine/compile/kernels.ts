import type { System } from "../assemble.js";
import { Differentiator } from "../differentiate.js";
import { type Expression, toText } from "../expression.js";
import { Graph, type Node } from "../graph.js";
import { lower } from "../lower.js";
import { METHODS } from "../solve/choose-method.js";
import { CONTROL_FIELDS } from "../solve/step-control.js";
import { findHubs } from "./hubs.js";
import { type LuPlan, planLu } from "./sparse-lu.js";
import { type EventPlan, type HeldComparison, planEvents, planWatch, type WatchPlan } from "./watch.js";

/**
 * Where things stand in the memory of an instance, in numbers. A number is 8 bytes for one patient and 16 for two, the lanes side by side.
 * Behind `size` follow the lanes' output times and rows, which the host lays out.
 */
export interface Layout {
  readonly parameters: number;
  readonly prepared: number;
  readonly initial: number;
  readonly jacobian: number;
  readonly lu: number;
  /** Values of hubs in the linear system. */
  readonly hubs: number;
  /** The time that formulas see. */
  readonly time: number;
  /** Fields of the step control, in the order of `CONTROL_FIELDS`. */
  readonly control: number;
  /** Absolute tolerances, and 1/tolerance for states that should not be negative (0 for the others). */
  readonly tolerances: number;
  readonly floors: number;
  readonly state: number;
  readonly trial: number;
  readonly rate: number;
  readonly byTime: number;
  /** Vectors U_1 … U_s of the stages. */
  readonly stages: number;
  /** States at an output time, and the outputs there. */
  readonly dense: number;
  readonly observed: number;
  /** Values of switches, then their slopes: where a step begins, and where it ends. */
  readonly watched: number;
  readonly watchedNext: number;
  /** Conditions, priorities, delays and assigned values of events. */
  readonly effects: number;
  /** Free: three state vectors, for tests and for kernels called one by one. */
  readonly work: number;
  /** Addresses in bytes (i32), three per lane: next output time, end of the times, next row. */
  readonly pointers: number;
  /** Constants of the code. */
  readonly constants: number;
  readonly size: number;
}

/** What has to be computed for a model, and where it goes. Backends carry it out; nobody changes it. */
export interface Kernels {
  readonly graph: Graph;
  readonly layout: Layout;
  readonly states: readonly string[];
  /** Parameters first, then controls: order of the parameter memory. */
  readonly parameters: readonly string[];
  /** Values of the parameters; controls hold NaN until their formula has been evaluated. */
  readonly nominal: readonly number[];
  /** A control takes the prepared value at `from` at the start of a run. */
  readonly controls: readonly { readonly parameter: number; readonly from: number }[];
  readonly outputs: readonly string[];
  /** Names of the derived constants whose values are kept (all of them), with their places. */
  readonly derived: ReadonlyMap<string, number>;
  readonly tolerances: Float64Array;
  /** Whether a state may be negative. */
  readonly signed: readonly boolean[];
  /** Place of every prepared node that moving kernels read. */
  readonly preparedAt: ReadonlyMap<Node, number>;
  readonly prepare: readonly { readonly node: Node; readonly at: number }[];
  readonly rates: readonly Node[];
  /** Intermediate results that are unknowns of the linear system, after the states. docs/notes/speed.md */
  readonly hubs: readonly Node[];
  /** Derivatives of rates, then hubs (rows) by states, then hubs (columns), each with the others held fixed. */
  readonly jacobian: readonly Node[];
  readonly jacobianRows: readonly number[];
  readonly jacobianColumns: readonly number[];
  /** Where each of them is read: those that do not move stand among the prepared numbers. */
  readonly jacobianAt: readonly number[];
  /** Null where nothing depends on time. */
  readonly timeDerivative: readonly Node[] | null;
  readonly observe: readonly Node[];
  /** States that outputs and switches depend on: only these are interpolated. */
  readonly observedStates: readonly number[];
  /** Comparisons that move, in rates and conditions; null where there are none. docs/notes/events.md */
  readonly watch: WatchPlan | null;
  readonly events: readonly EventPlan[];
  /** What the events need, in one list. */
  readonly effects: readonly Node[];
  /** Whether any rate, output, switch or event reads the time. */
  readonly timed: boolean;
  readonly lu: LuPlan;
}

/** Vectors for the stages: as many as the longest method has. */
const STAGES = Math.max(...METHODS.map(({ c }) => c.length));
/** Numbers that the code itself needs besides those of the model: elementary functions, methods, step control. */
const OWN_CONSTANTS = 300;

/**
 * Turns a system into kernels. `outputs` names states, quantities, derived constants, parameters or controls; an unknown name throws.
 * `hubs: false` leaves the Jacobian as the plain n × n matrix, `switches: false` comparisons in rates as they stand (and events out): what other solvers want.
 */
export function planKernels(
  system: System,
  outputs: readonly string[],
  options: { readonly hubs?: boolean; readonly switches?: boolean } = {},
): Kernels {
  const graph = new Graph();
  const nodes = new Map<string, Node>([["time", graph.time]]);
  const parameters = [...system.parameters, ...system.controls].map((p) => p.name);
  parameters.forEach((name, i) => {
    nodes.set(name, graph.parameter(i));
  });
  system.states.forEach((s, i) => {
    nodes.set(s.name, graph.state(i));
  });
  const nodeOf = (name: string): Node => {
    const node = nodes.get(name);
    if (node === undefined) throw new Error(`unknown name "${name}"`);
    return node;
  };
  const plain = new Map(nodes);
  // In rates and conditions a comparison that moves stands still during a step: it is a number that the host keeps.
  const held: HeldComparison[] = [];
  const switched = new Map<Node, Node>();
  const switchOf = (node: Node, comparison: Expression): Node => {
    const known = switched.get(node);
    if (known !== undefined) return known;
    const place = parameters.length + held.length;
    const number = graph.parameter(place);
    switched.set(node, number);
    held.push({ text: toText(comparison), node, place });
    return number;
  };
  const toNode = (tree: Expression) => lower(tree, graph, nodeOf, options.switches === false ? undefined : switchOf);
  const toPlain = (tree: Expression) => lower(tree, graph, (name) => plain.get(name) ?? nodeOf(name));
  for (const d of [...system.derived, ...system.quantities]) nodes.set(d.name, toNode(d.formula.tree));
  for (const d of [...system.derived, ...system.quantities]) plain.set(d.name, toPlain(d.formula.tree));
  const plainOf = (name: string): Node => plain.get(name) ?? nodeOf(name);
  const rates = system.states.map((s) => {
    let rate = s.rate ? toNode(s.rate.tree) : graph.constant(0);
    for (const f of s.inflows) rate = graph.add(rate, toNode(f.tree));
    for (const f of s.outflows) rate = graph.sub(rate, toNode(f.tree));
    return rate;
  });
  const initial = system.states.map((s) => toNode(s.initial.tree));
  const observe = outputs.map(plainOf);
  const { events, effects } = planEvents(options.switches === false ? [] : system.events, toNode, toPlain);

  const hubs = options.hubs === false ? [] : findHubs(graph, rates);
  const n = rates.length;
  const differentiator = new Differentiator(graph, new Map(hubs.map((hub, i) => [hub, n + i])));
  const jacobian: Node[] = [];
  const rows: number[] = [];
  const columns: number[] = [];
  [...rates, ...hubs].forEach((value, row) => {
    for (const column of [...differentiator.dependsOn(value, row >= n)].sort((x, y) => x - y)) {
      if (column < 0) continue;
      const entry = differentiator.derivative(value, column, row >= n);
      if (graph.op[entry] === "constant" && graph.value[entry] === 0) continue;
      jacobian.push(entry);
      rows.push(row);
      columns.push(column);
    }
  });
  const whole = new Differentiator(graph);
  const byTime = rates.map((rate) => whole.derivative(rate, -1));
  const timeDerivative = byTime.some((node) => graph.op[node] !== "constant" || graph.value[node] !== 0)
    ? byTime
    : null;
  const conditions = events.map(({ condition }) => effects[condition]!);
  const watch = planWatch(graph, held, rates, conditions, whole);
  const watchNodes = watch ? [...watch.values, ...watch.slopes] : [];
  const observedBy = new Set([...observe, ...watchNodes].flatMap((node) => [...whole.dependsOn(node)]));

  const lu = planLu(n + hubs.length, rows, columns, n);
  const moving = [...rates, ...jacobian, ...observe, ...(timeDerivative ?? []), ...watchNodes, ...effects];
  const preparedNodes = preparedUsed(graph, moving);
  const derivedAt = new Map<string, number>();
  const preparedStart = parameters.length + held.length;
  const preparedAt = new Map<Node, number>();
  const prepare: { node: Node; at: number }[] = [];
  let at = preparedStart;
  for (const node of preparedNodes) {
    preparedAt.set(node, at);
    prepare.push({ node, at: at++ });
  }
  for (const d of system.derived) {
    const node = nodeOf(d.name);
    const place = preparedAt.get(node);
    if (place !== undefined) derivedAt.set(d.name, place);
    else {
      derivedAt.set(d.name, at);
      prepare.push({ node, at: at++ });
    }
  }
  const controls = system.controls.map((c, i) => {
    prepare.push({ node: toNode(c.formula.tree), at });
    return { parameter: system.parameters.length + i, from: at++ };
  });
  const initialStart = at;
  for (const node of initial) prepare.push({ node, at: at++ });
  const jacobianStart = at;
  // An entry that does not move is read where `prepare` left it, and never written again.
  const jacobianAt = jacobian.map((node) => {
    if (graph.level[node] === 2) return at++;
    if (graph.op[node] === "parameter") return graph.value[node]!;
    const known = preparedAt.get(node) ?? prepare.find((p) => p.node === node)?.at;
    if (known !== undefined) return known;
    prepare.push({ node, at });
    return at++;
  });
  const take = (count: number) => {
    const here = at;
    at += count;
    return here;
  };
  const constants = graph.op.filter((op) => op === "constant").length + OWN_CONSTANTS;
  const layout: Layout = {
    parameters: 0,
    prepared: preparedStart,
    initial: initialStart,
    jacobian: jacobianStart,
    lu: take(lu.entries.length),
    hubs: take(hubs.length),
    time: take(1),
    control: take(CONTROL_FIELDS.length),
    tolerances: take(n),
    floors: take(n),
    state: take(n),
    trial: take(n),
    rate: take(n),
    byTime: take(n),
    stages: take(STAGES * n),
    dense: take(n),
    observed: take(outputs.length),
    watched: take(watchNodes.length),
    watchedNext: take(watchNodes.length),
    effects: take(effects.length),
    work: take(3 * n + outputs.length),
    pointers: take(4),
    constants: take(constants),
    size: at,
  };
  return {
    graph,
    layout,
    states: system.states.map((s) => s.name),
    parameters,
    nominal: [...system.parameters.map((p) => p.value), ...system.controls.map(() => Number.NaN)],
    controls,
    outputs,
    derived: derivedAt,
    tolerances: Float64Array.from(system.states, (s) => s.tolerance),
    signed: system.states.map((s) => s.signed),
    preparedAt,
    prepare,
    rates,
    hubs,
    jacobian,
    jacobianRows: rows,
    jacobianColumns: columns,
    jacobianAt,
    timeDerivative,
    observe,
    observedStates: system.states.flatMap((_, i) => (observedBy.has(i) ? [i] : [])),
    watch,
    events,
    effects,
    timed: [...rates, ...observe, ...watchNodes, ...effects].some((node) => readsTime(graph, node)),
    lu,
  };
}

/** Whether the time stands anywhere behind a node, in a condition too: there it has no derivative. */
function readsTime(graph: Graph, node: Node, seen: Set<Node> = new Set()): boolean {
  if (node < 0 || graph.level[node] !== 2 || seen.has(node)) return false;
  seen.add(node);
  return (
    graph.op[node] === "time" ||
    [graph.a[node]!, graph.b[node]!, graph.c[node]!].some((argument) => readsTime(graph, argument, seen))
  );
}

/** Prepared nodes (not bare parameters) that moving nodes or roots use directly. */
function preparedUsed(graph: Graph, roots: readonly Node[]): Node[] {
  const found = new Set<Node>();
  const seen = new Set<Node>();
  const visit = (node: Node) => {
    if (node < 0 || seen.has(node)) return;
    seen.add(node);
    if (graph.level[node] === 1) {
      if (graph.op[node] !== "parameter") found.add(node);
    } else if (graph.level[node] === 2)
      for (const argument of [graph.a[node]!, graph.b[node]!, graph.c[node]!]) visit(argument);
  };
  for (const root of roots) visit(root);
  return [...found].sort((x, y) => x - y);
}
