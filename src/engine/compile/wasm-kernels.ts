import type { Node } from "../graph.js";
import type { ControlProgram } from "../solve/step-control.js";
import { controlIndex } from "../solve/step-control.js";
import type { Kernels } from "./kernels.js";
import type { LaneCode } from "./lane-code.js";
import { type Leaves, NodeEmitter } from "./wasm-nodes.js";
import { suspicion } from "./watch.js";

/** () : everything that depends on parameters and controls only. */
export function prepareBody(code: LaneCode, kernels: Kernels): LaneCode {
  const leaves: Leaves = { graph: kernels.graph, parameters: 0, given: () => undefined, state: -1, time: -1 };
  const emitter = new NodeEmitter(
    code,
    leaves,
    kernels.prepare.map((p) => p.node),
  );
  emitter.begin();
  for (const { node, at } of kernels.prepare) {
    code.i32(0);
    emitter.emit(node);
    code.store(at);
  }
  return code;
}

/** A root and where its value goes: to a place after the output address, or to a fixed place. */
interface Target {
  readonly node: Node;
  readonly at: number;
  readonly fixed?: boolean;
  /** Add to what stands there. */
  readonly add?: boolean;
}

/** (address of the state, address of the output): evaluates and stores. */
function movingBody(code: LaneCode, { graph, layout, preparedAt }: Kernels, targets: readonly Target[]): LaneCode {
  const leaves: Leaves = {
    graph,
    parameters: layout.parameters,
    given: (node) => preparedAt.get(node),
    state: 0,
    time: layout.time,
  };
  const emitter = new NodeEmitter(
    code,
    leaves,
    targets.map(({ node }) => node),
  );
  emitter.begin();
  for (const { node, at, fixed, add } of targets) {
    if (fixed) code.i32(0);
    else code.get(1);
    if (add) code.get(1).load(at);
    emitter.emit(node);
    if (add) code.do("add");
    code.store(at);
  }
  return code;
}

const inOrder = (nodes: readonly Node[]): Target[] => nodes.map((node, at) => ({ node, at }));

export const ratesBody = (code: LaneCode, kernels: Kernels): LaneCode =>
  movingBody(code, kernels, inOrder(kernels.rates));

/** Adds the rates to the output. */
export const addRatesBody = (code: LaneCode, kernels: Kernels): LaneCode =>
  movingBody(
    code,
    kernels,
    inOrder(kernels.rates).map((target) => ({ ...target, add: true })),
  );

export const observeBody = (code: LaneCode, kernels: Kernels): LaneCode =>
  movingBody(code, kernels, inOrder(kernels.observe));

export const timeDerivativeBody = (code: LaneCode, kernels: Kernels): LaneCode =>
  movingBody(code, kernels, inOrder(kernels.timeDerivative ?? []));

/** Rates and the moving entries of the Jacobian together: they share most of their subexpressions. */
export function lineariseBody(code: LaneCode, kernels: Kernels): LaneCode {
  const { jacobian, jacobianAt, graph } = kernels;
  const entries = jacobian.flatMap((node, i) =>
    graph.level[node] === 2 ? [{ node, at: jacobianAt[i]!, fixed: true }] : [],
  );
  return movingBody(code, kernels, [...inOrder(kernels.rates), ...entries]);
}

/** Numbers of the switches, then their slopes. */
export const watchBody = (code: LaneCode, kernels: Kernels): LaneCode =>
  movingBody(code, kernels, inOrder(kernels.watch ? [...kernels.watch.values, ...kernels.watch.slopes] : []));

/** Numbers of the events. */
export const effectsBody = (code: LaneCode, kernels: Kernels): LaneCode =>
  movingBody(code, kernels, inOrder(kernels.effects));

/** () : whether a step has to be looked at before it is taken. */
export function suspectBody(code: LaneCode, { layout, watch }: Kernels): LaneCode {
  if (!watch) return code;
  const { graph, node } = suspicion(watch, layout);
  const emitter = new NodeEmitter(code, { graph, parameters: 0, given: () => undefined, state: -1, time: -1 }, [node]);
  emitter.begin();
  code.i32(0);
  emitter.emit(node);
  return code.store(layout.control + controlIndex("suspect"));
}

/** () : a program of the step control; every result is evaluated before the first is stored. */
export function controlBody(code: LaneCode, { layout }: Kernels, { graph, results }: ControlProgram): LaneCode {
  const leaves: Leaves = { graph, parameters: layout.control, given: () => undefined, state: -1, time: -1 };
  const emitter = new NodeEmitter(
    code,
    leaves,
    results.map(({ node }) => node),
  );
  emitter.begin(true);
  for (const { field, node } of results) {
    code.i32(0);
    emitter.emit(node);
    code.store(layout.control + controlIndex(field));
  }
  return code;
}
