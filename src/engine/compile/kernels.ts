import type { System } from "../assemble.js";
import { Differentiator } from "../differentiate.js";
import type { Expression } from "../expression.js";
import { Graph, type Node } from "../graph.js";
import { lower } from "../lower.js";
import { type LuPlan, planLu } from "./sparse-lu.js";

/** Where things stand in the flat memory of a patient, in numbers of 8 bytes. */
export interface Layout {
  readonly parameters: number;
  readonly prepared: number;
  readonly initial: number;
  readonly jacobian: number;
  readonly lu: number;
  /** Free for the integrator. */
  readonly work: number;
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
  /** Place of every prepared node that moving kernels read. */
  readonly preparedAt: ReadonlyMap<Node, number>;
  readonly prepare: readonly { readonly node: Node; readonly at: number }[];
  readonly rates: readonly Node[];
  readonly jacobian: readonly Node[];
  readonly jacobianRows: readonly number[];
  readonly jacobianColumns: readonly number[];
  /** Null where nothing depends on time. */
  readonly timeDerivative: readonly Node[] | null;
  readonly observe: readonly Node[];
  readonly lu: LuPlan;
}

/** Room for the integrator, in state vectors. */
export const WORK_VECTORS = 20;

/** Turns a system into kernels. `outputs` names states, quantities, derived constants, parameters or controls; an unknown name throws. */
export function planKernels(system: System, outputs: readonly string[]): Kernels {
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
  const toNode = (tree: Expression) => lower(tree, graph, nodeOf);
  for (const d of [...system.derived, ...system.quantities]) nodes.set(d.name, toNode(d.formula.tree));
  const rates = system.states.map((s) => {
    let rate = s.rate ? toNode(s.rate.tree) : graph.constant(0);
    for (const f of s.inflows) rate = graph.add(rate, toNode(f.tree));
    for (const f of s.outflows) rate = graph.sub(rate, toNode(f.tree));
    return rate;
  });
  const initial = system.states.map((s) => toNode(s.initial.tree));
  const observe = outputs.map(nodeOf);

  const differentiator = new Differentiator(graph);
  const jacobian: Node[] = [];
  const rows: number[] = [];
  const columns: number[] = [];
  rates.forEach((rate, row) => {
    for (const column of [...differentiator.dependsOn(rate)].sort((x, y) => x - y)) {
      if (column < 0) continue;
      const entry = differentiator.derivative(rate, column);
      if (graph.op[entry] === "constant" && graph.value[entry] === 0) continue;
      jacobian.push(entry);
      rows.push(row);
      columns.push(column);
    }
  });
  const byTime = rates.map((rate) => differentiator.derivative(rate, -1));
  const timeDerivative = byTime.some((node) => graph.op[node] !== "constant" || graph.value[node] !== 0)
    ? byTime
    : null;

  const lu = planLu(rates.length, rows, columns);
  const n = rates.length;
  const preparedNodes = preparedUsed(graph, [...rates, ...jacobian, ...observe, ...(timeDerivative ?? [])]);
  const derivedAt = new Map<string, number>();
  const preparedStart = parameters.length;
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
  const luStart = jacobianStart + jacobian.length;
  const work = luStart + lu.entries.length;
  return {
    graph,
    layout: {
      parameters: 0,
      prepared: preparedStart,
      initial: initialStart,
      jacobian: jacobianStart,
      lu: luStart,
      work,
      size: work + WORK_VECTORS * n + Math.max(outputs.length, n),
    },
    states: system.states.map((s) => s.name),
    parameters,
    nominal: [...system.parameters.map((p) => p.value), ...system.controls.map(() => Number.NaN)],
    controls,
    outputs,
    derived: derivedAt,
    tolerances: Float64Array.from(system.states, (s) => s.tolerance),
    preparedAt,
    prepare,
    rates,
    jacobian,
    jacobianRows: rows,
    jacobianColumns: columns,
    timeDerivative,
    observe,
    lu,
  };
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

/** Nodes to evaluate for `roots`, in order; `given` nodes are read from memory instead. */
export function schedule(graph: Graph, roots: readonly Node[], given: (node: Node) => boolean): Node[] {
  const seen = new Set<Node>();
  const visit = (node: Node) => {
    if (node < 0 || seen.has(node)) return;
    seen.add(node);
    if (given(node)) return;
    visit(graph.a[node]!);
    visit(graph.b[node]!);
    visit(graph.c[node]!);
  };
  for (const root of roots) visit(root);
  return [...seen].sort((x, y) => x - y);
}
