import { Graph, type Node } from "../graph.js";

/**
 * How the step size is chosen and what becomes of a step, written once as formulas on the numbers of a lane. The WebAssembly module and the interpreter
 * both read them from here, so the two cannot disagree. Times and steps in the unit of the model (days).
 */
export const CONTROL_FIELDS = [
  /** Where the state stands, and where the lane is to stop. */
  "time",
  "until",
  /** The step that the error control would take next; 0 asks for a first step (after a restart). */
  "next",
  /** 1 while the lane integrates. */
  "running",
  /** How it ended: one of `LANE_ENDS`. */
  "ended",
  /** 1 where the last attempt was rejected: rates and Jacobian are still those of this state. */
  "rejected",
  /** 0 where the last attempt gave something that is not finite. */
  "finite",
  /** 1 until the first step after a restart has been accepted. */
  "fresh",
  /** Attempts left before the lane gives up. */
  "attempts",
  "acceptedSteps",
  "rejectedSteps",
  /** Of the step being tried: where it begins and ends, its size, the size before it was cut to land, whether it ends at `until`. */
  "begin",
  "end",
  "step",
  "uncut",
  "last",
  /** 1/(γ·step), the number on the diagonal of the linear system. */
  "scale",
  /** Norm of the error in units of the tolerance, and whether the step was taken. */
  "error",
  "taken",
  /** 1 where a step across a switch is not taken; 1 again after the next step. Whether this step has to be looked at. */
  "watching",
  "suspect",
  /** Next time at which outputs are asked for; Infinity where there is none. Where that lies within the step, 0 … 1. */
  "outputTime",
  "theta",
  "due",
  /** Most negative state in units of its absolute tolerance. */
  "undershoot",
  /** Sums for the first step: squares of state and of rate, in units of the tolerance. Of states only those that move, unless all of these are at 0. */
  "size",
  "speed",
  /** Set at the start: relative tolerance, 1 for the max norm, and of the method γ and 1/order. */
  "rtol",
  "maxNorm",
  "gamma",
  "inverseOrder",
] as const;
export type ControlField = (typeof CONTROL_FIELDS)[number];
const PLACES = Object.fromEntries(CONTROL_FIELDS.map((field, i) => [field, i])) as Readonly<
  Record<ControlField, number>
>;
export const controlIndex = (field: ControlField): number => PLACES[field];

/** Values of `ended`. */
export const LANE_ENDS = ["none", "arrived", "step budget", "step too small", "not finite", "crossing"] as const;

/** Magnitudes below this are set to zero when a step is accepted: denormals are slow, and mean nothing here. */
export const FLUSH = 1e-290;

/** Numbers of the control. Growth after a restart may be larger, because the first step is a cautious guess and its error says how cautious. */
const SAFETY = 0.9;
const SHRINK = 0.2;
const GROW = 6;
const GROW_FIRST = 20;
/** The first step changes the state by about this part of its tolerance-weighted size (Hairer & Wanner II.4 take 0.01). */
const FIRST = 0.03;

/** Formulas for some fields; all are evaluated before any is written. */
export interface ControlProgram {
  readonly graph: Graph;
  readonly results: readonly { readonly field: ControlField; readonly node: Node }[];
}

function program(write: (graph: Graph, field: (name: ControlField) => Node) => [ControlField, Node][]): ControlProgram {
  const graph = new Graph();
  const results = write(graph, (name) => graph.parameter(controlIndex(name)));
  return { graph, results: results.map(([field, node]) => ({ field, node })) };
}

/** Before a step: its size, cut so that the lane lands on `until`, or why there is none. */
export const planStep: ControlProgram = program((g, field) => {
  const c = (value: number) => g.constant(value);
  const [zero, one] = [c(0), c(1)];
  const running = g.lt(zero, field("running"));
  const time = field("time");
  const rest = g.sub(field("until"), time);
  const speed = field("speed");
  const known = g.select(g.lt(zero, speed), g.lt(speed, c(Number.POSITIVE_INFINITY)), zero);
  const guess = g.select(known, g.mul(c(FIRST), g.sqrt(g.div(field("size"), speed))), g.mul(c(1e-6), rest));
  const first = g.min(rest, g.max(guess, g.max(g.mul(c(1e-10), rest), c(1e-9))));
  const wanted = g.select(g.lt(zero, field("next")), field("next"), first);
  const last = g.le(g.mul(rest, c(0.999)), wanted);
  const half = g.mul(rest, c(0.5));
  // Two equal steps to the end are better than a long and a tiny one.
  const cut = g.select(last, rest, g.select(g.lt(half, wanted), half, wanted));
  // An idle lane goes along with a step that cannot hurt.
  const step = g.select(running, cut, one);
  const budget = g.lt(field("attempts"), one);
  // The last bit of the way is gone however short it is; before that, a step has to move the clock.
  const moves = g.select(last, g.lt(time, field("until")), g.lt(time, g.add(time, g.mul(cut, c(1e-3)))));
  const why = g.select(
    budget,
    c(LANE_ENDS.indexOf("step budget")),
    g.select(
      moves,
      zero,
      g.select(field("finite"), c(LANE_ENDS.indexOf("step too small")), c(LANE_ENDS.indexOf("not finite"))),
    ),
  );
  const goes = g.select(running, g.le(why, zero), zero);
  return [
    ["begin", time],
    ["end", g.select(last, field("until"), g.add(time, cut))],
    ["step", step],
    ["uncut", wanted],
    ["last", last],
    ["scale", g.div(one, g.mul(field("gamma"), step))],
    ["running", goes],
    ["ended", g.select(running, why, field("ended"))],
  ];
});

/** After the stages: accept or reject, and the next step by the error: h·clamp(0.9·error^(−1/order), 0.2, 6). */
const judge =
  (watched: boolean) =>
  (g: Graph, field: (name: ControlField) => Node): [ControlField, Node][] => {
    const c = (value: number) => g.constant(value);
    const [zero, one] = [c(0), c(1)];
    const keep = (condition: Node, value: Node, name: ControlField) => g.select(condition, value, field(name));
    const running = g.lt(zero, field("running"));
    const finite = g.lt(field("error"), c(Number.POSITIVE_INFINITY));
    const error = g.select(finite, field("error"), c(Number.POSITIVE_INFINITY));
    const good = g.select(running, g.le(error, one), zero);
    const paused = watched ? g.select(good, field("suspect"), zero) : zero;
    const taken = g.select(paused, zero, good);
    const refused = g.select(running, g.lt(one, error), zero);
    const wanted = g.mul(c(SAFETY), g.pow(error, g.neg(field("inverseOrder"))));
    const bounded = g.max(wanted, c(SHRINK));
    const grown = g.min(bounded, g.select(field("fresh"), c(GROW_FIRST), c(GROW)));
    // A step may not grow right after one that was rejected.
    const factor = g.select(field("rejected"), g.min(grown, one), grown);
    const { step, uncut } = { step: field("step"), uncut: field("uncut") };
    const proposal = g.mul(step, factor);
    // A step that was cut to land on `until` says little about the next one: keep the larger of the two.
    const longer = g.max(proposal, g.min(uncut, g.mul(proposal, c(GROW))));
    const afterTaken = g.select(g.lt(step, uncut), longer, proposal);
    const afterRefused = g.mul(step, bounded);
    const arrived = g.select(taken, field("last"), zero);
    const lost = g.select(refused, g.select(finite, zero, g.lt(afterRefused, c(1e-12))), zero);
    return [
      ["taken", taken],
      ["time", keep(taken, field("end"), "time")],
      ["next", g.select(taken, afterTaken, keep(refused, afterRefused, "next"))],
      ["rejected", keep(running, refused, "rejected")],
      ["finite", keep(running, finite, "finite")],
      ["fresh", keep(taken, zero, "fresh")],
      ["attempts", g.sub(field("attempts"), running)],
      ["acceptedSteps", g.add(field("acceptedSteps"), taken)],
      ["rejectedSteps", g.add(field("rejectedSteps"), refused)],
      ["running", g.select(arrived, zero, g.select(paused, zero, g.select(lost, zero, field("running"))))],
      ...(watched ? ([["watching", keep(taken, one, "watching")]] as [ControlField, Node][]) : []),
      [
        "ended",
        g.select(
          arrived,
          c(LANE_ENDS.indexOf("arrived")),
          g.select(
            paused,
            c(LANE_ENDS.indexOf("crossing")),
            g.select(lost, c(LANE_ENDS.indexOf("not finite")), field("ended")),
          ),
        ),
      ],
    ];
  };

export const judgeStep: ControlProgram = program(judge(false));

/** The same where switches are watched: a good step that is suspect is not taken, and the lane stops as it was before the step. */
export const judgeWatchedStep: ControlProgram = program(judge(true));

/** Whether an output is asked for within the step that was taken, and where. */
export const placeOutput: ControlProgram = program((g, field) => {
  const due = g.select(field("taken"), g.le(field("outputTime"), field("end")), g.constant(0));
  return [
    ["due", due],
    ["theta", g.select(due, g.div(g.sub(field("outputTime"), field("begin")), field("step")), g.constant(0))],
  ];
});
